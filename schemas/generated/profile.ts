// Generated from schemas/profile.v1.json by npm run generate. Do not edit.

/**
 * The header's row numbers; an empty list says that there is no header. Left out: found from evidence.
 * 
 * @maxItems 10000
 */
export type RowNumbers = number[]
/**
 * Rows that hold units; an empty list says that none does.
 * 
 * @maxItems 10000
 */
export type RowNumbers1 = number[]
/**
 * Rows that hold totals, and are checked; an empty list says that none does.
 * 
 * @maxItems 10000
 */
export type RowNumbers2 = number[]
/**
 * Rows that are no data, whatever they look like.
 * 
 * @maxItems 10000
 */
export type RowNumbers3 = number[]
/**
 * Rows that are data, whatever they look like.
 * 
 * @maxItems 10000
 */
export type RowNumbers4 = number[]
/**
 * A field (`website`), a field of a group (`contact.email`), a part of a name (`contact.name/given`), or `key`.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "target".
 */
export type Target = string
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "fieldName".
 */
export type FieldName = string
/**
 * What the values mean; it decides how they are normalised and checked.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "semanticType".
 */
export type SemanticType = ("text" | "organisation-name" | "person-name" | "email" | "phone" | "url" | "region" | "country" | "date" | "address" | "category" | "number" | "currency" | "boolean" | "identifier")
/**
 * How a column is compared by linkage.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "linkType".
 */
export type LinkType = ("given-name" | "family-name" | "person-name" | "organisation-name" | "email" | "phone" | "url" | "date" | "address" | "identifier" | "number" | "category" | "title" | "text" | "word")
/**
 * Share of each level among matches, best level first, instead of the estimated ones.
 * 
 * @minItems 2
 * @maxItems 31
 */
export type Shares = [number, number, ...(number)[]]
/**
 * Share of each level among other pairs, best level first, instead of the estimated ones.
 * 
 * @minItems 2
 * @maxItems 31
 */
export type Shares1 = [number, number, ...(number)[]]
/**
 * What the dataset promises, beside the rules of its fields.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expectation".
 */
export type Expectation = (ExpectNotNull | ExpectUnique | ExpectInSet | ExpectMatches | ExpectRange | ExpectLength | ExpectType | ExpectCompare | ExpectRowCount | ExpectColumns | ExpectFresh | ExpectRowCountChange | ExpectCategories | ExpectDistribution | ExpectChangedValues)
/**
 * A field, or `group.field` for a field of a group.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expectedField".
 */
export type ExpectedField = string
/**
 * Two capital letters of ISO 3166-1, such as ZA.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "country".
 */
export type Country = string
/**
 * Row numbers as the spreadsheet shows them.
 * 
 * @maxItems 10000
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "rowNumbers".
 */
export type RowNumbers5 = number[]
/**
 * Probabilities of the levels of a comparison, as many as it has; together they are 1.
 * 
 * @minItems 2
 * @maxItems 31
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "shares".
 */
export type Shares2 = [number, number, ...(number)[]]
/**
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "derivation".
 */
export type Derivation = ({
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
slug: string
} | {
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
country_of: string
} | {
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
alias_of: string
} | {
group: FieldName
field: FieldName
/**
 * The value of the preferred member, or all others.
 */
pick: ("primary" | "rest")
} | {
/**
 * Names of the sources, ids of the rows, or field by field where each value came from (JSON).
 */
lineage: ("datasets" | "record-ids" | "provenance")
} | {
/**
 * The data quality score, 0 to 1, or what is missing or invalid.
 */
score: ("quality" | "flags")
} | {
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
status_of: string
})

/**
 * What a dataset is: where its rows come from, which fields it has, how they are cleaned, checked, merged, scored, reported and exported.
 */
export interface Profile {
/**
 * Path or address of this schema, for editors. No effect on a run.
 */
$schema?: string
/**
 * The profile's name, as given to --profile.
 */
name: string
/**
 * The name that people see.
 */
title?: string
/**
 * One or two sentences on what the profile is for.
 */
description?: string
/**
 * ISO 3166-1 alpha-2 code that phone numbers, regions and postcodes without a country belong to.
 */
country?: string
ingest?: Ingest
refine?: Refine
enrich?: Enrich
compliance?: Compliance
/**
 * What the finished dataset promises, checked in every run and by `hotpass contracts validate`.
 * 
 * @maxItems 1000
 */
expectations?: Expectation[]
contract?: ContractFacts
report?: Report
export?: Export
}
/**
 * Which files and sheets are read, and how.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "ingest".
 */
export interface Ingest {
/**
 * Globs, relative to the input folder, of the files to read: `*` (within one folder), `**`, `?`, `{a,b}`; case does not matter. Hidden files are read when the glob writes their dot.
 */
include?: string[]
/**
 * Globs of files to leave out.
 */
exclude?: string[]
/**
 * Whether hidden sheets are read. Either way they are named in the report.
 */
hidden_sheets?: ("include" | "exclude")
/**
 * Read every .xlsx, .xlsm and .ods file also with SheetJS, in a process of its own, and list the cells that the two readers see differently. It costs several times the reading itself.
 */
second_reader?: boolean
/**
 * Settings for some of the files. The first match wins; files that none matches are read with the defaults.
 */
sources?: Source[]
csv?: Csv1
/**
 * What an input may cost before it is refused.
 */
limits?: {
/**
 * Size of one file.
 */
file_bytes?: number
/**
 * Size of a workbook's parts, inflated, together.
 */
inflated_bytes?: number
/**
 * Inflated to packed size: of one part above 1 MiB, and of all parts together above 16 MiB.
 */
ratio?: number
/**
 * Parts of a workbook's archive, pictures included.
 */
parts?: number
/**
 * Sheets of a workbook.
 */
sheets?: number
/**
 * Texts in a workbook's table of shared ones.
 */
shared_strings?: number
/**
 * Columns of a sheet, or fields of a line.
 */
columns?: number
/**
 * Non-empty cells of one file. Rows times columns of a sheet may be four times as many.
 */
cells?: number
/**
 * Characters of one cell.
 */
cell_characters?: number
/**
 * Characters of all cells of a sheet together, each written out: a text that many cells share counts each time.
 */
characters?: number
/**
 * Wall time for one file that a third-party parser reads.
 */
seconds?: number
/**
 * Memory for one file that a third-party parser reads.
 */
memory_mb?: number
}
}
/**
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "source".
 */
export interface Source {
/**
 * Glob on the file's path relative to the input folder.
 */
match: string
/**
 * The label of the source in the dataset. Default: the file's name without its extension.
 */
name?: string
/**
 * Higher wins when records disagree. Default 0.
 */
priority?: number
csv?: Csv
/**
 * Settings for some of the sheets; the first match wins.
 */
sheets?: Sheet[]
}
/**
 * How the delimited text of this source is read; what is left out follows ingest.csv.
 */
export interface Csv {
/**
 * `auto` finds it from evidence and records it.
 */
encoding?: ("auto" | "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "latin-1" | "mac-roman" | "gb18030" | "big5" | "shift_jis" | "euc-jp" | "euc-kr" | "windows-1250" | "windows-1251" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "windows-1257" | "windows-1258" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-6" | "iso-8859-7" | "iso-8859-8" | "iso-8859-10" | "iso-8859-13" | "iso-8859-14" | "iso-8859-15" | "koi8-r")
/**
 * `auto`, or the delimiter itself.
 */
delimiter?: string
/**
 * `auto`, `none`, or the quote character.
 */
quote?: string
/**
 * `auto`, `none`, or the character that takes the meaning off a quote character inside quotes. Doubling always does.
 */
escape?: string
/**
 * `auto`, `none`, or the character that lines begin with which are remarks.
 */
comment?: string
}
/**
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "sheet".
 */
export interface Sheet {
/**
 * Glob on the sheet's name.
 */
match: string
/**
 * What a row of it is: an entity, something that belongs to an entity, or neither.
 */
role?: ("auto" | "entity" | "satellite" | "ignore")
/**
 * For a satellite: the group that its rows belong to.
 */
group?: string
/**
 * The header's row numbers as the spreadsheet shows them; an empty list says that there is no header.
 */
header_rows?: number[]
/**
 * First row of data.
 */
first_row?: number
/**
 * Last row of data.
 */
last_row?: number
/**
 * The tables of the sheet, each by its range. Rows outside of all of them are left out.
 * 
 * @minItems 1
 * @maxItems 1000
 */
tables?: [TableRange, ...(TableRange)[]]
/**
 * Whether the fields stand below one another, with a record in each column. Left out: found from evidence.
 */
transposed?: boolean
units_rows?: RowNumbers1
total_rows?: RowNumbers2
skip_rows?: RowNumbers3
keep_rows?: RowNumbers4
/**
 * Header (or column letter, as `[C]`) to field; null leaves the column as an extra.
 */
columns?: {
[k: string]: Target | null
}
}
/**
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "tableRange".
 */
export interface TableRange {
/**
 * First and last cell, header included, such as B3:F40.
 */
range: string
header_rows?: RowNumbers
/**
 * Whether the fields stand below one another, with a record in each column.
 */
transposed?: boolean
}
/**
 * How delimited text is read, unless a source says otherwise.
 */
export interface Csv1 {
/**
 * `auto` finds it from evidence and records it.
 */
encoding?: ("auto" | "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "latin-1" | "mac-roman" | "gb18030" | "big5" | "shift_jis" | "euc-jp" | "euc-kr" | "windows-1250" | "windows-1251" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "windows-1257" | "windows-1258" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-6" | "iso-8859-7" | "iso-8859-8" | "iso-8859-10" | "iso-8859-13" | "iso-8859-14" | "iso-8859-15" | "koi8-r")
/**
 * `auto`, or the delimiter itself.
 */
delimiter?: string
/**
 * `auto`, `none`, or the quote character.
 */
quote?: string
/**
 * `auto`, `none`, or the character that takes the meaning off a quote character inside quotes. Doubling always does.
 */
escape?: string
/**
 * `auto`, `none`, or the character that lines begin with which are remarks.
 */
comment?: string
}
/**
 * The fields of the dataset and how records become it.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "refine".
 */
export interface Refine {
/**
 * What one row of the dataset is, in the singular.
 */
entity?: string
/**
 * The column by which satellite rows find their entity within one workbook.
 */
key?: {
synonyms?: string[]
}
/**
 * The columns of the dataset, in order. Left out: every column found becomes a field, with its type inferred.
 * 
 * @minItems 1
 */
fields?: [Field, ...(Field)[]]
/**
 * Things of which an entity has several, such as contacts.
 */
groups?: {
[k: string]: Group
}
/**
 * A satellite row whose entity is not found is quarantined, or becomes an entity of its own when it names one. Sheets without keys are tied by name alone, so an unknown name in them is always an entity of its own.
 */
orphans?: ("quarantine" | "promote")
normalise?: {
/**
 * How dates such as 03/04/2025 are read. Without it an ambiguous date is flagged and left out.
 */
date_order?: ("day-first" | "month-first" | "year-first")
/**
 * The decimal sign of numbers written as text. `auto`: as the column, else its table or file, shows; what nothing shows is ambiguous.
 */
decimal?: ("auto" | "point" | "comma")
/**
 * Words that stand for no value, besides the built-in ones (N/A, -, unknown, …). A cell with the error #N/A holds no value; other errors, such as #DIV/0!, go to quarantine.
 */
null_tokens?: string[]
/**
 * Words that are real values although the built-in list takes them for none.
 */
keep_tokens?: string[]
}
merge?: {
/**
 * Fields that make two records one entity when equal: `organization_name` compares by match key, others by value; `*` means equal in every field.
 */
keys?: string[]
/**
 * Which record wins a field, in order of importance; what is left is decided by position.
 */
rank?: ("priority" | "validity" | "completeness" | "recency")[]
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
recency?: string
}
linkage?: Linkage
score?: {
/**
 * How much each field counts towards data quality.
 */
weights?: {
[k: string]: number
}
}
/**
 * How much may fail before a strict run fails, as shares from 0 to 1.
 */
budgets?: {
/**
 * Rows that broke a rule, of all rows in. Rows that are no entity (empty but for an id, sheets of codes) do not count.
 */
quarantined_rows?: number
/**
 * Cells that broke a rule, of all non-empty mapped cells.
 */
quarantined_cells?: number
/**
 * Satellite rows without an entity, of all satellite rows.
 */
orphans?: number
/**
 * Rows that are no entity, of all rows in. Tables that are recognised as something else (lists of codes or orders, tables that the profile leaves out) do not count.
 */
set_aside_rows?: number
}
}
/**
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "field".
 */
export interface Field {
name: FieldName
type?: SemanticType
title?: string
description?: string
/**
 * Headers that mean this field.
 */
synonyms?: string[]
/**
 * Person names: headers of a column with the given name alone.
 */
given?: string[]
/**
 * Person names: headers of a column with the family name alone.
 */
family?: string[]
/**
 * A row without it is quarantined.
 */
required?: boolean
/**
 * No two records of one source may share a value; the later row is quarantined.
 */
unique?: boolean
/**
 * Keeps every distinct value instead of one.
 */
multiple?: boolean
/**
 * Regular expression that the whole normalised value must match.
 */
pattern?: string
/**
 * The values that are allowed.
 * 
 * @minItems 1
 */
enum?: [string, ...(string)[]]
/**
 * Smallest number or earliest date (ISO).
 */
min?: (number | string)
/**
 * Largest number or latest date (ISO).
 */
max?: (number | string)
/**
 * Categories: canonical value to the spellings that mean it. Others are kept and listed.
 */
values?: {
[k: string]: string[]
}
/**
 * Overrides the profile's country for this field.
 */
country?: string
/**
 * Overrides refine.normalise.date_order for this field.
 */
date_order?: ("day-first" | "month-first" | "year-first")
/**
 * Which value wins: that of the best-ranked record (the default), or by the value itself.
 */
survivorship?: ("rank" | "latest" | "longest" | "most-frequent" | "largest" | "smallest")
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
rest?: string
/**
 * The value of every row, when no column gives one.
 */
constant?: string
/**
 * Computes the value when no column gives one.
 */
derive?: ({
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
slug: string
} | {
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
country_of: string
} | {
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
alias_of: string
} | {
group: FieldName
field: FieldName
/**
 * The value of the preferred member, or all others.
 */
pick: ("primary" | "rest")
} | {
/**
 * Names of the sources, ids of the rows, or field by field where each value came from (JSON).
 */
lineage: ("datasets" | "record-ids" | "provenance")
} | {
/**
 * The data quality score, 0 to 1, or what is missing or invalid.
 */
score: ("quality" | "flags")
} | {
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
status_of: string
})
}
/**
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "group".
 */
export interface Group {
title?: string
/**
 * @minItems 1
 */
fields: [Field, ...(Field)[]]
/**
 * Fields of which one shared value makes two members of an entity the same.
 */
identity?: FieldName[]
/**
 * Which member is the primary one.
 */
prefer?: {
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
invalid?: string
order?: ("priority" | "completeness" | "role")[]
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
role?: string
/**
 * Roles, most preferred first; a role matches when it contains the words.
 */
roles?: string[]
}
}
/**
 * How records that are the same thing are found although no key is equal: by the weight of all their fields together.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "linkage".
 */
export interface Linkage {
/**
 * For hotpass run: whether rows whose keys are not equal are put together by the weight of their fields. Default: false, keys alone decide.
 */
enabled?: boolean
/**
 * Probability from which two records are one.
 */
match?: number
/**
 * Probability from which a pair is put to a person. Such a pair is never merged by itself.
 */
review?: number
/**
 * Probability from which a pair is kept, with all that speaks for and against it.
 */
floor?: number
/**
 * File of decisions (JSON Lines), relative to the workspace: which records people said are one entity, and which are not. pipeline.decisions_path goes before it.
 */
decisions?: string
/**
 * For hotpass resolve: whether the graph of records and scored pairs is written, as GraphML and as JSON.
 */
graph?: boolean
/**
 * For hotpass resolve: the form of the records, which the ending of --output-file says too. Default: csv. The list of clusters is CSV.
 */
format?: ("csv" | "xlsx" | "jsonl" | "parquet")
/**
 * For hotpass resolve: the column that tells records apart. It is never evidence.
 */
id_field?: string
/**
 * For hotpass resolve: the column that says which list a record is from. It is never evidence.
 */
source_field?: string
/**
 * For hotpass resolve: records of one source are never matched to each other.
 */
link_only?: boolean
/**
 * With link_only: whether a record has one partner in another source, or several.
 */
cardinality?: ("one-to-one" | "many")
/**
 * Column (for hotpass run: field) to what it means, where that is not to be told from its type or its values. `ignored`: no evidence, as if listed under ignore.
 */
types?: {
[k: string]: "given-name" | "family-name" | "person-name" | "organisation-name" | "email" | "phone" | "url" | "date" | "address" | "identifier" | "number" | "category" | "title" | "text" | "word" | "ignored"
}
/**
 * Columns that are no evidence.
 */
ignore?: string[]
/**
 * Pairs that may be compared. Default: three million and six per record.
 */
budget?: number
/**
 * Comparison, by the name that `resolve --explain-plan` prints (a field, or several that are compared together), to how it is made. What is not named is chosen; a field that is named is compared even if it repeats another. Goes before types.
 */
comparisons?: {
[k: string]: Comparison
}
/**
 * The rules that find candidate pairs, in their order, instead of those that would be chosen.
 * 
 * @minItems 1
 * @maxItems 30
 */
blocking?: [BlockingRule, ...(BlockingRule)[]]
}
/**
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "comparison".
 */
export interface Comparison {
kind?: LinkType
/**
 * Whether agreement on a rare value weighs more than on a frequent one.
 */
term_frequency?: boolean
m?: Shares
u?: Shares1
}
/**
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "blockingRule".
 */
export interface BlockingRule {
/**
 * Records that share a value in all of these are candidates.
 * 
 * @minItems 1
 * @maxItems 8
 */
fields: [string]|[string, string]|[string, string, string]|[string, string, string, string]|[string, string, string, string, string]|[string, string, string, string, string, string]|[string, string, string, string, string, string, string]|[string, string, string, string, string, string, string, string]
/**
 * What is shared: the value, a word of it, or four characters in a row; the last two of one field. Default: value.
 */
kind?: ("value" | "token" | "qgram")
/**
 * Records in the largest block that is looked at. Default: what fits an equal share of the budget.
 */
limit?: number
}
/**
 * Enrichment from outside sources. Not built yet: any key in it is refused.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "enrich".
 */
export interface Enrich {

}
/**
 * Personal data: under which law, on what basis, what for and for how long it is kept.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "compliance".
 */
export interface Compliance {
/**
 * Laws that the dataset is held to. With one, a strict run fails when a personal column has no lawful basis or the dataset no purpose.
 */
policy?: ("popia" | "gdpr")[]
/**
 * What the personal data is for.
 */
purpose?: string
/**
 * Field (or `*` for every other personal field) to the ground on which it is processed: GDPR article 6, POPIA section 11.
 */
lawful_basis?: {
[k: string]: "consent" | "contract" | "legal-obligation" | "vital-interests" | "public-task" | "legitimate-interests"
}
/**
 * How many days a row is kept after the date in retention_field. Rows beyond it on the day of the run are reported; a strict run needs --as-of for that.
 */
retention_days?: number
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
retention_field?: string
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
consent_field?: string
/**
 * Who decided this, such as the information officer; stands in the evidence.
 */
responsible?: string
/**
 * Fields whose values are masked in reports, logs and errors, besides those whose type is personal (person-name, email, phone, address).
 */
pii_fields?: string[]
}
/**
 * No cell of the field is empty.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-not-null".
 */
export interface ExpectNotNull {
/**
 * No cell of the field is empty.
 */
expect: "not-null"
field: ExpectedField
/**
 * Share of the values that must pass. Default 1: all.
 */
mostly?: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * No two rows share a value, or the same values in several fields. Rows with an empty cell in one of the fields are left out.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-unique".
 */
export interface ExpectUnique {
/**
 * No two rows share a value, or the same values in several fields. Rows with an empty cell in one of the fields are left out.
 */
expect: "unique"
/**
 * One field, or several that are unique together.
 * 
 * @minItems 1
 */
fields: [ExpectedField, ...(ExpectedField)[]]
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * Every value is one of these.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-in-set".
 */
export interface ExpectInSet {
/**
 * Every value is one of these.
 */
expect: "in-set"
field: ExpectedField
/**
 * The values that are allowed.
 * 
 * @minItems 1
 * @maxItems 100000
 */
values: [string, ...(string)[]]
/**
 * Share of the values that must pass. Default 1: all.
 */
mostly?: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * Every value as a whole matches a regular expression.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-matches".
 */
export interface ExpectMatches {
/**
 * Every value as a whole matches a regular expression.
 */
expect: "matches"
field: ExpectedField
/**
 * Regular expression without look-around, back-references, `\b` and `\p{…}`. It is matched in time that grows with the text alone.
 */
pattern: string
/**
 * Share of the values that must pass. Default 1: all.
 */
mostly?: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * Every value lies between bounds: numbers as numbers, dates as days, other text by code unit.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-range".
 */
export interface ExpectRange {
/**
 * Every value lies between bounds: numbers as numbers, dates as days, other text by code unit.
 */
expect: "range"
field: ExpectedField
/**
 * Smallest value that is allowed.
 */
min?: (number | string)
/**
 * Largest value that is allowed.
 */
max?: (number | string)
/**
 * Every value is larger than this.
 */
above?: (number | string)
/**
 * Every value is smaller than this.
 */
below?: (number | string)
/**
 * Share of the values that must pass. Default 1: all.
 */
mostly?: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * Every value has so many characters (code points).
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-length".
 */
export interface ExpectLength {
/**
 * Every value has so many characters (code points).
 */
expect: "length"
field: ExpectedField
/**
 * Fewest characters.
 */
min?: number
/**
 * Most characters.
 */
max?: number
/**
 * Share of the values that must pass. Default 1: all.
 */
mostly?: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * Every value has the form of a type.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-type".
 */
export interface ExpectType {
/**
 * Every value has the form of a type.
 */
expect: "type"
field: ExpectedField
/**
 * `date` is `2026-01-31`, `datetime` has a time behind a `T`, `phone` is in E.164 form, with ` ext 12` behind it where there is an extension, `boolean` is true or false.
 */
type: ("number" | "integer" | "boolean" | "date" | "datetime" | "time" | "email" | "phone" | "url" | "uuid")
/**
 * Share of the values that must pass. Default 1: all.
 */
mostly?: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * In every row one field stands so to another. Rows in which one of the two is empty are left out.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-compare".
 */
export interface ExpectCompare {
/**
 * In every row one field stands so to another. Rows in which one of the two is empty are left out.
 */
expect: "compare"
field: ExpectedField
/**
 * How `field` stands to `to`.
 */
is: ("<" | "<=" | "=" | "!=" | ">=" | ">")
/**
 * A field, or `group.field` for a field of a group.
 */
to: string
/**
 * Share of the values that must pass. Default 1: all.
 */
mostly?: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * The table has so many rows.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-row-count".
 */
export interface ExpectRowCount {
/**
 * The table has so many rows.
 */
expect: "row-count"
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
group?: string
/**
 * Fewest rows.
 */
min?: number
/**
 * Most rows.
 */
max?: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * The table has these columns.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-columns".
 */
export interface ExpectColumns {
/**
 * The table has these columns.
 */
expect: "columns"
/**
 * Columns that must be there.
 * 
 * @minItems 1
 */
fields: [ExpectedField, ...(ExpectedField)[]]
/**
 * No other column may be there.
 */
exact?: boolean
/**
 * They stand in this order.
 */
ordered?: boolean
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * The latest date of a field is no older than so many days before `as_of`, and none lies more than a day after it. A strict run then needs `--as-of`.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-fresh".
 */
export interface ExpectFresh {
/**
 * The latest date of a field is no older than so many days before `as_of`, and none lies more than a day after it. A strict run then needs `--as-of`.
 */
expect: "fresh"
field: ExpectedField
/**
 * Age in days that is allowed.
 */
days: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * The number of rows differs from the run before by no more than these shares.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-row-count-change".
 */
export interface ExpectRowCountChange {
/**
 * The number of rows differs from the run before by no more than these shares.
 */
expect: "row-count-change"
/**
 * A name of lower-case letters, digits and _, which begins with a letter.
 */
group?: string
/**
 * Growth that is allowed, as a share of the rows before.
 */
increase?: number
/**
 * Loss that is allowed, as a share of the rows before.
 */
decrease?: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * No more than so many values of a field are new, or gone, since the run before.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-categories".
 */
export interface ExpectCategories {
/**
 * No more than so many values of a field are new, or gone, since the run before.
 */
expect: "categories"
field: ExpectedField
/**
 * Values that were not there before.
 */
new?: number
/**
 * Values that are there no more.
 */
vanished?: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * The values of a field are spread as in the run before.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-distribution".
 */
export interface ExpectDistribution {
/**
 * The values of a field are spread as in the run before.
 */
expect: "distribution"
field: ExpectedField
/**
 * Population stability index (above 0.2 is a marked shift), or the Jensen–Shannon distance with base 2, 0 to 1. Default `psi`.
 */
measure?: ("psi" | "jensen-shannon")
/**
 * Shift that is allowed.
 */
max: number
/**
 * Numbers and dates are counted in so many bins of equal size before; of other values the most frequent are told apart. Default 10.
 */
bins?: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * Of the rows that both runs have, no more than a share holds another value.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "expect-changed-values".
 */
export interface ExpectChangedValues {
/**
 * Of the rows that both runs have, no more than a share holds another value.
 */
expect: "changed-values"
field: ExpectedField
/**
 * Fields by which a row is known again.
 * 
 * @minItems 1
 */
key: [ExpectedField, ...(ExpectedField)[]]
/**
 * Share that is allowed.
 */
max: number
/**
 * Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind.
 */
id?: string
/**
 * `warning` reports a failure without failing the run. Default `error`.
 */
severity?: ("error" | "warning")
/**
 * Why it is expected, for people.
 */
description?: string
}
/**
 * What a contract made from the profile says of itself.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "contract-facts".
 */
export interface ContractFacts {
/**
 * Three numbers, such as 1.2.0. Default 1.0.0.
 */
version?: string
/**
 * Default `active`.
 */
status?: ("proposed" | "draft" | "active" | "deprecated" | "retired")
/**
 * Who answers for the dataset: a team or a role.
 */
owner?: string
/**
 * Part of the organisation that the dataset belongs to.
 */
domain?: string
/**
 * What it is for.
 */
purpose?: string
/**
 * What it is not for.
 */
limitations?: string
}
/**
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "report".
 */
export interface Report {
/**
 * Heading of the report.
 */
title?: string
formats?: ("json" | "markdown" | "html")[]
/**
 * How many examples of each finding are shown.
 */
examples?: number
}
/**
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "export".
 */
export interface Export {
/**
 * The files to write; `party` is the party store, a JSON file of parties, aliases, roles and contact methods.
 * 
 * @minItems 1
 */
formats?: [("xlsx" | "csv" | "jsonl" | "parquet" | "party"), ...(("xlsx" | "csv" | "jsonl" | "parquet" | "party"))[]]
/**
 * Joins the items of a multiple field in one cell.
 */
list_separator?: string
}
/**
 * How delimited text is read.
 * 
 * This interface was referenced by `Profile`'s JSON-Schema
 * via the `definition` "csv".
 */
export interface Csv2 {
/**
 * `auto` finds it from evidence and records it.
 */
encoding?: ("auto" | "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "latin-1" | "mac-roman" | "gb18030" | "big5" | "shift_jis" | "euc-jp" | "euc-kr" | "windows-1250" | "windows-1251" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "windows-1257" | "windows-1258" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-6" | "iso-8859-7" | "iso-8859-8" | "iso-8859-10" | "iso-8859-13" | "iso-8859-14" | "iso-8859-15" | "koi8-r")
/**
 * `auto`, or the delimiter itself.
 */
delimiter?: string
/**
 * `auto`, `none`, or the quote character.
 */
quote?: string
/**
 * `auto`, `none`, or the character that takes the meaning off a quote character inside quotes. Doubling always does.
 */
escape?: string
/**
 * `auto`, `none`, or the character that lines begin with which are remarks.
 */
comment?: string
}

/** The JSON Schema itself. */
export const schema = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:hotpass:schema:profile:1",
  "title": "Profile",
  "description": "What a dataset is: where its rows come from, which fields it has, how they are cleaned, checked, merged, scored, reported and exported.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "name"
  ],
  "properties": {
    "$schema": {
      "type": "string",
      "description": "Path or address of this schema, for editors. No effect on a run."
    },
    "name": {
      "type": "string",
      "pattern": "^[a-z][a-z0-9-]*$",
      "description": "The profile's name, as given to --profile."
    },
    "title": {
      "type": "string",
      "description": "The name that people see."
    },
    "description": {
      "type": "string",
      "description": "One or two sentences on what the profile is for."
    },
    "country": {
      "$ref": "#/$defs/country",
      "description": "ISO 3166-1 alpha-2 code that phone numbers, regions and postcodes without a country belong to."
    },
    "ingest": {
      "$ref": "#/$defs/ingest"
    },
    "refine": {
      "$ref": "#/$defs/refine"
    },
    "enrich": {
      "$ref": "#/$defs/enrich"
    },
    "compliance": {
      "$ref": "#/$defs/compliance"
    },
    "expectations": {
      "type": "array",
      "maxItems": 1000,
      "items": {
        "$ref": "#/$defs/expectation"
      },
      "description": "What the finished dataset promises, checked in every run and by `hotpass contracts validate`."
    },
    "contract": {
      "$ref": "#/$defs/contract-facts"
    },
    "report": {
      "$ref": "#/$defs/report"
    },
    "export": {
      "$ref": "#/$defs/export"
    }
  },
  "$defs": {
    "country": {
      "type": "string",
      "pattern": "^[A-Z]{2}$",
      "description": "Two capital letters of ISO 3166-1, such as ZA."
    },
    "fieldName": {
      "type": "string",
      "pattern": "^[a-z][a-z0-9_]*$",
      "description": "A name of lower-case letters, digits and _, which begins with a letter."
    },
    "target": {
      "type": "string",
      "pattern": "^(key|[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?(/(given|family))?)$",
      "description": "A field (`website`), a field of a group (`contact.email`), a part of a name (`contact.name/given`), or `key`."
    },
    "semanticType": {
      "enum": [
        "text",
        "organisation-name",
        "person-name",
        "email",
        "phone",
        "url",
        "region",
        "country",
        "date",
        "address",
        "category",
        "number",
        "currency",
        "boolean",
        "identifier"
      ],
      "description": "What the values mean; it decides how they are normalised and checked."
    },
    "ingest": {
      "type": "object",
      "additionalProperties": false,
      "description": "Which files and sheets are read, and how.",
      "properties": {
        "include": {
          "type": "array",
          "items": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000
          },
          "description": "Globs, relative to the input folder, of the files to read: `*` (within one folder), `**`, `?`, `{a,b}`; case does not matter. Hidden files are read when the glob writes their dot."
        },
        "exclude": {
          "type": "array",
          "items": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000
          },
          "description": "Globs of files to leave out."
        },
        "hidden_sheets": {
          "enum": [
            "include",
            "exclude"
          ],
          "description": "Whether hidden sheets are read. Either way they are named in the report."
        },
        "second_reader": {
          "type": "boolean",
          "description": "Read every .xlsx, .xlsm and .ods file also with SheetJS, in a process of its own, and list the cells that the two readers see differently. It costs several times the reading itself."
        },
        "sources": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/source"
          },
          "description": "Settings for some of the files. The first match wins; files that none matches are read with the defaults."
        },
        "csv": {
          "$ref": "#/$defs/csv",
          "description": "How delimited text is read, unless a source says otherwise."
        },
        "limits": {
          "type": "object",
          "additionalProperties": false,
          "description": "What an input may cost before it is refused.",
          "properties": {
            "file_bytes": {
              "type": "integer",
              "minimum": 1,
              "description": "Size of one file."
            },
            "inflated_bytes": {
              "type": "integer",
              "minimum": 1,
              "description": "Size of a workbook's parts, inflated, together."
            },
            "ratio": {
              "type": "integer",
              "minimum": 1,
              "description": "Inflated to packed size: of one part above 1 MiB, and of all parts together above 16 MiB."
            },
            "parts": {
              "type": "integer",
              "minimum": 1,
              "description": "Parts of a workbook's archive, pictures included."
            },
            "sheets": {
              "type": "integer",
              "minimum": 1,
              "description": "Sheets of a workbook."
            },
            "shared_strings": {
              "type": "integer",
              "minimum": 1,
              "description": "Texts in a workbook's table of shared ones."
            },
            "columns": {
              "type": "integer",
              "minimum": 1,
              "description": "Columns of a sheet, or fields of a line."
            },
            "cells": {
              "type": "integer",
              "minimum": 1,
              "description": "Non-empty cells of one file. Rows times columns of a sheet may be four times as many."
            },
            "cell_characters": {
              "type": "integer",
              "minimum": 1,
              "description": "Characters of one cell."
            },
            "characters": {
              "type": "integer",
              "minimum": 1,
              "description": "Characters of all cells of a sheet together, each written out: a text that many cells share counts each time."
            },
            "seconds": {
              "type": "integer",
              "minimum": 1,
              "description": "Wall time for one file that a third-party parser reads."
            },
            "memory_mb": {
              "type": "integer",
              "minimum": 64,
              "description": "Memory for one file that a third-party parser reads."
            }
          }
        }
      }
    },
    "csv": {
      "type": "object",
      "additionalProperties": false,
      "description": "How delimited text is read.",
      "properties": {
        "encoding": {
          "enum": [
            "auto",
            "utf-8",
            "utf-16le",
            "utf-16be",
            "windows-1252",
            "latin-1",
            "mac-roman",
            "gb18030",
            "big5",
            "shift_jis",
            "euc-jp",
            "euc-kr",
            "windows-1250",
            "windows-1251",
            "windows-1253",
            "windows-1254",
            "windows-1255",
            "windows-1256",
            "windows-1257",
            "windows-1258",
            "iso-8859-2",
            "iso-8859-3",
            "iso-8859-4",
            "iso-8859-5",
            "iso-8859-6",
            "iso-8859-7",
            "iso-8859-8",
            "iso-8859-10",
            "iso-8859-13",
            "iso-8859-14",
            "iso-8859-15",
            "koi8-r"
          ],
          "description": "`auto` finds it from evidence and records it."
        },
        "delimiter": {
          "type": "string",
          "minLength": 1,
          "maxLength": 4,
          "description": "`auto`, or the delimiter itself."
        },
        "quote": {
          "type": "string",
          "minLength": 1,
          "maxLength": 4,
          "description": "`auto`, `none`, or the quote character."
        },
        "escape": {
          "type": "string",
          "minLength": 1,
          "maxLength": 4,
          "description": "`auto`, `none`, or the character that takes the meaning off a quote character inside quotes. Doubling always does."
        },
        "comment": {
          "type": "string",
          "minLength": 1,
          "maxLength": 4,
          "description": "`auto`, `none`, or the character that lines begin with which are remarks."
        }
      }
    },
    "source": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "match"
      ],
      "properties": {
        "match": {
          "type": "string",
          "minLength": 1,
          "maxLength": 1000,
          "description": "Glob on the file's path relative to the input folder."
        },
        "name": {
          "type": "string",
          "minLength": 1,
          "description": "The label of the source in the dataset. Default: the file's name without its extension."
        },
        "priority": {
          "type": "integer",
          "description": "Higher wins when records disagree. Default 0."
        },
        "csv": {
          "$ref": "#/$defs/csv",
          "description": "How the delimited text of this source is read; what is left out follows ingest.csv."
        },
        "sheets": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/sheet"
          },
          "description": "Settings for some of the sheets; the first match wins."
        }
      }
    },
    "sheet": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "match"
      ],
      "properties": {
        "match": {
          "type": "string",
          "minLength": 1,
          "maxLength": 1000,
          "description": "Glob on the sheet's name."
        },
        "role": {
          "enum": [
            "auto",
            "entity",
            "satellite",
            "ignore"
          ],
          "description": "What a row of it is: an entity, something that belongs to an entity, or neither."
        },
        "group": {
          "$ref": "#/$defs/fieldName",
          "description": "For a satellite: the group that its rows belong to."
        },
        "header_rows": {
          "type": "array",
          "items": {
            "type": "integer",
            "minimum": 1
          },
          "description": "The header's row numbers as the spreadsheet shows them; an empty list says that there is no header."
        },
        "first_row": {
          "type": "integer",
          "minimum": 1,
          "description": "First row of data."
        },
        "last_row": {
          "type": "integer",
          "minimum": 1,
          "description": "Last row of data."
        },
        "tables": {
          "type": "array",
          "minItems": 1,
          "maxItems": 1000,
          "items": {
            "$ref": "#/$defs/tableRange"
          },
          "description": "The tables of the sheet, each by its range. Rows outside of all of them are left out."
        },
        "transposed": {
          "type": "boolean",
          "description": "Whether the fields stand below one another, with a record in each column. Left out: found from evidence."
        },
        "units_rows": {
          "$ref": "#/$defs/rowNumbers",
          "description": "Rows that hold units; an empty list says that none does."
        },
        "total_rows": {
          "$ref": "#/$defs/rowNumbers",
          "description": "Rows that hold totals, and are checked; an empty list says that none does."
        },
        "skip_rows": {
          "$ref": "#/$defs/rowNumbers",
          "description": "Rows that are no data, whatever they look like."
        },
        "keep_rows": {
          "$ref": "#/$defs/rowNumbers",
          "description": "Rows that are data, whatever they look like."
        },
        "columns": {
          "type": "object",
          "additionalProperties": {
            "anyOf": [
              {
                "$ref": "#/$defs/target"
              },
              {
                "type": "null"
              }
            ]
          },
          "description": "Header (or column letter, as `[C]`) to field; null leaves the column as an extra."
        }
      }
    },
    "rowNumbers": {
      "type": "array",
      "maxItems": 10000,
      "items": {
        "type": "integer",
        "minimum": 1
      },
      "description": "Row numbers as the spreadsheet shows them."
    },
    "tableRange": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "range"
      ],
      "properties": {
        "range": {
          "type": "string",
          "pattern": "^[A-Z]{1,3}[1-9][0-9]{0,6}:[A-Z]{1,3}[1-9][0-9]{0,6}$",
          "description": "First and last cell, header included, such as B3:F40."
        },
        "header_rows": {
          "$ref": "#/$defs/rowNumbers",
          "description": "The header's row numbers; an empty list says that there is no header. Left out: found from evidence."
        },
        "transposed": {
          "type": "boolean",
          "description": "Whether the fields stand below one another, with a record in each column."
        }
      }
    },
    "refine": {
      "type": "object",
      "additionalProperties": false,
      "description": "The fields of the dataset and how records become it.",
      "properties": {
        "entity": {
          "type": "string",
          "minLength": 1,
          "description": "What one row of the dataset is, in the singular."
        },
        "key": {
          "type": "object",
          "additionalProperties": false,
          "description": "The column by which satellite rows find their entity within one workbook.",
          "properties": {
            "synonyms": {
              "type": "array",
              "items": {
                "type": "string",
                "minLength": 1
              }
            }
          }
        },
        "fields": {
          "type": "array",
          "minItems": 1,
          "items": {
            "$ref": "#/$defs/field"
          },
          "description": "The columns of the dataset, in order. Left out: every column found becomes a field, with its type inferred."
        },
        "groups": {
          "type": "object",
          "propertyNames": {
            "$ref": "#/$defs/fieldName"
          },
          "additionalProperties": {
            "$ref": "#/$defs/group"
          },
          "description": "Things of which an entity has several, such as contacts."
        },
        "orphans": {
          "enum": [
            "quarantine",
            "promote"
          ],
          "description": "A satellite row whose entity is not found is quarantined, or becomes an entity of its own when it names one. Sheets without keys are tied by name alone, so an unknown name in them is always an entity of its own."
        },
        "normalise": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "date_order": {
              "enum": [
                "day-first",
                "month-first",
                "year-first"
              ],
              "description": "How dates such as 03/04/2025 are read. Without it an ambiguous date is flagged and left out."
            },
            "decimal": {
              "enum": [
                "auto",
                "point",
                "comma"
              ],
              "description": "The decimal sign of numbers written as text. `auto`: as the column, else its table or file, shows; what nothing shows is ambiguous."
            },
            "null_tokens": {
              "type": "array",
              "items": {
                "type": "string",
                "minLength": 1
              },
              "description": "Words that stand for no value, besides the built-in ones (N/A, -, unknown, …). A cell with the error #N/A holds no value; other errors, such as #DIV/0!, go to quarantine."
            },
            "keep_tokens": {
              "type": "array",
              "items": {
                "type": "string",
                "minLength": 1
              },
              "description": "Words that are real values although the built-in list takes them for none."
            }
          }
        },
        "merge": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "keys": {
              "type": "array",
              "items": {
                "type": "string",
                "minLength": 1
              },
              "description": "Fields that make two records one entity when equal: `organization_name` compares by match key, others by value; `*` means equal in every field."
            },
            "rank": {
              "type": "array",
              "items": {
                "enum": [
                  "priority",
                  "validity",
                  "completeness",
                  "recency"
                ]
              },
              "uniqueItems": true,
              "description": "Which record wins a field, in order of importance; what is left is decided by position."
            },
            "recency": {
              "$ref": "#/$defs/fieldName",
              "description": "The date field that says how recent a record is."
            }
          }
        },
        "linkage": {
          "$ref": "#/$defs/linkage"
        },
        "score": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "weights": {
              "type": "object",
              "propertyNames": {
                "$ref": "#/$defs/fieldName"
              },
              "additionalProperties": {
                "type": "number",
                "minimum": 0
              },
              "description": "How much each field counts towards data quality."
            }
          }
        },
        "budgets": {
          "type": "object",
          "additionalProperties": false,
          "description": "How much may fail before a strict run fails, as shares from 0 to 1.",
          "properties": {
            "quarantined_rows": {
              "type": "number",
              "minimum": 0,
              "maximum": 1,
              "description": "Rows that broke a rule, of all rows in. Rows that are no entity (empty but for an id, sheets of codes) do not count."
            },
            "quarantined_cells": {
              "type": "number",
              "minimum": 0,
              "maximum": 1,
              "description": "Cells that broke a rule, of all non-empty mapped cells."
            },
            "orphans": {
              "type": "number",
              "minimum": 0,
              "maximum": 1,
              "description": "Satellite rows without an entity, of all satellite rows."
            },
            "set_aside_rows": {
              "type": "number",
              "minimum": 0,
              "maximum": 1,
              "description": "Rows that are no entity, of all rows in. Tables that are recognised as something else (lists of codes or orders, tables that the profile leaves out) do not count."
            }
          }
        }
      }
    },
    "linkage": {
      "type": "object",
      "additionalProperties": false,
      "description": "How records that are the same thing are found although no key is equal: by the weight of all their fields together.",
      "properties": {
        "enabled": {
          "type": "boolean",
          "description": "For hotpass run: whether rows whose keys are not equal are put together by the weight of their fields. Default: false, keys alone decide."
        },
        "match": {
          "type": "number",
          "exclusiveMinimum": 0.5,
          "exclusiveMaximum": 1,
          "description": "Probability from which two records are one."
        },
        "review": {
          "type": "number",
          "exclusiveMinimum": 0,
          "exclusiveMaximum": 1,
          "description": "Probability from which a pair is put to a person. Such a pair is never merged by itself."
        },
        "floor": {
          "type": "number",
          "exclusiveMinimum": 0,
          "exclusiveMaximum": 1,
          "description": "Probability from which a pair is kept, with all that speaks for and against it."
        },
        "decisions": {
          "type": "string",
          "minLength": 1,
          "description": "File of decisions (JSON Lines), relative to the workspace: which records people said are one entity, and which are not. pipeline.decisions_path goes before it."
        },
        "graph": {
          "type": "boolean",
          "description": "For hotpass resolve: whether the graph of records and scored pairs is written, as GraphML and as JSON."
        },
        "format": {
          "enum": [
            "csv",
            "xlsx",
            "jsonl",
            "parquet"
          ],
          "description": "For hotpass resolve: the form of the records, which the ending of --output-file says too. Default: csv. The list of clusters is CSV."
        },
        "id_field": {
          "type": "string",
          "minLength": 1,
          "description": "For hotpass resolve: the column that tells records apart. It is never evidence."
        },
        "source_field": {
          "type": "string",
          "minLength": 1,
          "description": "For hotpass resolve: the column that says which list a record is from. It is never evidence."
        },
        "link_only": {
          "type": "boolean",
          "description": "For hotpass resolve: records of one source are never matched to each other."
        },
        "cardinality": {
          "enum": [
            "one-to-one",
            "many"
          ],
          "description": "With link_only: whether a record has one partner in another source, or several."
        },
        "types": {
          "type": "object",
          "additionalProperties": {
            "enum": [
              "given-name",
              "family-name",
              "person-name",
              "organisation-name",
              "email",
              "phone",
              "url",
              "date",
              "address",
              "identifier",
              "number",
              "category",
              "title",
              "text",
              "word",
              "ignored"
            ]
          },
          "description": "Column (for hotpass run: field) to what it means, where that is not to be told from its type or its values. `ignored`: no evidence, as if listed under ignore."
        },
        "ignore": {
          "type": "array",
          "items": {
            "type": "string",
            "minLength": 1
          },
          "description": "Columns that are no evidence."
        },
        "budget": {
          "type": "integer",
          "minimum": 1,
          "description": "Pairs that may be compared. Default: three million and six per record."
        },
        "comparisons": {
          "type": "object",
          "additionalProperties": {
            "$ref": "#/$defs/comparison"
          },
          "description": "Comparison, by the name that `resolve --explain-plan` prints (a field, or several that are compared together), to how it is made. What is not named is chosen; a field that is named is compared even if it repeats another. Goes before types."
        },
        "blocking": {
          "type": "array",
          "minItems": 1,
          "maxItems": 30,
          "items": {
            "$ref": "#/$defs/blockingRule"
          },
          "description": "The rules that find candidate pairs, in their order, instead of those that would be chosen."
        }
      }
    },
    "comparison": {
      "type": "object",
      "additionalProperties": false,
      "minProperties": 1,
      "properties": {
        "kind": {
          "$ref": "#/$defs/linkType"
        },
        "term_frequency": {
          "type": "boolean",
          "description": "Whether agreement on a rare value weighs more than on a frequent one."
        },
        "m": {
          "$ref": "#/$defs/shares",
          "description": "Share of each level among matches, best level first, instead of the estimated ones."
        },
        "u": {
          "$ref": "#/$defs/shares",
          "description": "Share of each level among other pairs, best level first, instead of the estimated ones."
        }
      }
    },
    "shares": {
      "type": "array",
      "minItems": 2,
      "maxItems": 31,
      "items": {
        "type": "number",
        "minimum": 0,
        "maximum": 1
      },
      "description": "Probabilities of the levels of a comparison, as many as it has; together they are 1."
    },
    "blockingRule": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "fields"
      ],
      "properties": {
        "fields": {
          "type": "array",
          "minItems": 1,
          "maxItems": 8,
          "uniqueItems": true,
          "items": {
            "type": "string",
            "minLength": 1
          },
          "description": "Records that share a value in all of these are candidates."
        },
        "kind": {
          "enum": [
            "value",
            "token",
            "qgram"
          ],
          "description": "What is shared: the value, a word of it, or four characters in a row; the last two of one field. Default: value."
        },
        "limit": {
          "type": "integer",
          "minimum": 2,
          "description": "Records in the largest block that is looked at. Default: what fits an equal share of the budget."
        }
      }
    },
    "linkType": {
      "enum": [
        "given-name",
        "family-name",
        "person-name",
        "organisation-name",
        "email",
        "phone",
        "url",
        "date",
        "address",
        "identifier",
        "number",
        "category",
        "title",
        "text",
        "word"
      ],
      "description": "How a column is compared by linkage."
    },
    "field": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "name"
      ],
      "properties": {
        "name": {
          "$ref": "#/$defs/fieldName"
        },
        "type": {
          "$ref": "#/$defs/semanticType"
        },
        "title": {
          "type": "string"
        },
        "description": {
          "type": "string"
        },
        "synonyms": {
          "type": "array",
          "items": {
            "type": "string",
            "minLength": 1
          },
          "description": "Headers that mean this field."
        },
        "given": {
          "type": "array",
          "items": {
            "type": "string",
            "minLength": 1
          },
          "description": "Person names: headers of a column with the given name alone."
        },
        "family": {
          "type": "array",
          "items": {
            "type": "string",
            "minLength": 1
          },
          "description": "Person names: headers of a column with the family name alone."
        },
        "required": {
          "type": "boolean",
          "description": "A row without it is quarantined."
        },
        "unique": {
          "type": "boolean",
          "description": "No two records of one source may share a value; the later row is quarantined."
        },
        "multiple": {
          "type": "boolean",
          "description": "Keeps every distinct value instead of one."
        },
        "pattern": {
          "type": "string",
          "maxLength": 500,
          "description": "Regular expression that the whole normalised value must match."
        },
        "enum": {
          "type": "array",
          "minItems": 1,
          "items": {
            "type": "string"
          },
          "description": "The values that are allowed."
        },
        "min": {
          "type": [
            "number",
            "string"
          ],
          "description": "Smallest number or earliest date (ISO)."
        },
        "max": {
          "type": [
            "number",
            "string"
          ],
          "description": "Largest number or latest date (ISO)."
        },
        "values": {
          "type": "object",
          "additionalProperties": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "description": "Categories: canonical value to the spellings that mean it. Others are kept and listed."
        },
        "country": {
          "$ref": "#/$defs/country",
          "description": "Overrides the profile's country for this field."
        },
        "date_order": {
          "enum": [
            "day-first",
            "month-first",
            "year-first"
          ],
          "description": "Overrides refine.normalise.date_order for this field."
        },
        "survivorship": {
          "enum": [
            "rank",
            "latest",
            "longest",
            "most-frequent",
            "largest",
            "smallest"
          ],
          "description": "Which value wins: that of the best-ranked record (the default), or by the value itself."
        },
        "rest": {
          "$ref": "#/$defs/fieldName",
          "description": "The multiple field that takes the values which lost."
        },
        "constant": {
          "type": "string",
          "description": "The value of every row, when no column gives one."
        },
        "derive": {
          "$ref": "#/$defs/derivation",
          "description": "Computes the value when no column gives one."
        }
      }
    },
    "expectedField": {
      "type": "string",
      "pattern": "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?$",
      "description": "A field, or `group.field` for a field of a group."
    },
    "expect-not-null": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "field"
      ],
      "description": "No cell of the field is empty.",
      "properties": {
        "expect": {
          "const": "not-null",
          "description": "No cell of the field is empty."
        },
        "field": {
          "$ref": "#/$defs/expectedField"
        },
        "mostly": {
          "type": "number",
          "exclusiveMinimum": 0,
          "maximum": 1,
          "description": "Share of the values that must pass. Default 1: all."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-unique": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "fields"
      ],
      "description": "No two rows share a value, or the same values in several fields. Rows with an empty cell in one of the fields are left out.",
      "properties": {
        "expect": {
          "const": "unique",
          "description": "No two rows share a value, or the same values in several fields. Rows with an empty cell in one of the fields are left out."
        },
        "fields": {
          "type": "array",
          "minItems": 1,
          "uniqueItems": true,
          "items": {
            "$ref": "#/$defs/expectedField"
          },
          "description": "One field, or several that are unique together."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-in-set": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "field",
        "values"
      ],
      "description": "Every value is one of these.",
      "properties": {
        "expect": {
          "const": "in-set",
          "description": "Every value is one of these."
        },
        "field": {
          "$ref": "#/$defs/expectedField"
        },
        "values": {
          "type": "array",
          "minItems": 1,
          "maxItems": 100000,
          "items": {
            "type": "string"
          },
          "description": "The values that are allowed."
        },
        "mostly": {
          "type": "number",
          "exclusiveMinimum": 0,
          "maximum": 1,
          "description": "Share of the values that must pass. Default 1: all."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-matches": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "field",
        "pattern"
      ],
      "description": "Every value as a whole matches a regular expression.",
      "properties": {
        "expect": {
          "const": "matches",
          "description": "Every value as a whole matches a regular expression."
        },
        "field": {
          "$ref": "#/$defs/expectedField"
        },
        "pattern": {
          "type": "string",
          "maxLength": 500,
          "description": "Regular expression without look-around, back-references, `\\b` and `\\p{…}`. It is matched in time that grows with the text alone."
        },
        "mostly": {
          "type": "number",
          "exclusiveMinimum": 0,
          "maximum": 1,
          "description": "Share of the values that must pass. Default 1: all."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-range": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "field"
      ],
      "description": "Every value lies between bounds: numbers as numbers, dates as days, other text by code unit.",
      "properties": {
        "expect": {
          "const": "range",
          "description": "Every value lies between bounds: numbers as numbers, dates as days, other text by code unit."
        },
        "field": {
          "$ref": "#/$defs/expectedField"
        },
        "min": {
          "type": [
            "number",
            "string"
          ],
          "description": "Smallest value that is allowed."
        },
        "max": {
          "type": [
            "number",
            "string"
          ],
          "description": "Largest value that is allowed."
        },
        "above": {
          "type": [
            "number",
            "string"
          ],
          "description": "Every value is larger than this."
        },
        "below": {
          "type": [
            "number",
            "string"
          ],
          "description": "Every value is smaller than this."
        },
        "mostly": {
          "type": "number",
          "exclusiveMinimum": 0,
          "maximum": 1,
          "description": "Share of the values that must pass. Default 1: all."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-length": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "field"
      ],
      "description": "Every value has so many characters (code points).",
      "properties": {
        "expect": {
          "const": "length",
          "description": "Every value has so many characters (code points)."
        },
        "field": {
          "$ref": "#/$defs/expectedField"
        },
        "min": {
          "type": "integer",
          "minimum": 0,
          "description": "Fewest characters."
        },
        "max": {
          "type": "integer",
          "minimum": 0,
          "description": "Most characters."
        },
        "mostly": {
          "type": "number",
          "exclusiveMinimum": 0,
          "maximum": 1,
          "description": "Share of the values that must pass. Default 1: all."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-type": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "field",
        "type"
      ],
      "description": "Every value has the form of a type.",
      "properties": {
        "expect": {
          "const": "type",
          "description": "Every value has the form of a type."
        },
        "field": {
          "$ref": "#/$defs/expectedField"
        },
        "type": {
          "enum": [
            "number",
            "integer",
            "boolean",
            "date",
            "datetime",
            "time",
            "email",
            "phone",
            "url",
            "uuid"
          ],
          "description": "`date` is `2026-01-31`, `datetime` has a time behind a `T`, `phone` is in E.164 form, with ` ext 12` behind it where there is an extension, `boolean` is true or false."
        },
        "mostly": {
          "type": "number",
          "exclusiveMinimum": 0,
          "maximum": 1,
          "description": "Share of the values that must pass. Default 1: all."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-compare": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "field",
        "is",
        "to"
      ],
      "description": "In every row one field stands so to another. Rows in which one of the two is empty are left out.",
      "properties": {
        "expect": {
          "const": "compare",
          "description": "In every row one field stands so to another. Rows in which one of the two is empty are left out."
        },
        "field": {
          "$ref": "#/$defs/expectedField"
        },
        "is": {
          "enum": [
            "<",
            "<=",
            "=",
            "!=",
            ">=",
            ">"
          ],
          "description": "How `field` stands to `to`."
        },
        "to": {
          "$ref": "#/$defs/expectedField",
          "description": "The other field."
        },
        "mostly": {
          "type": "number",
          "exclusiveMinimum": 0,
          "maximum": 1,
          "description": "Share of the values that must pass. Default 1: all."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-row-count": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect"
      ],
      "description": "The table has so many rows.",
      "properties": {
        "expect": {
          "const": "row-count",
          "description": "The table has so many rows."
        },
        "group": {
          "$ref": "#/$defs/fieldName",
          "description": "The table of a group instead of the main one."
        },
        "min": {
          "type": "integer",
          "minimum": 0,
          "description": "Fewest rows."
        },
        "max": {
          "type": "integer",
          "minimum": 0,
          "description": "Most rows."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-columns": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "fields"
      ],
      "description": "The table has these columns.",
      "properties": {
        "expect": {
          "const": "columns",
          "description": "The table has these columns."
        },
        "fields": {
          "type": "array",
          "minItems": 1,
          "uniqueItems": true,
          "items": {
            "$ref": "#/$defs/expectedField"
          },
          "description": "Columns that must be there."
        },
        "exact": {
          "type": "boolean",
          "description": "No other column may be there."
        },
        "ordered": {
          "type": "boolean",
          "description": "They stand in this order."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-fresh": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "field",
        "days"
      ],
      "description": "The latest date of a field is no older than so many days before `as_of`, and none lies more than a day after it. A strict run then needs `--as-of`.",
      "properties": {
        "expect": {
          "const": "fresh",
          "description": "The latest date of a field is no older than so many days before `as_of`, and none lies more than a day after it. A strict run then needs `--as-of`."
        },
        "field": {
          "$ref": "#/$defs/expectedField"
        },
        "days": {
          "type": "integer",
          "minimum": 0,
          "description": "Age in days that is allowed."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-row-count-change": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect"
      ],
      "description": "The number of rows differs from the run before by no more than these shares.",
      "properties": {
        "expect": {
          "const": "row-count-change",
          "description": "The number of rows differs from the run before by no more than these shares."
        },
        "group": {
          "$ref": "#/$defs/fieldName",
          "description": "The table of a group instead of the main one."
        },
        "increase": {
          "type": "number",
          "minimum": 0,
          "description": "Growth that is allowed, as a share of the rows before."
        },
        "decrease": {
          "type": "number",
          "minimum": 0,
          "maximum": 1,
          "description": "Loss that is allowed, as a share of the rows before."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-categories": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "field"
      ],
      "description": "No more than so many values of a field are new, or gone, since the run before.",
      "properties": {
        "expect": {
          "const": "categories",
          "description": "No more than so many values of a field are new, or gone, since the run before."
        },
        "field": {
          "$ref": "#/$defs/expectedField"
        },
        "new": {
          "type": "integer",
          "minimum": 0,
          "description": "Values that were not there before."
        },
        "vanished": {
          "type": "integer",
          "minimum": 0,
          "description": "Values that are there no more."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-distribution": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "field",
        "max"
      ],
      "description": "The values of a field are spread as in the run before.",
      "properties": {
        "expect": {
          "const": "distribution",
          "description": "The values of a field are spread as in the run before."
        },
        "field": {
          "$ref": "#/$defs/expectedField"
        },
        "measure": {
          "enum": [
            "psi",
            "jensen-shannon"
          ],
          "description": "Population stability index (above 0.2 is a marked shift), or the Jensen–Shannon distance with base 2, 0 to 1. Default `psi`."
        },
        "max": {
          "type": "number",
          "minimum": 0,
          "description": "Shift that is allowed."
        },
        "bins": {
          "type": "integer",
          "minimum": 2,
          "maximum": 100,
          "description": "Numbers and dates are counted in so many bins of equal size before; of other values the most frequent are told apart. Default 10."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expect-changed-values": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "expect",
        "field",
        "key",
        "max"
      ],
      "description": "Of the rows that both runs have, no more than a share holds another value.",
      "properties": {
        "expect": {
          "const": "changed-values",
          "description": "Of the rows that both runs have, no more than a share holds another value."
        },
        "field": {
          "$ref": "#/$defs/expectedField"
        },
        "key": {
          "type": "array",
          "minItems": 1,
          "uniqueItems": true,
          "items": {
            "$ref": "#/$defs/expectedField"
          },
          "description": "Fields by which a row is known again."
        },
        "max": {
          "type": "number",
          "minimum": 0,
          "maximum": 1,
          "description": "Share that is allowed."
        },
        "id": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
          "maxLength": 120,
          "description": "Letters, digits, `.`, `_` and `-`: how results name it. Default: made of its fields and its kind."
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ],
          "description": "`warning` reports a failure without failing the run. Default `error`."
        },
        "description": {
          "type": "string",
          "description": "Why it is expected, for people."
        }
      }
    },
    "expectation": {
      "type": "object",
      "description": "What the dataset promises, beside the rules of its fields.",
      "required": [
        "expect"
      ],
      "discriminator": {
        "propertyName": "expect"
      },
      "oneOf": [
        {
          "$ref": "#/$defs/expect-not-null"
        },
        {
          "$ref": "#/$defs/expect-unique"
        },
        {
          "$ref": "#/$defs/expect-in-set"
        },
        {
          "$ref": "#/$defs/expect-matches"
        },
        {
          "$ref": "#/$defs/expect-range"
        },
        {
          "$ref": "#/$defs/expect-length"
        },
        {
          "$ref": "#/$defs/expect-type"
        },
        {
          "$ref": "#/$defs/expect-compare"
        },
        {
          "$ref": "#/$defs/expect-row-count"
        },
        {
          "$ref": "#/$defs/expect-columns"
        },
        {
          "$ref": "#/$defs/expect-fresh"
        },
        {
          "$ref": "#/$defs/expect-row-count-change"
        },
        {
          "$ref": "#/$defs/expect-categories"
        },
        {
          "$ref": "#/$defs/expect-distribution"
        },
        {
          "$ref": "#/$defs/expect-changed-values"
        }
      ]
    },
    "contract-facts": {
      "type": "object",
      "additionalProperties": false,
      "description": "What a contract made from the profile says of itself.",
      "properties": {
        "version": {
          "type": "string",
          "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+$",
          "description": "Three numbers, such as 1.2.0. Default 1.0.0."
        },
        "status": {
          "enum": [
            "proposed",
            "draft",
            "active",
            "deprecated",
            "retired"
          ],
          "description": "Default `active`."
        },
        "owner": {
          "type": "string",
          "minLength": 1,
          "description": "Who answers for the dataset: a team or a role."
        },
        "domain": {
          "type": "string",
          "minLength": 1,
          "description": "Part of the organisation that the dataset belongs to."
        },
        "purpose": {
          "type": "string",
          "minLength": 1,
          "description": "What it is for."
        },
        "limitations": {
          "type": "string",
          "minLength": 1,
          "description": "What it is not for."
        }
      }
    },
    "derivation": {
      "oneOf": [
        {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "slug"
          ],
          "properties": {
            "slug": {
              "$ref": "#/$defs/fieldName",
              "description": "Lower-case, hyphenated key of a name; unique in the dataset."
            }
          }
        },
        {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "country_of"
          ],
          "properties": {
            "country_of": {
              "$ref": "#/$defs/fieldName",
              "description": "The country that the region in this field belongs to."
            }
          }
        },
        {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "alias_of"
          ],
          "properties": {
            "alias_of": {
              "$ref": "#/$defs/fieldName",
              "description": "The trading names found in a name."
            }
          }
        },
        {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "group",
            "field",
            "pick"
          ],
          "properties": {
            "group": {
              "$ref": "#/$defs/fieldName"
            },
            "field": {
              "$ref": "#/$defs/fieldName"
            },
            "pick": {
              "enum": [
                "primary",
                "rest"
              ],
              "description": "The value of the preferred member, or all others."
            }
          }
        },
        {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "lineage"
          ],
          "properties": {
            "lineage": {
              "enum": [
                "datasets",
                "record-ids",
                "provenance"
              ],
              "description": "Names of the sources, ids of the rows, or field by field where each value came from (JSON)."
            }
          }
        },
        {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "score"
          ],
          "properties": {
            "score": {
              "enum": [
                "quality",
                "flags"
              ],
              "description": "The data quality score, 0 to 1, or what is missing or invalid."
            }
          }
        },
        {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "status_of"
          ],
          "properties": {
            "status_of": {
              "$ref": "#/$defs/fieldName",
              "description": "`unknown` where the e-mail or phone field holds a value that was not verified, else empty."
            }
          }
        }
      ]
    },
    "group": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "fields"
      ],
      "properties": {
        "title": {
          "type": "string"
        },
        "fields": {
          "type": "array",
          "minItems": 1,
          "items": {
            "$ref": "#/$defs/field"
          }
        },
        "identity": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/fieldName"
          },
          "description": "Fields of which one shared value makes two members of an entity the same."
        },
        "prefer": {
          "type": "object",
          "additionalProperties": false,
          "description": "Which member is the primary one.",
          "properties": {
            "invalid": {
              "$ref": "#/$defs/fieldName",
              "description": "A boolean field; members for whom it is true come last."
            },
            "order": {
              "type": "array",
              "items": {
                "enum": [
                  "priority",
                  "completeness",
                  "role"
                ]
              },
              "uniqueItems": true
            },
            "role": {
              "$ref": "#/$defs/fieldName",
              "description": "The field that holds the role."
            },
            "roles": {
              "type": "array",
              "items": {
                "type": "string",
                "minLength": 1
              },
              "description": "Roles, most preferred first; a role matches when it contains the words."
            }
          }
        }
      }
    },
    "enrich": {
      "type": "object",
      "description": "Enrichment from outside sources. Not built yet: any key in it is refused.",
      "maxProperties": 0
    },
    "compliance": {
      "type": "object",
      "additionalProperties": false,
      "description": "Personal data: under which law, on what basis, what for and for how long it is kept.",
      "properties": {
        "policy": {
          "type": "array",
          "uniqueItems": true,
          "items": {
            "enum": [
              "popia",
              "gdpr"
            ]
          },
          "description": "Laws that the dataset is held to. With one, a strict run fails when a personal column has no lawful basis or the dataset no purpose."
        },
        "purpose": {
          "type": "string",
          "minLength": 1,
          "description": "What the personal data is for."
        },
        "lawful_basis": {
          "type": "object",
          "propertyNames": {
            "pattern": "^(\\*|[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?)$"
          },
          "additionalProperties": {
            "enum": [
              "consent",
              "contract",
              "legal-obligation",
              "vital-interests",
              "public-task",
              "legitimate-interests"
            ]
          },
          "description": "Field (or `*` for every other personal field) to the ground on which it is processed: GDPR article 6, POPIA section 11."
        },
        "retention_days": {
          "type": "integer",
          "minimum": 1,
          "description": "How many days a row is kept after the date in retention_field. Rows beyond it on the day of the run are reported; a strict run needs --as-of for that."
        },
        "retention_field": {
          "$ref": "#/$defs/fieldName",
          "description": "The date field from which the days count. Default: refine.merge.recency."
        },
        "consent_field": {
          "$ref": "#/$defs/fieldName",
          "description": "A boolean field. Personal values of rows for which it is not true are withheld from every export, and mentions of their people in free text are masked, except in columns whose lawful basis is another than consent."
        },
        "responsible": {
          "type": "string",
          "minLength": 1,
          "description": "Who decided this, such as the information officer; stands in the evidence."
        },
        "pii_fields": {
          "type": "array",
          "items": {
            "type": "string",
            "pattern": "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?$"
          },
          "description": "Fields whose values are masked in reports, logs and errors, besides those whose type is personal (person-name, email, phone, address)."
        }
      }
    },
    "report": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "title": {
          "type": "string",
          "minLength": 1,
          "description": "Heading of the report."
        },
        "formats": {
          "type": "array",
          "uniqueItems": true,
          "items": {
            "enum": [
              "json",
              "markdown",
              "html"
            ]
          }
        },
        "examples": {
          "type": "integer",
          "minimum": 0,
          "maximum": 1000,
          "description": "How many examples of each finding are shown."
        }
      }
    },
    "export": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "formats": {
          "type": "array",
          "minItems": 1,
          "uniqueItems": true,
          "items": {
            "enum": [
              "xlsx",
              "csv",
              "jsonl",
              "parquet",
              "party"
            ]
          },
          "description": "The files to write; `party` is the party store, a JSON file of parties, aliases, roles and contact methods."
        },
        "list_separator": {
          "type": "string",
          "minLength": 1,
          "maxLength": 4,
          "description": "Joins the items of a multiple field in one cell."
        }
      }
    }
  }
} as const
