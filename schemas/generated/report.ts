// Generated from schemas/report.v1.json by npm run generate. Do not edit.

/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "count".
 */
export type Count = number
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "share".
 */
export type Share = number

/**
 * What a run did with its input: counts that reconcile, what was mapped, changed, merged, lost and quarantined. Values of persons are masked.
 */
export interface Report {
schema: "urn:hotpass:report:1"
run_id: string
title: string
/**
 * What one row of the dataset is.
 */
entity: string
/**
 * Whether the fields were inferred from the input rather than declared.
 */
inferred: boolean
summary: Summary
reconciliation: Reconciliation
files: File[]
sheets: Sheet[]
fill: Fill[]
sources: Source[]
/**
 * Columns that no field takes; they follow the fields in the dataset.
 */
extras: string[]
joins: Join[]
conflicts: Conflicts
/**
 * The columns of the dataset that hold personal data.
 */
personal: Personal[]
/**
 * Cells that could not be read faithfully.
 */
loss: Loss[]
quarantine: Quarantine
budgets: Budget[]
/**
 * Category values that no lookup knows.
 */
unknown: Unknown[]
score: Score
/**
 * Cells that a rule changed.
 */
changed: Change[]
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "summary".
 */
export interface Summary {
files: Count
sheets: Count
rows_in: Count
used: Count
merged: Count
quarantined: Count
entities: Count
conflicts: Count
cells_quarantined: Count
cells_changed: Count
quality_mean: Share
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "reconciliation".
 */
export interface Reconciliation {
tables: {
file: string
sheet: string
/**
 * Where on the sheet the table stands, when the sheet has several; else empty.
 */
range: string
table: string
role: ("entity" | "satellite" | "set-aside")
counts: Counts
}[]
total: Counts
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "counts".
 */
export interface Counts {
rows_in: Count
used: Count
merged: Count
quarantined: Count
/**
 * rows_in = used + merged + quarantined
 */
balanced: boolean
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "file".
 */
export interface File {
file: string
format: string
reader: string
/**
 * How delimited text was read; null for workbooks.
 */
dialect: ({
encoding: string
delimiter: string
quote: string
escape: string
comment: string
fields: number
line_ending: string
confidence: Share
} | null)
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "sheet".
 */
export interface Sheet {
file: string
sheet: string
state: ("visible" | "hidden" | "very-hidden")
rows_present: Count
/**
 * Rows that are no data; blank ones do not count.
 */
rows_excluded: number
rows_data: Count
/**
 * rows_present = rows_data + rows_excluded
 */
balanced: boolean
excluded: {
reason: string
rows: Count
where: string
}[]
decisions: {
what: string
where: string
reason: string
}[]
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "fill".
 */
export interface Fill {
field: string
type: string
/**
 * Filled cells as read.
 */
before: number
/**
 * Rows as read.
 */
before_of: number
before_share: Share
/**
 * Filled cells of the dataset.
 */
after: number
/**
 * Rows of the dataset.
 */
after_of: number
after_share: Share
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "source".
 */
export interface Source {
file: string
sheet: string
/**
 * Where on the sheet the table stands, when the sheet has several; else empty.
 */
range: string
table: string
name: string
role: ("entity" | "satellite" | "set-aside")
role_reason: string
group: string
priority: number
rows: Count
columns: {
letter: string
header: string
target: (string | null)
extra: (string | null)
confidence: Share
reason: string
}[]
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "join".
 */
export interface Join {
file: string
sheet: string
by_key: Count
by_name: Count
orphans: Count
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "conflicts".
 */
export interface Conflicts {
total: Count
by_field: Tally[]
by_rule: Tally[]
examples: {
entity: string
field: string
kept: string
lost: string
rule: string
file: string
sheet: string
row: Count
}[]
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "tally".
 */
export interface Tally {
name: string
count: Count
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "personal".
 */
export interface Personal {
/**
 * A field, a field of a group, or a column that no field takes.
 */
column: string
type: (string | null)
/**
 * Why it is believed: its type, the profile, what it is made from, its name, its values; `mentions`: some cells mention a person.
 */
basis: ("type" | "declared" | "derived" | "name" | "values" | "mentions")
/**
 * Whether reports mask the values as a whole.
 */
masked: boolean
kinds: {
kind: ("email" | "phone" | "person-name" | "payment-card" | "iban" | "national-id" | "birth-date" | "address")
cells: Count
share: Share
confidence: Share
}[]
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "loss".
 */
export interface Loss {
code: string
file: string
sheet: string
column: string
count: Count
cells: string[]
note: string
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "quarantine".
 */
export interface Quarantine {
rows: Count
cells: Count
reasons: {
reason: string
level: string
severity: string
count: Count
examples: {
file: string
sheet: string
/**
 * A1 reference, or the row number for a whole row.
 */
cell: string
header: string
field: string
/**
 * Masked.
 */
value: string
detail: string
}[]
}[]
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "budget".
 */
export interface Budget {
name: string
limit: number
actual: number
breached: boolean
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "unknown".
 */
export interface Unknown {
field: string
distinct: Count
values: Tally[]
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "score".
 */
export interface Score {
mean: Share
bands: {
from: number
rows: Count
}[]
flags: Tally[]
}
/**
 * This interface was referenced by `Report`'s JSON-Schema
 * via the `definition` "change".
 */
export interface Change {
field: string
rule: string
count: Count
}

/** The JSON Schema itself. */
export const schema = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:hotpass:schema:report:1",
  "title": "Report",
  "description": "What a run did with its input: counts that reconcile, what was mapped, changed, merged, lost and quarantined. Values of persons are masked.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "schema",
    "run_id",
    "title",
    "entity",
    "inferred",
    "summary",
    "files",
    "reconciliation",
    "sheets",
    "fill",
    "sources",
    "extras",
    "joins",
    "conflicts",
    "personal",
    "loss",
    "quarantine",
    "budgets",
    "unknown",
    "score",
    "changed"
  ],
  "properties": {
    "schema": {
      "const": "urn:hotpass:report:1"
    },
    "run_id": {
      "type": "string",
      "pattern": "^run-[0-9a-f]{32}$"
    },
    "title": {
      "type": "string"
    },
    "entity": {
      "type": "string",
      "description": "What one row of the dataset is."
    },
    "inferred": {
      "type": "boolean",
      "description": "Whether the fields were inferred from the input rather than declared."
    },
    "summary": {
      "$ref": "#/$defs/summary"
    },
    "reconciliation": {
      "$ref": "#/$defs/reconciliation"
    },
    "files": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/file"
      }
    },
    "sheets": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/sheet"
      }
    },
    "fill": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/fill"
      }
    },
    "sources": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/source"
      }
    },
    "extras": {
      "type": "array",
      "description": "Columns that no field takes; they follow the fields in the dataset.",
      "items": {
        "type": "string"
      }
    },
    "joins": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/join"
      }
    },
    "conflicts": {
      "$ref": "#/$defs/conflicts"
    },
    "personal": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/personal"
      },
      "description": "The columns of the dataset that hold personal data."
    },
    "loss": {
      "type": "array",
      "description": "Cells that could not be read faithfully.",
      "items": {
        "$ref": "#/$defs/loss"
      }
    },
    "quarantine": {
      "$ref": "#/$defs/quarantine"
    },
    "budgets": {
      "type": "array",
      "items": {
        "$ref": "#/$defs/budget"
      }
    },
    "unknown": {
      "type": "array",
      "description": "Category values that no lookup knows.",
      "items": {
        "$ref": "#/$defs/unknown"
      }
    },
    "score": {
      "$ref": "#/$defs/score"
    },
    "changed": {
      "type": "array",
      "description": "Cells that a rule changed.",
      "items": {
        "$ref": "#/$defs/change"
      }
    }
  },
  "$defs": {
    "count": {
      "type": "integer",
      "minimum": 0
    },
    "share": {
      "type": "number",
      "minimum": 0,
      "maximum": 1
    },
    "summary": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "files",
        "sheets",
        "rows_in",
        "used",
        "merged",
        "quarantined",
        "entities",
        "conflicts",
        "cells_quarantined",
        "cells_changed",
        "quality_mean"
      ],
      "properties": {
        "files": {
          "$ref": "#/$defs/count"
        },
        "sheets": {
          "$ref": "#/$defs/count"
        },
        "rows_in": {
          "$ref": "#/$defs/count"
        },
        "used": {
          "$ref": "#/$defs/count"
        },
        "merged": {
          "$ref": "#/$defs/count"
        },
        "quarantined": {
          "$ref": "#/$defs/count"
        },
        "entities": {
          "$ref": "#/$defs/count"
        },
        "conflicts": {
          "$ref": "#/$defs/count"
        },
        "cells_quarantined": {
          "$ref": "#/$defs/count"
        },
        "cells_changed": {
          "$ref": "#/$defs/count"
        },
        "quality_mean": {
          "$ref": "#/$defs/share"
        }
      }
    },
    "counts": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "rows_in",
        "used",
        "merged",
        "quarantined",
        "balanced"
      ],
      "properties": {
        "rows_in": {
          "$ref": "#/$defs/count"
        },
        "used": {
          "$ref": "#/$defs/count"
        },
        "merged": {
          "$ref": "#/$defs/count"
        },
        "quarantined": {
          "$ref": "#/$defs/count"
        },
        "balanced": {
          "type": "boolean",
          "description": "rows_in = used + merged + quarantined"
        }
      }
    },
    "reconciliation": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "tables",
        "total"
      ],
      "properties": {
        "tables": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "file",
              "sheet",
              "range",
              "table",
              "role",
              "counts"
            ],
            "properties": {
              "file": {
                "type": "string"
              },
              "sheet": {
                "type": "string"
              },
              "range": {
                "type": "string",
                "description": "Where on the sheet the table stands, when the sheet has several; else empty."
              },
              "table": {
                "type": "string"
              },
              "role": {
                "enum": [
                  "entity",
                  "satellite",
                  "set-aside"
                ]
              },
              "counts": {
                "$ref": "#/$defs/counts"
              }
            }
          }
        },
        "total": {
          "$ref": "#/$defs/counts"
        }
      }
    },
    "sheet": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "file",
        "sheet",
        "state",
        "rows_present",
        "rows_excluded",
        "rows_data",
        "balanced",
        "excluded",
        "decisions"
      ],
      "properties": {
        "file": {
          "type": "string"
        },
        "sheet": {
          "type": "string"
        },
        "state": {
          "enum": [
            "visible",
            "hidden",
            "very-hidden"
          ]
        },
        "rows_present": {
          "$ref": "#/$defs/count"
        },
        "rows_excluded": {
          "$ref": "#/$defs/count",
          "description": "Rows that are no data; blank ones do not count."
        },
        "rows_data": {
          "$ref": "#/$defs/count"
        },
        "balanced": {
          "type": "boolean",
          "description": "rows_present = rows_data + rows_excluded"
        },
        "excluded": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "reason",
              "rows",
              "where"
            ],
            "properties": {
              "reason": {
                "type": "string"
              },
              "rows": {
                "$ref": "#/$defs/count"
              },
              "where": {
                "type": "string"
              }
            }
          }
        },
        "decisions": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "what",
              "where",
              "reason"
            ],
            "properties": {
              "what": {
                "type": "string"
              },
              "where": {
                "type": "string"
              },
              "reason": {
                "type": "string"
              }
            }
          }
        }
      }
    },
    "fill": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "field",
        "type",
        "before",
        "before_of",
        "before_share",
        "after",
        "after_of",
        "after_share"
      ],
      "properties": {
        "field": {
          "type": "string"
        },
        "type": {
          "type": "string"
        },
        "before": {
          "$ref": "#/$defs/count",
          "description": "Filled cells as read."
        },
        "before_of": {
          "$ref": "#/$defs/count",
          "description": "Rows as read."
        },
        "before_share": {
          "$ref": "#/$defs/share"
        },
        "after": {
          "$ref": "#/$defs/count",
          "description": "Filled cells of the dataset."
        },
        "after_of": {
          "$ref": "#/$defs/count",
          "description": "Rows of the dataset."
        },
        "after_share": {
          "$ref": "#/$defs/share"
        }
      }
    },
    "file": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "file",
        "format",
        "reader",
        "dialect"
      ],
      "properties": {
        "file": {
          "type": "string"
        },
        "format": {
          "type": "string"
        },
        "reader": {
          "type": "string"
        },
        "dialect": {
          "description": "How delimited text was read; null for workbooks.",
          "type": [
            "object",
            "null"
          ],
          "additionalProperties": false,
          "required": [
            "encoding",
            "delimiter",
            "quote",
            "escape",
            "comment",
            "fields",
            "line_ending",
            "confidence"
          ],
          "properties": {
            "encoding": {
              "type": "string"
            },
            "delimiter": {
              "type": "string"
            },
            "quote": {
              "type": "string"
            },
            "escape": {
              "type": "string"
            },
            "comment": {
              "type": "string"
            },
            "fields": {
              "type": "integer",
              "minimum": 1
            },
            "line_ending": {
              "type": "string"
            },
            "confidence": {
              "$ref": "#/$defs/share"
            }
          }
        }
      }
    },
    "source": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "file",
        "sheet",
        "range",
        "table",
        "name",
        "role",
        "role_reason",
        "group",
        "priority",
        "rows",
        "columns"
      ],
      "properties": {
        "file": {
          "type": "string"
        },
        "sheet": {
          "type": "string"
        },
        "range": {
          "type": "string",
          "description": "Where on the sheet the table stands, when the sheet has several; else empty."
        },
        "table": {
          "type": "string"
        },
        "name": {
          "type": "string"
        },
        "role": {
          "enum": [
            "entity",
            "satellite",
            "set-aside"
          ]
        },
        "role_reason": {
          "type": "string"
        },
        "group": {
          "type": "string"
        },
        "priority": {
          "type": "number"
        },
        "rows": {
          "$ref": "#/$defs/count"
        },
        "columns": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "letter",
              "header",
              "target",
              "extra",
              "confidence",
              "reason"
            ],
            "properties": {
              "letter": {
                "type": "string"
              },
              "header": {
                "type": "string"
              },
              "target": {
                "type": [
                  "string",
                  "null"
                ]
              },
              "extra": {
                "type": [
                  "string",
                  "null"
                ]
              },
              "confidence": {
                "$ref": "#/$defs/share"
              },
              "reason": {
                "type": "string"
              }
            }
          }
        }
      }
    },
    "join": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "file",
        "sheet",
        "by_key",
        "by_name",
        "orphans"
      ],
      "properties": {
        "file": {
          "type": "string"
        },
        "sheet": {
          "type": "string"
        },
        "by_key": {
          "$ref": "#/$defs/count"
        },
        "by_name": {
          "$ref": "#/$defs/count"
        },
        "orphans": {
          "$ref": "#/$defs/count"
        }
      }
    },
    "tally": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "name",
        "count"
      ],
      "properties": {
        "name": {
          "type": "string"
        },
        "count": {
          "$ref": "#/$defs/count"
        }
      }
    },
    "conflicts": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "total",
        "by_field",
        "by_rule",
        "examples"
      ],
      "properties": {
        "total": {
          "$ref": "#/$defs/count"
        },
        "by_field": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/tally"
          }
        },
        "by_rule": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/tally"
          }
        },
        "examples": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "entity",
              "field",
              "kept",
              "lost",
              "rule",
              "file",
              "sheet",
              "row"
            ],
            "properties": {
              "entity": {
                "type": "string"
              },
              "field": {
                "type": "string"
              },
              "kept": {
                "type": "string"
              },
              "lost": {
                "type": "string"
              },
              "rule": {
                "type": "string"
              },
              "file": {
                "type": "string"
              },
              "sheet": {
                "type": "string"
              },
              "row": {
                "$ref": "#/$defs/count"
              }
            }
          }
        }
      }
    },
    "loss": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "code",
        "file",
        "sheet",
        "column",
        "count",
        "cells",
        "note"
      ],
      "properties": {
        "code": {
          "type": "string"
        },
        "file": {
          "type": "string"
        },
        "sheet": {
          "type": "string"
        },
        "column": {
          "type": "string"
        },
        "count": {
          "$ref": "#/$defs/count"
        },
        "cells": {
          "type": "array",
          "items": {
            "type": "string"
          }
        },
        "note": {
          "type": "string"
        }
      }
    },
    "quarantine": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "rows",
        "cells",
        "reasons"
      ],
      "properties": {
        "rows": {
          "$ref": "#/$defs/count"
        },
        "cells": {
          "$ref": "#/$defs/count"
        },
        "reasons": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "reason",
              "level",
              "severity",
              "count",
              "examples"
            ],
            "properties": {
              "reason": {
                "type": "string"
              },
              "level": {
                "type": "string"
              },
              "severity": {
                "type": "string"
              },
              "count": {
                "$ref": "#/$defs/count"
              },
              "examples": {
                "type": "array",
                "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": [
                    "file",
                    "sheet",
                    "cell",
                    "header",
                    "field",
                    "value",
                    "detail"
                  ],
                  "properties": {
                    "file": {
                      "type": "string"
                    },
                    "sheet": {
                      "type": "string"
                    },
                    "cell": {
                      "type": "string",
                      "description": "A1 reference, or the row number for a whole row."
                    },
                    "header": {
                      "type": "string"
                    },
                    "field": {
                      "type": "string"
                    },
                    "value": {
                      "type": "string",
                      "description": "Masked."
                    },
                    "detail": {
                      "type": "string"
                    }
                  }
                }
              }
            }
          }
        }
      }
    },
    "budget": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "name",
        "limit",
        "actual",
        "breached"
      ],
      "properties": {
        "name": {
          "type": "string"
        },
        "limit": {
          "type": "number"
        },
        "actual": {
          "type": "number"
        },
        "breached": {
          "type": "boolean"
        }
      }
    },
    "unknown": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "field",
        "distinct",
        "values"
      ],
      "properties": {
        "field": {
          "type": "string"
        },
        "distinct": {
          "$ref": "#/$defs/count"
        },
        "values": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/tally"
          }
        }
      }
    },
    "score": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "mean",
        "bands",
        "flags"
      ],
      "properties": {
        "mean": {
          "$ref": "#/$defs/share"
        },
        "bands": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "from",
              "rows"
            ],
            "properties": {
              "from": {
                "type": "number"
              },
              "rows": {
                "$ref": "#/$defs/count"
              }
            }
          }
        },
        "flags": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/tally"
          }
        }
      }
    },
    "personal": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "column",
        "type",
        "basis",
        "masked",
        "kinds"
      ],
      "properties": {
        "column": {
          "type": "string",
          "description": "A field, a field of a group, or a column that no field takes."
        },
        "type": {
          "type": [
            "string",
            "null"
          ]
        },
        "basis": {
          "enum": [
            "type",
            "declared",
            "derived",
            "name",
            "values",
            "mentions"
          ],
          "description": "Why it is believed: its type, the profile, what it is made from, its name, its values; `mentions`: some cells mention a person."
        },
        "masked": {
          "type": "boolean",
          "description": "Whether reports mask the values as a whole."
        },
        "kinds": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "kind",
              "cells",
              "share",
              "confidence"
            ],
            "properties": {
              "kind": {
                "enum": [
                  "email",
                  "phone",
                  "person-name",
                  "payment-card",
                  "iban",
                  "national-id",
                  "birth-date",
                  "address"
                ]
              },
              "cells": {
                "$ref": "#/$defs/count"
              },
              "share": {
                "$ref": "#/$defs/share"
              },
              "confidence": {
                "$ref": "#/$defs/share"
              }
            }
          }
        }
      }
    },
    "change": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "field",
        "rule",
        "count"
      ],
      "properties": {
        "field": {
          "type": "string"
        },
        "rule": {
          "type": "string"
        },
        "count": {
          "$ref": "#/$defs/count"
        }
      }
    }
  }
} as const
