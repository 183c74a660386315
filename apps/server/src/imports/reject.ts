import { csvCell, guardedRow, unguarded } from '@parcurs/domain'
import type { RejectCode, RowSink } from './row-sink.ts'

/** A row that was refused. */
export interface Reject {
  readonly line: number
  readonly code: RejectCode
  /** The value and what was expected. */
  readonly detail: string
  /** The row as it stands in the file, cut short. */
  readonly text: string
  /** So many fields `text` has as a row of CSV; absent when it cannot be cut into fields. */
  readonly fields?: number
}

const APOSTROPHE = 39
/** So many are shown; all of them are in the rejects file. */
export const REJECTS_SHOWN = 20

/** Behind the columns of a file of rows, so that its rejects, mended, can be imported as they are. */
const REJECT_COLUMNS = [
  'rejected_reason',
  'rejected_detail',
  'rejected_file',
  'rejected_line',
  'rejected_row',
] as const

/** The first line of the rejects of a file of rows. */
export function rejectsHeader(columns: readonly string[]): string {
  return `${[...columns, ...REJECT_COLUMNS].map(csvCell).join(',')}\n`
}

/** A row of the rejects file. */
export function rejectLine(
  file: string,
  { line, code, detail, text, fields = 0 }: Reject,
  columns: readonly string[],
): string {
  const why = `${code},${csvCell(detail)},${csvCell(file)},${line}`
  return fields > 0 && fields <= columns.length
    ? `${guardedRow(text)}${','.repeat(columns.length - fields)},${why},\n`
    : `${','.repeat(Math.max(0, columns.length - 1))},${why},${csvCell(text)}\n`
}

/**
 * A line of the rejects file of a format whose rows name their fields. Why it was refused stands before the fields, so
 * that the first line of it tells what the file is.
 *
 * @param fields of the row by their columns; null: it could not be cut into fields
 */
export function rejectJson(
  file: string,
  { line, code, detail, text }: Reject,
  fields: Readonly<Record<string, string>> | null,
): string {
  const values = [code, detail, file, String(line), fields === null ? text : '']
  const why = REJECT_COLUMNS.map((name, i) => [name, values[i] ?? ''])
  return `${JSON.stringify({ ...Object.fromEntries(why), ...fields })}\n`
}

/** Gives the rows of a rejects file of JSON lines without why they were refused; those of others as they are. */
export function withoutRejectFields(sink: RowSink): RowSink {
  let dropped: readonly number[] = []
  return {
    columns(names) {
      const found = REJECT_COLUMNS.map((name) => names.indexOf(name))
      dropped = found.includes(-1) ? [] : found
      sink.columns(names)
    },
    row(bytes, starts, ends, count, line) {
      for (const column of dropped) ends[column] = starts[column] ?? 0
      return sink.row(bytes, starts, ends, count, line)
    },
    reject: sink.reject,
  }
}

/** What stands before a formula in a rejects file is no part of the value. */
function isGuarded(bytes: Buffer, from: number, to: number): boolean {
  if (bytes[from] !== APOSTROPHE) return false
  const cell = bytes.toString('utf8', from, to)
  return unguarded(cell) !== cell
}

/** Gives the rows of a rejects file as rows of the file they were refused from; those of others as they are. */
export function withoutRejectColumns(sink: RowSink): RowSink {
  let width = Number.POSITIVE_INFINITY
  return {
    columns(names) {
      const own = names.length - REJECT_COLUMNS.length
      const rejects = own > 0 && REJECT_COLUMNS.every((name, i) => names[own + i] === name)
      width = rejects ? own : Number.POSITIVE_INFINITY
      sink.columns(rejects ? names.slice(0, own) : names)
    },
    row(bytes, starts, ends, count, line) {
      if (width === Number.POSITIVE_INFINITY) return sink.row(bytes, starts, ends, count, line)
      const own = Math.min(count, width)
      for (let i = 0; i < own; i++) {
        const start = starts[i] ?? 0
        if (isGuarded(bytes, start, ends[i] ?? 0)) starts[i] = start + 1
      }
      return sink.row(bytes, starts, ends, own, line)
    },
    reject: sink.reject,
  }
}
