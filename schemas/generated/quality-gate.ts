// Generated from schemas/quality-gate.v1.json by npm run generate. Do not edit.

/**
 * What one quality gate checked, and what it could not check.
 */
export interface QualityGate {
schema: "urn:hotpass:schema:quality-gate:1"
/**
 * Name of the gate and of its folder.
 */
gate: string
title: string
/**
 * `passed`: everything was checked and is so. `not-built`: a part of Hotpass that it would check does not exist. `incomplete`: something could not be checked here. Neither counts as passed.
 */
status: ("passed" | "failed" | "not-built" | "incomplete")
message: string
started_at: string
seconds: number
counts: {
passed: number
failed: number
not_built: number
not_run: number
}
checks: Check[]
/**
 * Files that the gate wrote, relative to its folder.
 */
artifacts: string[]
}
/**
 * This interface was referenced by `QualityGate`'s JSON-Schema
 * via the `definition` "check".
 */
export interface Check {
name: string
status: ("passed" | "failed" | "not-built" | "not-run")
/**
 * What was seen, or why nothing could be checked.
 */
message: string
seconds: number
findings: Diagnostic[]
}
/**
 * This interface was referenced by `QualityGate`'s JSON-Schema
 * via the `definition` "diagnostic".
 */
export interface Diagnostic {
code: string
severity: ("info" | "warning" | "error")
message: string
details: {

}
}

/** The JSON Schema itself. */
export const schema = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:hotpass:schema:quality-gate:1",
  "title": "QualityGate",
  "description": "What one quality gate checked, and what it could not check.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "schema",
    "gate",
    "title",
    "status",
    "message",
    "started_at",
    "seconds",
    "counts",
    "checks",
    "artifacts"
  ],
  "properties": {
    "schema": {
      "const": "urn:hotpass:schema:quality-gate:1"
    },
    "gate": {
      "type": "string",
      "pattern": "^[a-z][a-z0-9-]*$",
      "description": "Name of the gate and of its folder."
    },
    "title": {
      "type": "string"
    },
    "status": {
      "enum": [
        "passed",
        "failed",
        "not-built",
        "incomplete"
      ],
      "description": "`passed`: everything was checked and is so. `not-built`: a part of Hotpass that it would check does not exist. `incomplete`: something could not be checked here. Neither counts as passed."
    },
    "message": {
      "type": "string"
    },
    "started_at": {
      "type": "string"
    },
    "seconds": {
      "type": "number",
      "minimum": 0
    },
    "counts": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "passed",
        "failed",
        "not_built",
        "not_run"
      ],
      "properties": {
        "passed": {
          "type": "integer",
          "minimum": 0
        },
        "failed": {
          "type": "integer",
          "minimum": 0
        },
        "not_built": {
          "type": "integer",
          "minimum": 0
        },
        "not_run": {
          "type": "integer",
          "minimum": 0
        }
      }
    },
    "checks": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/check"
      }
    },
    "artifacts": {
      "type": "array",
      "items": {
        "type": "string"
      },
      "description": "Files that the gate wrote, relative to its folder."
    }
  },
  "$defs": {
    "check": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "name",
        "status",
        "message",
        "seconds",
        "findings"
      ],
      "properties": {
        "name": {
          "type": "string"
        },
        "status": {
          "enum": [
            "passed",
            "failed",
            "not-built",
            "not-run"
          ]
        },
        "message": {
          "type": "string",
          "description": "What was seen, or why nothing could be checked."
        },
        "seconds": {
          "type": "number",
          "minimum": 0
        },
        "findings": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/diagnostic"
          }
        }
      }
    },
    "diagnostic": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "code",
        "severity",
        "message",
        "details"
      ],
      "properties": {
        "code": {
          "type": "string"
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
    }
  }
} as const
