import type { Reject } from '../imports/reject.ts'
import type { RowReader, RowSink } from '../imports/row-sink.ts'

export interface ReadRows {
  readonly columns: readonly string[]
  /** The fields as text. */
  readonly rows: readonly (readonly string[])[]
  readonly rejects: readonly Reject[]
}

/** Everything a reader makes of some bytes, given to it in pieces: for tests. */
export function readAll(
  open: (sink: RowSink) => RowReader,
  bytes: Buffer,
  pieceBytes: number,
  cut = false,
): ReadRows {
  let columns: readonly string[] = []
  const rows: (readonly string[])[] = []
  const rejects: Reject[] = []
  const reader = open({
    columns: (names) => {
      columns = names
    },
    row: (row, starts, ends, count) => {
      rows.push(Array.from({ length: count }, (_, i) => row.toString('utf8', starts[i], ends[i])))
    },
    reject: (line, code, detail, text) => void rejects.push({ line, code, detail, text }),
  })
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    reader.push(Buffer.from(bytes.subarray(at, at + pieceBytes)))
  }
  reader.end(cut)
  return { columns, rows, rejects }
}
