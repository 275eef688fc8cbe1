// Generated from schemas/run.v1.json by npm run generate. Do not edit.

/**
 * This interface was referenced by `RunRecordDocument`'s JSON-Schema
 * via the `definition` "runId".
 */
export type RunId = string
/**
 * name@x.y.z
 * 
 * This interface was referenced by `RunRecordDocument`'s JSON-Schema
 * via the `definition` "operatorId".
 */
export type OperatorId = string
/**
 * This interface was referenced by `RunRecordDocument`'s JSON-Schema
 * via the `definition` "mode".
 */
export type Mode = ("strict" | "best-effort")
/**
 * RFC 3339, UTC.
 * 
 * This interface was referenced by `RunRecordDocument`'s JSON-Schema
 * via the `definition` "instant".
 */
export type Instant = string
/**
 * SHA-256, lower-case hexadecimal.
 * 
 * This interface was referenced by `RunRecordDocument`'s JSON-Schema
 * via the `definition` "digest".
 */
export type Digest = string

/**
 * The account of a run. It names the records of its steps by hash, so one hash stands for the whole run.
 */
export interface RunRecordDocument {
/**
 * What is promised. `record_hash` is the SHA-256 of its canonical JSON (RFC 8785).
 */
identity: {
schema: "urn:hotpass:run:1"
run_id: RunId
pipeline: {
id: string
version: string
}
operators: OperatorId[]
mode: Mode
/**
 * Fingerprint of the config; its canonical JSON is the object with this hash.
 */
config_hash: string
pins: Pins
input_refs: Artifact[]
/**
 * In plan order.
 */
steps: {
step: string
operator_id: OperatorId
outcome: ("succeeded" | "degraded" | "breached" | "failed" | "skipped")
record_hash: (Digest | null)
}[]
dataset: (Artifact | null)
/**
 * Finished files, with the run id in them.
 */
published: {
suffix: string
media_type: string
hash: Digest
bytes: number
}[]
/**
 * Counts that the pipeline gives.
 */
summary: {

}
counts: {
notices: number
warnings: number
errors: number
}
errors: Diagnostic[]
best_effort?: BestEffort
outcome: ("succeeded" | "degraded" | "breached" | "failed" | "refused" | "differs")
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
cache: {
hits: number
misses: number
}
attempt: number
}
record_hash: Digest
}
/**
 * Outside facts that are frozen into the run.
 * 
 * This interface was referenced by `RunRecordDocument`'s JSON-Schema
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
 * An artifact, named by the SHA-256 of its bytes.
 * 
 * This interface was referenced by `RunRecordDocument`'s JSON-Schema
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
/**
 * A finding. Details cite places and counts, never personal values.
 * 
 * This interface was referenced by `RunRecordDocument`'s JSON-Schema
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
 * This interface was referenced by `RunRecordDocument`'s JSON-Schema
 * via the `definition` "bestEffort".
 */
export interface BestEffort {
entropy: ("none" | "clock" | "network" | "random")[]
seed: string
notes: string[]
inputs_version: Digest
}
/**
 * This interface was referenced by `RunRecordDocument`'s JSON-Schema
 * via the `definition` "cost".
 */
export interface Cost {
duration_ms: number
cpu_ms: number
memory_bytes: number
bytes_in: number
bytes_out: number
}

/** The JSON Schema itself. */
export const schema = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:hotpass:schema:run:1",
  "title": "RunRecordDocument",
  "description": "The account of a run. It names the records of its steps by hash, so one hash stands for the whole run.",
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
        "pipeline",
        "operators",
        "mode",
        "config_hash",
        "pins",
        "input_refs",
        "steps",
        "dataset",
        "published",
        "summary",
        "counts",
        "errors",
        "outcome"
      ],
      "properties": {
        "schema": {
          "const": "urn:hotpass:run:1"
        },
        "run_id": {
          "$ref": "#/$defs/runId"
        },
        "pipeline": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "id",
            "version"
          ],
          "properties": {
            "id": {
              "type": "string",
              "minLength": 1
            },
            "version": {
              "type": "string",
              "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+$"
            }
          }
        },
        "operators": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/operatorId"
          }
        },
        "mode": {
          "$ref": "#/$defs/mode"
        },
        "config_hash": {
          "$ref": "#/$defs/digest",
          "description": "Fingerprint of the config; its canonical JSON is the object with this hash."
        },
        "pins": {
          "$ref": "#/$defs/pins"
        },
        "input_refs": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/artifact"
          }
        },
        "steps": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "step",
              "operator_id",
              "outcome",
              "record_hash"
            ],
            "properties": {
              "step": {
                "type": "string",
                "minLength": 1,
                "maxLength": 4200
              },
              "operator_id": {
                "$ref": "#/$defs/operatorId"
              },
              "outcome": {
                "enum": [
                  "succeeded",
                  "degraded",
                  "breached",
                  "failed",
                  "skipped"
                ]
              },
              "record_hash": {
                "anyOf": [
                  {
                    "$ref": "#/$defs/digest"
                  },
                  {
                    "type": "null"
                  }
                ]
              }
            }
          },
          "description": "In plan order."
        },
        "dataset": {
          "anyOf": [
            {
              "$ref": "#/$defs/artifact"
            },
            {
              "type": "null"
            }
          ]
        },
        "published": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "suffix",
              "media_type",
              "hash",
              "bytes"
            ],
            "properties": {
              "suffix": {
                "type": "string",
                "minLength": 1
              },
              "media_type": {
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
          "description": "Finished files, with the run id in them."
        },
        "summary": {
          "type": "object",
          "description": "Counts that the pipeline gives."
        },
        "counts": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "notices",
            "warnings",
            "errors"
          ],
          "properties": {
            "notices": {
              "type": "integer",
              "minimum": 0
            },
            "warnings": {
              "type": "integer",
              "minimum": 0
            },
            "errors": {
              "type": "integer",
              "minimum": 0
            }
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
            "failed",
            "refused",
            "differs"
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
          "type": "object",
          "additionalProperties": false,
          "required": [
            "hits",
            "misses"
          ],
          "properties": {
            "hits": {
              "type": "integer",
              "minimum": 0
            },
            "misses": {
              "type": "integer",
              "minimum": 0
            }
          }
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
    }
  }
} as const
