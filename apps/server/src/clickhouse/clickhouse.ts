import type { Readable } from 'node:stream'
import type { Compiled } from '@parcurs/analytics'

/**
 * The store of what happened. The same interface over the embedded engine and over a server.
 *
 * 64-bit and wider integers come back from `rows` as decimal text (a customer key does not fit a
 * JavaScript number); smaller integers and floats are numbers, decimals are numbers, times are text
 * in UTC. NaN and infinities come back as null.
 *
 * Every method throws `StoreFailure`, and nothing else, when the store does not answer as asked.
 */
export interface ClickHouse {
  /** The whole answer at once: for answers that fit in memory easily. */
  rows<Row>(query: Compiled, options?: AskOptions): Promise<readonly Row[]>
  /**
   * The answer as a stream of bytes in any output format. An error half-way destroys the stream.
   * TRICKY: the embedded engine evaluates scalar subqueries before the first byte on the thread that
   * serves everybody; write streamed questions without them.
   */
  bytes(query: Compiled, format: OutputFormat, options?: AskOptions): Promise<Readable>
  /**
   * Durable when it resolves (the tables say fsync_after_insert). Up to a million rows and 256 MB
   * are one part: they appear together or not at all. bigint values are welcome in objects.
   */
  insert(table: string, rows: readonly object[] | Readable, options?: InsertOptions): Promise<void>
  /** One statement whose answer is not looked at: DDL, INSERT … SELECT, OPTIMIZE. */
  command(statement: Compiled | string, options?: AskOptions): Promise<void>
  close(): Promise<void>
}

export interface AskOptions {
  /** Aborting ends the work in the store too. */
  readonly signal?: AbortSignal
  /** The store ends the question after this time with 'too-slow'. */
  readonly maxSeconds?: number
  readonly maxMemoryBytes?: number
  /** For SQL that a user wrote: may read tables, may not write, reach files or other hosts. */
  readonly readonly?: boolean
  /** Told what the store looked at for a whole answer, where it says so (the embedded engine does not). */
  readonly onRead?: (read: { readonly rows: number; readonly bytes: number }) => void
}

export type OutputFormat =
  | 'Native'
  | 'RowBinary'
  | 'JSONEachRow'
  | 'JSONCompactEachRow'
  | 'TabSeparated'
  | 'CSVWithNames'
  | 'Parquet'

export interface InsertOptions {
  /** Of a Readable's bytes; objects always travel as JSONEachRow. */
  readonly format?: 'JSONEachRow' | 'RowBinary' | 'Native' | 'TabSeparated' | 'Parquet'
  readonly columns?: readonly string[]
  readonly signal?: AbortSignal
}

export type StoreFailureCode =
  /** The asker gave up. */
  | 'cancelled'
  /** The store went away in the middle, or is not there: ask again. */
  | 'interrupted'
  | 'too-slow'
  | 'too-much-memory'
  | 'disk-full'
  /** The store answered that the statement is wrong: a bug of ours, or a user's own SQL. */
  | 'statement'

export class StoreFailure extends Error {
  override readonly name = 'StoreFailure'
  readonly code: StoreFailureCode
  /** ClickHouse's own number, where it gave one. */
  readonly storeCode: number | null

  constructor(code: StoreFailureCode, message: string, storeCode: number | null, cause?: unknown) {
    super(message, { cause })
    this.code = code
    this.storeCode = storeCode
  }
}
