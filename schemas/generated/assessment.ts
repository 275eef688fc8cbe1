// Generated from schemas/assessment.v1.json by npm run generate. Do not edit.

/**
 * What a command checked and what it found, without regard to who will read it. Every report format is written from it.
 */
export interface Assessment {
schema: "urn:hotpass:schema:assessment:1"
tool: {
name: string
version: string
}
/**
 * The command that did the checking, such as `run`.
 */
command: string
/**
 * One line for people.
 */
title: string
/**
 * The command's own word for how it went.
 */
verdict: string
/**
 * Exit code of the command.
 */
exit: number
/**
 * Path, relative to the current folder and with `/`, that findings without a place of their own are about.
 */
subject: string
/**
 * Label and value, for the head of a page.
 */
facts: [string, string][]
/**
 * Everything that was checked, what passed included.
 */
cases: Case[]
}
/**
 * This interface was referenced by `Assessment`'s JSON-Schema
 * via the `definition` "case".
 */
export interface Case {
/**
 * What the check belongs to: the steps of a run, a gate, a contract.
 */
suite: string
name: string
/**
 * `failed`: what was checked is not so. `error`: the check itself could not be done. `skipped`: nothing was checked, and `message` says why.
 */
status: ("passed" | "failed" | "error" | "skipped")
message: string
seconds: (number | null)
findings: Finding[]
}
/**
 * This interface was referenced by `Assessment`'s JSON-Schema
 * via the `definition` "finding".
 */
export interface Finding {
/**
 * The stable code of the diagnostic.
 */
code: string
level: ("error" | "warning" | "note")
message: string
hint: string
/**
 * How often it was found; the places are the first of them.
 */
count: number
places: Place[]
/**
 * The same for the same fault in the same place, however often it occurs there, from one run to the next.
 */
fingerprint: string
}
/**
 * This interface was referenced by `Assessment`'s JSON-Schema
 * via the `definition` "place".
 */
export interface Place {
/**
 * Relative to the current folder, with `/`.
 */
file: string
sheet?: string
/**
 * A1 form; a number alone is a row, letters alone are a column.
 */
cell?: string
line?: number
}

/** The JSON Schema itself. */
export const schema = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:hotpass:schema:assessment:1",
  "title": "Assessment",
  "description": "What a command checked and what it found, without regard to who will read it. Every report format is written from it.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "schema",
    "tool",
    "command",
    "title",
    "verdict",
    "exit",
    "subject",
    "facts",
    "cases"
  ],
  "properties": {
    "schema": {
      "const": "urn:hotpass:schema:assessment:1"
    },
    "tool": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "name",
        "version"
      ],
      "properties": {
        "name": {
          "type": "string"
        },
        "version": {
          "type": "string"
        }
      }
    },
    "command": {
      "type": "string",
      "description": "The command that did the checking, such as `run`."
    },
    "title": {
      "type": "string",
      "description": "One line for people."
    },
    "verdict": {
      "type": "string",
      "description": "The command's own word for how it went."
    },
    "exit": {
      "type": "integer",
      "minimum": 0,
      "description": "Exit code of the command."
    },
    "subject": {
      "type": "string",
      "description": "Path, relative to the current folder and with `/`, that findings without a place of their own are about."
    },
    "facts": {
      "type": "array",
      "description": "Label and value, for the head of a page.",
      "items": {
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": {
          "type": "string"
        }
      }
    },
    "cases": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/case"
      },
      "description": "Everything that was checked, what passed included."
    }
  },
  "$defs": {
    "case": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "suite",
        "name",
        "status",
        "message",
        "seconds",
        "findings"
      ],
      "properties": {
        "suite": {
          "type": "string",
          "description": "What the check belongs to: the steps of a run, a gate, a contract."
        },
        "name": {
          "type": "string"
        },
        "status": {
          "enum": [
            "passed",
            "failed",
            "error",
            "skipped"
          ],
          "description": "`failed`: what was checked is not so. `error`: the check itself could not be done. `skipped`: nothing was checked, and `message` says why."
        },
        "message": {
          "type": "string"
        },
        "seconds": {
          "type": [
            "number",
            "null"
          ],
          "minimum": 0
        },
        "findings": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/finding"
          }
        }
      }
    },
    "finding": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "code",
        "level",
        "message",
        "hint",
        "count",
        "places",
        "fingerprint"
      ],
      "properties": {
        "code": {
          "type": "string",
          "pattern": "^[A-Z][A-Z0-9_]*$",
          "description": "The stable code of the diagnostic."
        },
        "level": {
          "enum": [
            "error",
            "warning",
            "note"
          ]
        },
        "message": {
          "type": "string"
        },
        "hint": {
          "type": "string"
        },
        "count": {
          "type": "integer",
          "minimum": 1,
          "description": "How often it was found; the places are the first of them."
        },
        "places": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/place"
          }
        },
        "fingerprint": {
          "type": "string",
          "pattern": "^[0-9a-f]{32}$",
          "description": "The same for the same fault in the same place, however often it occurs there, from one run to the next."
        }
      }
    },
    "place": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "file"
      ],
      "properties": {
        "file": {
          "type": "string",
          "description": "Relative to the current folder, with `/`."
        },
        "sheet": {
          "type": "string"
        },
        "cell": {
          "type": "string",
          "description": "A1 form; a number alone is a row, letters alone are a column."
        },
        "line": {
          "type": "integer",
          "minimum": 1
        }
      }
    }
  }
} as const
