// Generated from schemas/party-store.v1.json by npm run generate. Do not edit.

/**
 * This interface was referenced by `PartyStore`'s JSON-Schema
 * via the `definition` "partyId".
 */
export type PartyId = string
/**
 * The rows that say so, sorted.
 * 
 * @minItems 1
 * 
 * This interface was referenced by `PartyStore`'s JSON-Schema
 * via the `definition` "provenance".
 */
export type Provenance = [{
source: string
file: string
sheet: string
/**
 * As the spreadsheet shows it.
 */
row: number
/**
 * Id of the record; empty where a row has none.
 */
record_id: string
}, ...({
source: string
file: string
sheet: string
/**
 * As the spreadsheet shows it.
 */
row: number
/**
 * Id of the record; empty where a row has none.
 */
record_id: string
})[]]

/**
 * Parties (organisations and persons), the names that they go by, the roles between them, and the ways to reach them, each with the rows that say so. Every id is a digest of content: the same content has the same id, in whatever run.
 */
export interface PartyStore {
schema: "urn:hotpass:schema:party-store:1"
party: Party[]
party_alias: Alias[]
party_role: Role[]
contact_method: ContactMethod[]
}
/**
 * This interface was referenced by `PartyStore`'s JSON-Schema
 * via the `definition` "party".
 */
export interface Party {
party_id: PartyId
kind: ("organisation" | "person")
display_name: string
normalized_name: string
country_code: (string | null)
/**
 * The entity's id in the registry, where one is kept.
 */
entity_id: (string | null)
provenance: Provenance
}
/**
 * This interface was referenced by `PartyStore`'s JSON-Schema
 * via the `definition` "alias".
 */
export interface Alias {
alias_id: string
party_id: PartyId
alias: string
/**
 * legal: the name, in each of its spellings. trading_as: declared as a trading name. historic: another name, under which a record of the party still goes.
 */
alias_type: ("legal" | "trading_as" | "historic")
provenance: Provenance
}
/**
 * This interface was referenced by `PartyStore`'s JSON-Schema
 * via the `definition` "role".
 */
export interface Role {
role_id: string
subject_party_id: PartyId
object_party_id: PartyId
role_name: string
is_primary: boolean
provenance: Provenance
}
/**
 * This interface was referenced by `PartyStore`'s JSON-Schema
 * via the `definition` "contactMethod".
 */
export interface ContactMethod {
contact_method_id: string
party_id: PartyId
method_type: ("email" | "phone" | "website" | "physical_address")
value: string
is_primary: boolean
provenance: Provenance
}

/** The JSON Schema itself. */
export const schema = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:hotpass:schema:party-store:1",
  "title": "PartyStore",
  "description": "Parties (organisations and persons), the names that they go by, the roles between them, and the ways to reach them, each with the rows that say so. Every id is a digest of content: the same content has the same id, in whatever run.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "schema",
    "party",
    "party_alias",
    "party_role",
    "contact_method"
  ],
  "properties": {
    "schema": {
      "const": "urn:hotpass:schema:party-store:1"
    },
    "party": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/party"
      }
    },
    "party_alias": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/alias"
      }
    },
    "party_role": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/role"
      }
    },
    "contact_method": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/contactMethod"
      }
    }
  },
  "$defs": {
    "partyId": {
      "type": "string",
      "pattern": "^party-[0-9a-f]{20}$"
    },
    "provenance": {
      "type": "array",
      "minItems": 1,
      "description": "The rows that say so, sorted.",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "source",
          "file",
          "sheet",
          "row",
          "record_id"
        ],
        "properties": {
          "source": {
            "type": "string"
          },
          "file": {
            "type": "string"
          },
          "sheet": {
            "type": "string"
          },
          "row": {
            "type": "integer",
            "minimum": 0,
            "description": "As the spreadsheet shows it."
          },
          "record_id": {
            "type": "string",
            "description": "Id of the record; empty where a row has none."
          }
        }
      }
    },
    "party": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "party_id",
        "kind",
        "display_name",
        "normalized_name",
        "country_code",
        "entity_id",
        "provenance"
      ],
      "properties": {
        "party_id": {
          "$ref": "#/$defs/partyId"
        },
        "kind": {
          "enum": [
            "organisation",
            "person"
          ]
        },
        "display_name": {
          "type": "string"
        },
        "normalized_name": {
          "type": "string"
        },
        "country_code": {
          "type": [
            "string",
            "null"
          ]
        },
        "entity_id": {
          "type": [
            "string",
            "null"
          ],
          "description": "The entity's id in the registry, where one is kept."
        },
        "provenance": {
          "$ref": "#/$defs/provenance"
        }
      }
    },
    "alias": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "alias_id",
        "party_id",
        "alias",
        "alias_type",
        "provenance"
      ],
      "properties": {
        "alias_id": {
          "type": "string",
          "pattern": "^alias-[0-9a-f]{20}$"
        },
        "party_id": {
          "$ref": "#/$defs/partyId"
        },
        "alias": {
          "type": "string"
        },
        "alias_type": {
          "enum": [
            "legal",
            "trading_as",
            "historic"
          ],
          "description": "legal: the name, in each of its spellings. trading_as: declared as a trading name. historic: another name, under which a record of the party still goes."
        },
        "provenance": {
          "$ref": "#/$defs/provenance"
        }
      }
    },
    "role": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "role_id",
        "subject_party_id",
        "object_party_id",
        "role_name",
        "is_primary",
        "provenance"
      ],
      "properties": {
        "role_id": {
          "type": "string",
          "pattern": "^role-[0-9a-f]{20}$"
        },
        "subject_party_id": {
          "$ref": "#/$defs/partyId"
        },
        "object_party_id": {
          "$ref": "#/$defs/partyId"
        },
        "role_name": {
          "type": "string"
        },
        "is_primary": {
          "type": "boolean"
        },
        "provenance": {
          "$ref": "#/$defs/provenance"
        }
      }
    },
    "contactMethod": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "contact_method_id",
        "party_id",
        "method_type",
        "value",
        "is_primary",
        "provenance"
      ],
      "properties": {
        "contact_method_id": {
          "type": "string",
          "pattern": "^contact-[0-9a-f]{20}$"
        },
        "party_id": {
          "$ref": "#/$defs/partyId"
        },
        "method_type": {
          "enum": [
            "email",
            "phone",
            "website",
            "physical_address"
          ]
        },
        "value": {
          "type": "string"
        },
        "is_primary": {
          "type": "boolean"
        },
        "provenance": {
          "$ref": "#/$defs/provenance"
        }
      }
    }
  }
} as const
