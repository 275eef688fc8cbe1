// Generated from schemas/decision.v1.json by npm run generate. Do not edit.

/**
 * The id of a record: the value of its id field, or the id that Hotpass derives from its content (`r-` and 20 hexadecimal digits).
 * 
 * This interface was referenced by `Decision`'s JSON-Schema
 * via the `definition` "recordId".
 */
export type RecordId = string
/**
 * SHA-256 of the record's values as they were seen, so that a later change of the record shows.
 * 
 * This interface was referenced by `Decision`'s JSON-Schema
 * via the `definition` "digest".
 */
export type Digest = string

/**
 * One line of decisions.jsonl: what a person decided about two records, who, when and why. It holds no values of the records.
 */
export interface Decision {
/**
 * must-link: the two records are one entity. cannot-link: they are not, whatever else links them. unsure: looked at, not decided; no effect on clusters. withdraw: earlier lines about these two records no longer count.
 */
decision: ("must-link" | "cannot-link" | "unsure" | "withdraw")
a: RecordId
b: RecordId
/**
 * Who decided.
 */
by: string
/**
 * When: an RFC 3339 instant in UTC, such as 2026-01-31T09:00:00Z.
 */
at: string
/**
 * The reason, in words.
 */
why?: string
/**
 * The evidence that was looked at.
 */
seen?: {
a?: Digest
b?: Digest
/**
 * What the model said of the pair.
 */
probability?: number
/**
 * Whether the decision was made before the model's probability was shown.
 */
blind?: boolean
/**
 * Where the decision was made.
 */
from?: ("terminal" | "workbook" | "label-studio" | "jsonl")
}
}

/** The JSON Schema itself. */
export const schema = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:hotpass:schema:decision:1",
  "title": "Decision",
  "description": "One line of decisions.jsonl: what a person decided about two records, who, when and why. It holds no values of the records.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "decision",
    "a",
    "b",
    "by",
    "at"
  ],
  "properties": {
    "decision": {
      "enum": [
        "must-link",
        "cannot-link",
        "unsure",
        "withdraw"
      ],
      "description": "must-link: the two records are one entity. cannot-link: they are not, whatever else links them. unsure: looked at, not decided; no effect on clusters. withdraw: earlier lines about these two records no longer count."
    },
    "a": {
      "$ref": "#/$defs/recordId"
    },
    "b": {
      "$ref": "#/$defs/recordId"
    },
    "by": {
      "type": "string",
      "minLength": 1,
      "maxLength": 200,
      "description": "Who decided."
    },
    "at": {
      "type": "string",
      "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$",
      "description": "When: an RFC 3339 instant in UTC, such as 2026-01-31T09:00:00Z."
    },
    "why": {
      "type": "string",
      "maxLength": 2000,
      "description": "The reason, in words."
    },
    "seen": {
      "type": "object",
      "additionalProperties": false,
      "description": "The evidence that was looked at.",
      "properties": {
        "a": {
          "$ref": "#/$defs/digest"
        },
        "b": {
          "$ref": "#/$defs/digest"
        },
        "probability": {
          "type": "number",
          "minimum": 0,
          "maximum": 1,
          "description": "What the model said of the pair."
        },
        "blind": {
          "type": "boolean",
          "description": "Whether the decision was made before the model's probability was shown."
        },
        "from": {
          "enum": [
            "terminal",
            "workbook",
            "label-studio",
            "jsonl"
          ],
          "description": "Where the decision was made."
        }
      }
    }
  },
  "$defs": {
    "recordId": {
      "type": "string",
      "minLength": 1,
      "maxLength": 500,
      "description": "The id of a record: the value of its id field, or the id that Hotpass derives from its content (`r-` and 20 hexadecimal digits)."
    },
    "digest": {
      "type": "string",
      "pattern": "^[0-9a-f]{64}$",
      "description": "SHA-256 of the record's values as they were seen, so that a later change of the record shows."
    }
  }
} as const
