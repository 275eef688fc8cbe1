// Generated from schemas/compliance-evidence.v1.json by npm run generate. Do not edit.

/**
 * What personal data a dataset holds, why, from where, for how long, and who decided: for the record of processing that GDPR article 30 and POPIA sections 14 and 17 ask for.
 */
export interface ComplianceEvidence {
schema: "urn:hotpass:schema:compliance-evidence:1"
run_id: string
record_hash: string
config_hash: string
as_of: (string | null)
profile: string
policy: ("popia" | "gdpr")[]
purpose: (string | null)
responsible: (string | null)
/**
 * Every setting of `compliance`, and the file, variable or flag that made it; `unknown` where the configuration is no longer that of the run.
 */
decisions: {
key: string
value: unknown
set_by: string
}[]
columns: {
column: string
type: (string | null)
why_personal: string
kinds: {
kind: string
cells: number
confidence: number
}[]
lawful_basis: (string | null)
rows_filled: number
masked_in_reports: boolean
withheld_without_consent: boolean
sources: {
file: string
sheet: string
column: string
header: string
}[]
}[]
retention: {
days: (number | null)
field: (string | null)
rows: number
dated: (number | null)
beyond: (number | null)
}
consent: {
field: (string | null)
rows: number
given: (number | null)
withheld: (number | null)
}
inputs: {
file: string
sha256: string
}[]
outputs: {
file: string
sha256: string
}[]
/**
 * What is missing from the evidence.
 */
gaps: {
code: string
what: string
}[]
/**
 * Which part of the evidence answers which provision.
 */
laws: {
law: ("popia" | "gdpr")
provision: string
asks: string
answer: string
}[]
}

/** The JSON Schema itself. */
export const schema = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:hotpass:schema:compliance-evidence:1",
  "title": "ComplianceEvidence",
  "description": "What personal data a dataset holds, why, from where, for how long, and who decided: for the record of processing that GDPR article 30 and POPIA sections 14 and 17 ask for.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "schema",
    "run_id",
    "record_hash",
    "config_hash",
    "as_of",
    "profile",
    "policy",
    "purpose",
    "responsible",
    "decisions",
    "columns",
    "retention",
    "consent",
    "inputs",
    "outputs",
    "gaps",
    "laws"
  ],
  "properties": {
    "schema": {
      "const": "urn:hotpass:schema:compliance-evidence:1"
    },
    "run_id": {
      "type": "string"
    },
    "record_hash": {
      "type": "string"
    },
    "config_hash": {
      "type": "string"
    },
    "as_of": {
      "type": [
        "string",
        "null"
      ]
    },
    "profile": {
      "type": "string"
    },
    "policy": {
      "type": "array",
      "items": {
        "enum": [
          "popia",
          "gdpr"
        ]
      }
    },
    "purpose": {
      "type": [
        "string",
        "null"
      ]
    },
    "responsible": {
      "type": [
        "string",
        "null"
      ]
    },
    "decisions": {
      "type": "array",
      "description": "Every setting of `compliance`, and the file, variable or flag that made it; `unknown` where the configuration is no longer that of the run.",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "key",
          "value",
          "set_by"
        ],
        "properties": {
          "key": {
            "type": "string"
          },
          "value": {},
          "set_by": {
            "type": "string"
          }
        }
      }
    },
    "columns": {
      "type": "array",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "column",
          "type",
          "why_personal",
          "kinds",
          "lawful_basis",
          "rows_filled",
          "masked_in_reports",
          "withheld_without_consent",
          "sources"
        ],
        "properties": {
          "column": {
            "type": "string"
          },
          "type": {
            "type": [
              "string",
              "null"
            ]
          },
          "why_personal": {
            "type": "string"
          },
          "kinds": {
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "kind",
                "cells",
                "confidence"
              ],
              "properties": {
                "kind": {
                  "type": "string"
                },
                "cells": {
                  "type": "integer",
                  "minimum": 0
                },
                "confidence": {
                  "type": "number",
                  "minimum": 0,
                  "maximum": 1
                }
              }
            }
          },
          "lawful_basis": {
            "type": [
              "string",
              "null"
            ]
          },
          "rows_filled": {
            "type": "integer",
            "minimum": 0
          },
          "masked_in_reports": {
            "type": "boolean"
          },
          "withheld_without_consent": {
            "type": "boolean"
          },
          "sources": {
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "file",
                "sheet",
                "column",
                "header"
              ],
              "properties": {
                "file": {
                  "type": "string"
                },
                "sheet": {
                  "type": "string"
                },
                "column": {
                  "type": "string"
                },
                "header": {
                  "type": "string"
                }
              }
            }
          }
        }
      }
    },
    "retention": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "days",
        "field",
        "rows",
        "dated",
        "beyond"
      ],
      "properties": {
        "days": {
          "type": [
            "integer",
            "null"
          ]
        },
        "field": {
          "type": [
            "string",
            "null"
          ]
        },
        "rows": {
          "type": "integer",
          "minimum": 0
        },
        "dated": {
          "type": [
            "integer",
            "null"
          ]
        },
        "beyond": {
          "type": [
            "integer",
            "null"
          ]
        }
      }
    },
    "consent": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "field",
        "rows",
        "given",
        "withheld"
      ],
      "properties": {
        "field": {
          "type": [
            "string",
            "null"
          ]
        },
        "rows": {
          "type": "integer",
          "minimum": 0
        },
        "given": {
          "type": [
            "integer",
            "null"
          ]
        },
        "withheld": {
          "type": [
            "integer",
            "null"
          ]
        }
      }
    },
    "inputs": {
      "type": "array",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "file",
          "sha256"
        ],
        "properties": {
          "file": {
            "type": "string"
          },
          "sha256": {
            "type": "string"
          }
        }
      }
    },
    "outputs": {
      "type": "array",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "file",
          "sha256"
        ],
        "properties": {
          "file": {
            "type": "string"
          },
          "sha256": {
            "type": "string"
          }
        }
      }
    },
    "gaps": {
      "type": "array",
      "description": "What is missing from the evidence.",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "code",
          "what"
        ],
        "properties": {
          "code": {
            "type": "string"
          },
          "what": {
            "type": "string"
          }
        }
      }
    },
    "laws": {
      "type": "array",
      "description": "Which part of the evidence answers which provision.",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "law",
          "provision",
          "asks",
          "answer"
        ],
        "properties": {
          "law": {
            "enum": [
              "popia",
              "gdpr"
            ]
          },
          "provision": {
            "type": "string"
          },
          "asks": {
            "type": "string"
          },
          "answer": {
            "type": "string"
          }
        }
      }
    }
  }
} as const
