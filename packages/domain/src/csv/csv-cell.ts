// What people take along as CSV is opened in spreadsheets, and much of it came from strangers: names, ids, paths.
// A cell that a spreadsheet would run as a formula gets an apostrophe before it. Numbers stay numbers, ids of phones
// (`+359888123456`) too. The store writes by the same patterns, so they are plain: no look-ahead.

/** Where a formula begins: = + - @, also as wide characters, a tab, an end of line; behind apostrophes, which are ours. */
export const FORMULA_START = "^'*[=+@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20-]"
/** What begins so and is none. */
export const SIGNED_NUMBER = "^'*[+-]\\d*\\.?\\d+([eE][+-]?\\d+)?$"

const starts = new RegExp(FORMULA_START)
const isNumber = new RegExp(SIGNED_NUMBER)

/** The text as a cell that is no formula; `unguarded` gives it back. */
export function guarded(text: string): string {
  return starts.test(text) && !isNumber.test(text) ? `'${text}` : text
}

/** The text that was guarded; any other as it is. */
export function unguarded(cell: string): string {
  const text = cell.slice(1)
  return cell.startsWith("'") && guarded(text) === cell ? text : cell
}

/** One cell of a row by commas (RFC 4180), guarded. */
export function csvCell(text: string): string {
  const safe = guarded(text)
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const CELL_AND_END = /("(?:[^"]|"")*"?[^,]*|[^,]*)(,|$)/g

/** A row by commas as it came from somewhere else, each of its cells guarded where it stands. */
export function guardedRow(row: string): string {
  return row.replaceAll(CELL_AND_END, (_, cell: string, end: string) => {
    if (!cell.startsWith('"')) return `${guarded(cell)}${end}`
    const text = cell.slice(1).replace(/"$/, '').replaceAll('""', '"')
    return guarded(text) === text ? `${cell}${end}` : `"'${cell.slice(1)}${end}`
  })
}
