// Generated from schemas/entity-registry.v1.json by npm run generate. Do not edit.

/**
 * One line of an entity registry (JSON Lines): which records each entity has, and what became of entities from run to run. First the line `registry`, then `generation`s, `entity`s by id, and `event`s in the order in which they came.
 */
export type RegistryLine = (Head | Generation | Entity | Event)
export type Count = number
/**
 * An entity's id: given once, never given to another.
 */
export type EntityId = string
/**
 * Ids of records, sorted.
 */
export type RecordIds = string[]

export interface Head {
line: "registry"
schema: "urn:hotpass:schema:entity-registry:1"
/**
 * How often the registry has changed.
 */
generation: number
}
export interface Generation {
line: "generation"
generation: number
/**
 * The run that made it.
 */
run_id: string
/**
 * The pinned clock of that run.
 */
as_of: (string | null)
entities: Count
records: Count
}
export interface Entity {
line: "entity"
entity_id: EntityId
/**
 * The generation in which it appeared.
 */
since: number
/**
 * merged: its records went to the entity `into`. retired: no record of it is left.
 */
state: ("live" | "merged" | "retired")
into?: EntityId
records: RecordIds
/**
 * Digests of identifying values, by which an entity is known again when all of its records were edited.
 */
anchors?: string[]
}
export interface Event {
line: "event"
generation: number
/**
 * merged: `entity_id` went into `other`. split: `entity_id` came out of `other`. restored: the same, and it has the id that it had before a merge. recognised: all records were edited, and the id was kept by identifying values.
 */
event: ("merged" | "split" | "restored" | "retired" | "recognised")
entity_id: EntityId
other?: EntityId
/**
 * Records that it concerns.
 */
count: number
/**
 * The first of them.
 */
records: string[]
/**
 * The decision that brought it about.
 */
because?: {
decision: ("must-link" | "cannot-link")
a: string
b: string
by: string
at: string
why?: string
}
}

/** The JSON Schema itself. */
export const schema = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:hotpass:schema:entity-registry:1",
  "title": "RegistryLine",
  "description": "One line of an entity registry (JSON Lines): which records each entity has, and what became of entities from run to run. First the line `registry`, then `generation`s, `entity`s by id, and `event`s in the order in which they came.",
  "oneOf": [
    {
      "$ref": "#/$defs/head"
    },
    {
      "$ref": "#/$defs/generation"
    },
    {
      "$ref": "#/$defs/entity"
    },
    {
      "$ref": "#/$defs/event"
    }
  ],
  "$defs": {
    "entityId": {
      "type": "string",
      "pattern": "^ent-[0-9a-f]{16}$",
      "description": "An entity's id: given once, never given to another."
    },
    "recordIds": {
      "type": "array",
      "items": {
        "type": "string",
        "minLength": 1
      },
      "description": "Ids of records, sorted."
    },
    "count": {
      "type": "integer",
      "minimum": 0
    },
    "head": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "line",
        "schema",
        "generation"
      ],
      "properties": {
        "line": {
          "const": "registry"
        },
        "schema": {
          "const": "urn:hotpass:schema:entity-registry:1"
        },
        "generation": {
          "type": "integer",
          "minimum": 1,
          "description": "How often the registry has changed."
        }
      }
    },
    "generation": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "line",
        "generation",
        "run_id",
        "as_of",
        "entities",
        "records"
      ],
      "properties": {
        "line": {
          "const": "generation"
        },
        "generation": {
          "type": "integer",
          "minimum": 1
        },
        "run_id": {
          "type": "string",
          "pattern": "^run-[0-9a-f]{32}$",
          "description": "The run that made it."
        },
        "as_of": {
          "type": [
            "string",
            "null"
          ],
          "description": "The pinned clock of that run."
        },
        "entities": {
          "$ref": "#/$defs/count"
        },
        "records": {
          "$ref": "#/$defs/count"
        }
      }
    },
    "entity": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "line",
        "entity_id",
        "since",
        "state",
        "records"
      ],
      "properties": {
        "line": {
          "const": "entity"
        },
        "entity_id": {
          "$ref": "#/$defs/entityId"
        },
        "since": {
          "type": "integer",
          "minimum": 1,
          "description": "The generation in which it appeared."
        },
        "state": {
          "enum": [
            "live",
            "merged",
            "retired"
          ],
          "description": "merged: its records went to the entity `into`. retired: no record of it is left."
        },
        "into": {
          "$ref": "#/$defs/entityId"
        },
        "records": {
          "$ref": "#/$defs/recordIds"
        },
        "anchors": {
          "type": "array",
          "items": {
            "type": "string",
            "pattern": "^[0-9a-f]{12}$"
          },
          "description": "Digests of identifying values, by which an entity is known again when all of its records were edited."
        }
      }
    },
    "event": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "line",
        "generation",
        "event",
        "entity_id",
        "count",
        "records"
      ],
      "properties": {
        "line": {
          "const": "event"
        },
        "generation": {
          "type": "integer",
          "minimum": 1
        },
        "event": {
          "enum": [
            "merged",
            "split",
            "restored",
            "retired",
            "recognised"
          ],
          "description": "merged: `entity_id` went into `other`. split: `entity_id` came out of `other`. restored: the same, and it has the id that it had before a merge. recognised: all records were edited, and the id was kept by identifying values."
        },
        "entity_id": {
          "$ref": "#/$defs/entityId"
        },
        "other": {
          "$ref": "#/$defs/entityId"
        },
        "count": {
          "type": "integer",
          "minimum": 0,
          "description": "Records that it concerns."
        },
        "records": {
          "type": "array",
          "items": {
            "type": "string",
            "minLength": 1
          },
          "description": "The first of them."
        },
        "because": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "decision",
            "a",
            "b",
            "by",
            "at"
          ],
          "description": "The decision that brought it about.",
          "properties": {
            "decision": {
              "enum": [
                "must-link",
                "cannot-link"
              ]
            },
            "a": {
              "type": "string"
            },
            "b": {
              "type": "string"
            },
            "by": {
              "type": "string"
            },
            "at": {
              "type": "string"
            },
            "why": {
              "type": "string"
            }
          }
        }
      }
    }
  }
} as const
