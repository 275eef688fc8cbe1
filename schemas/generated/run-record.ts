// Generated from schemas/run-record.v1.json by npm run generate. Do not edit.

/**
 * This interface was referenced by `StepRecordDocument`'s JSON-Schema
 * via the `definition` "runId".
 */
export type RunId = string
/**
 * name@x.y.z
 * 
 * This interface was referenced by `StepRecordDocument`'s JSON-Schema
 * via the `definition` "operatorId".
 */
export type OperatorId = string
/**
 * This interface was referenced by `StepRecordDocument`'s JSON-Schema
 * via the `definition` "mode".
 */
export type Mode = ("strict" | "best-effort")
/**
 * RFC 3339, UTC.
 * 
 * This interface was referenced by `StepRecordDocument`'s JSON-Schema
 * via the `definition` "instant".
 */
export type Instant = string
/**
 * SHA-256, lower-case hexadecimal.
 * 
 * This interface was referenced by `StepRecordDocument`'s JSON-Schema
 * via the `definition` "digest".
 */
export type Digest = string

/**
 * The account of one operator execution.
 */
export interface StepRecordDocument {
/**
 * What is promised. `record_hash` is the SHA-256 of its canonical JSON (RFC 8785).
 */
identity: {
schema: "urn:hotpass:run-record:1"
run_id: RunId
/**
 * Id of the step in the plan.
 */
step: string
operator_id: OperatorId
/**
 * Digest of the operator's code and of the packages that it uses.
 */
implementation: string
mode: Mode
/**
 * SHA-256 of the canonical JSON of the operator's slice of the config.
 */
config_hash: string
pins: Pins
input_refs: Slotted[]
output_refs: Slotted[]
notices: Diagnostic[]
warnings: Diagnostic[]
errors: Diagnostic[]
best_effort?: BestEffort
outcome: ("succeeded" | "degraded" | "breached" | "failed")
}
/**
 * What merely happened. Not hashed.
 */
observed: {
started_at: Instant
ended_at: Instant
cost: Cost
/**
 * Versions of Node, ICU and Unicode, and the platform.
 */
host: {

}
cache: ("hit" | "miss")
attempt: number
}
record_hash: Digest
}
/**
 * Outside facts that are frozen into the run.
 * 
 * This interface was referenced by `StepRecordDocument`'s JSON-Schema
 * via the `definition` "pins".
 */
export interface Pins {
/**
 * The run's clock.
 */
as_of: (Instant | null)
/**
 * Empty: not pinned.
 */
seed: string
}
/**
 * This interface was referenced by `StepRecordDocument`'s JSON-Schema
 * via the `definition` "slotted".
 */
export interface Slotted {
slot: string
/**
 * Name of the slot or file, never an absolute path.
 */
id: string
kind: string
schema: string
hash: Digest
bytes: number
}
/**
 * A finding. Details cite places and counts, never personal values.
 * 
 * This interface was referenced by `StepRecordDocument`'s JSON-Schema
 * via the `definition` "diagnostic".
 */
export interface Diagnostic {
code: string
severity: ("info" | "warning" | "error")
message: string
details: {

}
}
/**
 * What best-effort let in.
 * 
 * This interface was referenced by `StepRecordDocument`'s JSON-Schema
 * via the `definition` "bestEffort".
 */
export interface BestEffort {
entropy: ("none" | "clock" | "network" | "random")[]
seed: string
notes: string[]
inputs_version: Digest
}
/**
 * This interface was referenced by `StepRecordDocument`'s JSON-Schema
 * via the `definition` "cost".
 */
export interface Cost {
duration_ms: number
cpu_ms: number
memory_bytes: number
bytes_in: number
bytes_out: number
}
/**
 * An artifact, named by the SHA-256 of its bytes.
 * 
 * This interface was referenced by `StepRecordDocument`'s JSON-Schema
 * via the `definition` "artifact".
 */
export interface Artifact {
/**
 * Name of the slot or file, never an absolute path.
 */
id: string
kind: string
schema: string
hash: Digest
bytes: number
}

/** The JSON Schema itself. */
export const schema = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:hotpass:schema:run-record:1",
  "title": "StepRecordDocument",
  "description": "The account of one operator execution.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "identity",
    "observed",
    "record_hash"
  ],
  "properties": {
    "identity": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "schema",
        "run_id",
        "step",
        "operator_id",
        "implementation",
        "mode",
        "config_hash",
        "pins",
        "input_refs",
        "output_refs",
        "notices",
        "warnings",
        "errors",
        "outcome"
      ],
      "properties": {
        "schema": {
          "const": "urn:hotpass:run-record:1"
        },
        "run_id": {
          "$ref": "#/$defs/runId"
        },
        "step": {
          "type": "string",
          "minLength": 1,
          "maxLength": 4200,
          "description": "Id of the step in the plan."
        },
        "operator_id": {
          "$ref": "#/$defs/operatorId"
        },
        "implementation": {
          "$ref": "#/$defs/digest",
          "description": "Digest of the operator's code and of the packages that it uses."
        },
        "mode": {
          "$ref": "#/$defs/mode"
        },
        "config_hash": {
          "$ref": "#/$defs/digest",
          "description": "SHA-256 of the canonical JSON of the operator's slice of the config."
        },
        "pins": {
          "$ref": "#/$defs/pins"
        },
        "input_refs": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/slotted"
          }
        },
        "output_refs": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/slotted"
          }
        },
        "notices": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/diagnostic"
          }
        },
        "warnings": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/diagnostic"
          }
        },
        "errors": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/diagnostic"
          }
        },
        "best_effort": {
          "$ref": "#/$defs/bestEffort"
        },
        "outcome": {
          "enum": [
            "succeeded",
            "degraded",
            "breached",
            "failed"
          ]
        }
      },
      "description": "What is promised. `record_hash` is the SHA-256 of its canonical JSON (RFC 8785)."
    },
    "observed": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "started_at",
        "ended_at",
        "cost",
        "host",
        "cache",
        "attempt"
      ],
      "properties": {
        "started_at": {
          "$ref": "#/$defs/instant"
        },
        "ended_at": {
          "$ref": "#/$defs/instant"
        },
        "cost": {
          "$ref": "#/$defs/cost"
        },
        "host": {
          "type": "object",
          "description": "Versions of Node, ICU and Unicode, and the platform."
        },
        "cache": {
          "enum": [
            "hit",
            "miss"
          ]
        },
        "attempt": {
          "type": "integer",
          "minimum": 1
        }
      },
      "description": "What merely happened. Not hashed."
    },
    "record_hash": {
      "$ref": "#/$defs/digest"
    }
  },
  "$defs": {
    "digest": {
      "type": "string",
      "pattern": "^[0-9a-f]{64}$",
      "description": "SHA-256, lower-case hexadecimal."
    },
    "runId": {
      "type": "string",
      "pattern": "^run-[0-9a-f]{32}$"
    },
    "operatorId": {
      "type": "string",
      "pattern": "^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*@(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$",
      "description": "name@x.y.z"
    },
    "mode": {
      "enum": [
        "strict",
        "best-effort"
      ]
    },
    "instant": {
      "type": "string",
      "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$",
      "description": "RFC 3339, UTC."
    },
    "pins": {
      "type": "object",
      "additionalProperties": false,
      "description": "Outside facts that are frozen into the run.",
      "required": [
        "as_of",
        "seed"
      ],
      "properties": {
        "as_of": {
          "anyOf": [
            {
              "$ref": "#/$defs/instant"
            },
            {
              "type": "null"
            }
          ],
          "description": "The run's clock."
        },
        "seed": {
          "type": "string",
          "maxLength": 64,
          "description": "Empty: not pinned."
        }
      }
    },
    "artifact": {
      "type": "object",
      "additionalProperties": false,
      "description": "An artifact, named by the SHA-256 of its bytes.",
      "required": [
        "id",
        "kind",
        "schema",
        "hash",
        "bytes"
      ],
      "properties": {
        "id": {
          "type": "string",
          "minLength": 1,
          "maxLength": 4096,
          "description": "Name of the slot or file, never an absolute path."
        },
        "kind": {
          "type": "string",
          "pattern": "^[a-z][a-z0-9-]*$"
        },
        "schema": {
          "type": "string",
          "minLength": 1
        },
        "hash": {
          "$ref": "#/$defs/digest"
        },
        "bytes": {
          "type": "integer",
          "minimum": 0
        }
      }
    },
    "diagnostic": {
      "type": "object",
      "additionalProperties": false,
      "description": "A finding. Details cite places and counts, never personal values.",
      "required": [
        "code",
        "severity",
        "message",
        "details"
      ],
      "properties": {
        "code": {
          "type": "string",
          "pattern": "^[A-Z][A-Z0-9_]*$"
        },
        "severity": {
          "enum": [
            "info",
            "warning",
            "error"
          ]
        },
        "message": {
          "type": "string"
        },
        "details": {
          "type": "object"
        }
      }
    },
    "bestEffort": {
      "type": "object",
      "additionalProperties": false,
      "description": "What best-effort let in.",
      "required": [
        "entropy",
        "seed",
        "notes",
        "inputs_version"
      ],
      "properties": {
        "entropy": {
          "type": "array",
          "items": {
            "enum": [
              "none",
              "clock",
              "network",
              "random"
            ]
          }
        },
        "seed": {
          "type": "string",
          "maxLength": 64
        },
        "notes": {
          "type": "array",
          "items": {
            "type": "string"
          }
        },
        "inputs_version": {
          "$ref": "#/$defs/digest"
        }
      }
    },
    "cost": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "duration_ms",
        "cpu_ms",
        "memory_bytes",
        "bytes_in",
        "bytes_out"
      ],
      "properties": {
        "duration_ms": {
          "type": "number",
          "minimum": 0
        },
        "cpu_ms": {
          "type": "number",
          "minimum": 0
        },
        "memory_bytes": {
          "type": "integer",
          "minimum": 0
        },
        "bytes_in": {
          "type": "integer",
          "minimum": 0
        },
        "bytes_out": {
          "type": "integer",
          "minimum": 0
        }
      }
    },
    "slotted": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "slot",
        "id",
        "kind",
        "schema",
        "hash",
        "bytes"
      ],
      "properties": {
        "slot": {
          "type": "string",
          "minLength": 1
        },
        "id": {
          "type": "string",
          "minLength": 1,
          "maxLength": 4096,
          "description": "Name of the slot or file, never an absolute path."
        },
        "kind": {
          "type": "string",
          "pattern": "^[a-z][a-z0-9-]*$"
        },
        "schema": {
          "type": "string",
          "minLength": 1
        },
        "hash": {
          "$ref": "#/$defs/digest"
        },
        "bytes": {
          "type": "integer",
          "minimum": 0
        }
      }
    }
  }
} as const
