/** The part of sql.js 1.16 that is used here; the package brings no types of its own. */
declare module 'sql.js' {
  export type SqlValue = number | string | Uint8Array | null
  export interface Statement {
    run(values: readonly SqlValue[]): void
    step(): boolean
    get(): SqlValue[]
    getColumnNames(): string[]
    free(): boolean
  }
  export interface StatementIterator {
    next(): { readonly done: true } | { readonly done: false; readonly value: Statement }
    /** What follows the statement that `next` gave last. */
    getRemainingSQL(): string
  }
  export interface Database {
    run(sql: string): Database
    exec(sql: string): { columns: string[]; values: SqlValue[][] }[]
    prepare(sql: string): Statement
    iterateStatements(sql: string): StatementIterator
    close(): void
  }
  export default function initSqlJs(): Promise<{ Database: new () => Database }>
}
