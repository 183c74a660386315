import type { RejectCode } from './row-sink.ts'

/** A row that was refused. */
export interface Reject {
  readonly line: number
  readonly code: RejectCode
  /** The value and what was expected. */
  readonly detail: string
  /** The row as it stands in the file, cut short. */
  readonly text: string
}

/** So many are shown; all of them are in the rejects file. */
export const REJECTS_SHOWN = 20

export const REJECTS_HEADER = 'file,line,reason,detail,row\n'

/** A row of the rejects file. */
export function rejectLine(file: string, { line, code, detail, text }: Reject): string {
  return `${quoted(file)},${line},${code},${quoted(detail)},${quoted(text)}\n`
}

// TRICKY: a cell that begins with one of =+-@ is a formula to spreadsheets, and the row came from outside.
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
