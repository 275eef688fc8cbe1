// Generated from schemas/review-pair.v1.json by npm run generate. Do not edit.

/**
 * One line of a review queue (JSON Lines): two records that a person is asked about. It holds values of the records as they are. `decision`, `why` and `by` are filled in by the reviewer.
 */
export interface ReviewPair {
schema: "urn:hotpass:schema:review-pair:1"
/**
 * Digest of the two record ids.
 */
pair_id: string
/**
 * 1 is asked first.
 */
rank: number
/**
 * What the answer settles: how uncertain the pair is (4p(1-p)), times the pairs of records that it would join.
 */
gain: number
probability: number
/**
 * Match weight in bits, prior included.
 */
weight: number
/**
 * review: between the thresholds. split: above the match threshold, but the cluster was taken apart there.
 */
role: ("review" | "split")
a: Record
b: Record
evidence: {
comparison: string
fields: string[]
/**
 * The level of agreement; `unknown` where one side is empty.
 */
level: string
/**
 * Bits.
 */
weight: number
}[]
decision: ("same" | "different" | "unsure" | null)
why: (string | null)
by: (string | null)
}
/**
 * This interface was referenced by `ReviewPair`'s JSON-Schema
 * via the `definition` "record".
 */
export interface Record {
id: string
source: string
/**
 * Digest of the values.
 */
seen: string
values: {
[k: string]: string | null
}
}

/** The JSON Schema itself. */
export const schema = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:hotpass:schema:review-pair:1",
  "title": "ReviewPair",
  "description": "One line of a review queue (JSON Lines): two records that a person is asked about. It holds values of the records as they are. `decision`, `why` and `by` are filled in by the reviewer.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "schema",
    "pair_id",
    "rank",
    "gain",
    "probability",
    "weight",
    "role",
    "a",
    "b",
    "evidence",
    "decision",
    "why",
    "by"
  ],
  "properties": {
    "schema": {
      "const": "urn:hotpass:schema:review-pair:1"
    },
    "pair_id": {
      "type": "string",
      "pattern": "^p-[0-9a-f]{16}$",
      "description": "Digest of the two record ids."
    },
    "rank": {
      "type": "integer",
      "minimum": 1,
      "description": "1 is asked first."
    },
    "gain": {
      "type": "number",
      "minimum": 0,
      "description": "What the answer settles: how uncertain the pair is (4p(1-p)), times the pairs of records that it would join."
    },
    "probability": {
      "type": "number",
      "minimum": 0,
      "maximum": 1
    },
    "weight": {
      "type": "number",
      "description": "Match weight in bits, prior included."
    },
    "role": {
      "enum": [
        "review",
        "split"
      ],
      "description": "review: between the thresholds. split: above the match threshold, but the cluster was taken apart there."
    },
    "a": {
      "$ref": "#/$defs/record"
    },
    "b": {
      "$ref": "#/$defs/record"
    },
    "evidence": {
      "type": "array",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "comparison",
          "fields",
          "level",
          "weight"
        ],
        "properties": {
          "comparison": {
            "type": "string"
          },
          "fields": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "level": {
            "type": "string",
            "description": "The level of agreement; `unknown` where one side is empty."
          },
          "weight": {
            "type": "number",
            "description": "Bits."
          }
        }
      }
    },
    "decision": {
      "enum": [
        "same",
        "different",
        "unsure",
        null
      ]
    },
    "why": {
      "type": [
        "string",
        "null"
      ],
      "maxLength": 2000
    },
    "by": {
      "type": [
        "string",
        "null"
      ],
      "maxLength": 200
    }
  },
  "$defs": {
    "record": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "id",
        "source",
        "seen",
        "values"
      ],
      "properties": {
        "id": {
          "type": "string"
        },
        "source": {
          "type": "string"
        },
        "seen": {
          "type": "string",
          "pattern": "^[0-9a-f]{64}$",
          "description": "Digest of the values."
        },
        "values": {
          "type": "object",
          "additionalProperties": {
            "type": [
              "string",
              "null"
            ]
          }
        }
      }
    }
  }
} as const
