import type { RowReject } from '@parcurs/domain'

/** Why a row was refused. */
export type RejectCode = RowReject

/** The fields of a row. */
export interface RowCells {
  readonly bytes: Buffer
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  readonly count: number
}

/**
 * What a reader of any format gives its rows to. One shape for all: column i of a row is
 * `bytes[starts[i], ends[i])`, UTF-8; an empty range is a missing value. The arrays are reused for
 * the next row. Values never become strings unless somebody must read them: that is what makes
 * the import fast.
 */
export interface RowSink {
  /**
   * All columns so far, in order; called before the first row that has them.
   * @param own so many are the file's, and those behind them were found in its cells; absent: all
   */
  readonly columns: (names: readonly string[], own?: number) => void
  /**
   * @param count fields of the row; a row may have fewer than there are columns, the last ones missing
   * @param line where the row begins in the file, from 1; a row number where the file has no lines
   * @param cells the row as it stands in the file, where some of its cells were read as several columns
   */
  readonly row: (
    bytes: Buffer,
    starts: Uint32Array,
    ends: Uint32Array,
    count: number,
    line: number,
    cells?: RowCells,
  ) => void
  /**
   * @param text the refused row as it stands in the file, cut at 10,000 characters
   * @param fields so many `text` has as a row of CSV; absent when it cannot be cut into fields
   */
  readonly reject: (
    line: number,
    code: RejectCode,
    detail: string,
    text: string,
    fields?: number,
  ) => void
}

/** Takes the bytes of a file piece by piece. */
export interface RowReader {
  readonly push: (piece: Buffer) => void
  /** No more bytes. `cut` when the file broke off: the last row is incomplete and not taken. */
  readonly end: (cut: boolean) => void
}

/** A longer row is refused: a file without line ends must not fill the memory. */
export const ROW_LIMIT_BYTES = 1_048_576

export const COLUMN_LIMIT = 5000

export function cutText(bytes: Buffer): string {
  return bytes.subarray(0, 10_000).toString('utf8')
}
