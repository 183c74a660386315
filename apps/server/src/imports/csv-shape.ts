/** How a file of rows is cut into lines and fields. */
export interface CsvShape {
  /** One ASCII character. */
  readonly delimiter: string
  /** Absent a header, columns are called column_1, column_2, … */
  readonly header: boolean
  /** Line ends are \r alone, as old spreadsheets write them. */
  readonly carriageReturns: boolean
  /** Lines before the header that are passed over: `sep=;`, titles, comments, what is blank between. */
  readonly skip: number
}

export interface CsvOptions {
  readonly delimiter?: string
  readonly skip?: number
}

const DELIMITERS = [',', '\t', ';', '|']
const SEP_LINE = /^"?sep=([^"\r\n])"?(?=\r|\n|$)/i
const LOOKED_AT = 200

/** @returns null: no delimiter cuts the lines into columns. @param whole the text is the whole file */
export function csvShape(text: string, whole: boolean, asked: CsvOptions): CsvShape | null {
  const carriageReturns = endsLinesWithReturns(text)
  const newline = carriageReturns ? '\r' : '\n'
  const said = SEP_LINE.exec(text)?.[1]
  const delimiters = asked.delimiter ?? said
  const tried = delimiters === undefined ? DELIMITERS : [delimiters]
  const tables = tried.map((delimiter) => {
    const records = recordsOf(text, newline, delimiter)
    if (!whole && records.length > 1 && records.length < LOOKED_AT) records.pop()
    const from = asked.skip ?? (said === undefined ? 0 : 1)
    return { delimiter, records: records.filter(({ line }) => line >= from) }
  })
  const best = tables
    .map((table) => ({ ...table, ...widthOf(table.records) }))
    .reduce((a, b) => (b.score > a.score ? b : a))
  const given = delimiters !== undefined
  if (!given && best.score <= 0.1) return null
  const { delimiter, records, width } = best
  const header = asked.skip === undefined ? headerOf(records, width) : records[0]
  return {
    delimiter,
    header: header === undefined || !looksLikeData(header.fields),
    carriageReturns,
    skip: asked.skip ?? Math.max(header?.line ?? 0, said === undefined ? 0 : 1),
  }
}

/** Whether \r ends the lines, though \n may stand inside quotes. */
function endsLinesWithReturns(text: string): boolean {
  let quoted = false
  for (let i = 0; i < Math.min(text.length, 1_000_000); i++) {
    const letter = text[i]
    if (letter === '"') quoted = !quoted
    else if (quoted) continue
    else if (letter === '\n') return false
    else if (letter === '\r') return text[i + 1] !== '\n'
  }
  return false
}

interface Record {
  /** Lines before it. */
  readonly line: number
  readonly fields: readonly string[]
}

/** The first records that are not blank. */
function recordsOf(text: string, newline: string, delimiter: string): Record[] {
  const records: Record[] = []
  let fields: string[] = []
  let begun = 0
  let line = 0
  let field = 0
  let quoted = false
  for (let i = 0; i <= text.length && records.length < LOOKED_AT; i++) {
    const letter = text[i]
    if (letter === '"' && (quoted || i === field)) quoted = !quoted
    if (letter === newline) line++
    if (quoted && letter !== undefined) continue
    if (letter !== delimiter && letter !== newline && letter !== undefined) continue
    fields.push(text.slice(field, i).trim())
    field = i + 1
    if (letter === delimiter) continue
    if (fields.some((one) => one !== '')) records.push({ line: begun, fields })
    fields = []
    begun = line
  }
  return records
}

/** The number of fields that most records have, and how much that looks like a table. */
function widthOf(records: readonly Record[]): { readonly width: number; readonly score: number } {
  const counts = new Map<number, number>()
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1)
  const ranked = [...counts].filter(([width]) => width > 1).sort((a, b) => b[1] - a[1])
  const [width, alike] = ranked[0] ?? [1, 0]
  const share = records.length === 0 ? 0 : alike / records.length
  // A delimiter behind every row is no column.
  const wide = records.filter(({ fields }) => fields.length === width)
  const ends = width > 2 && wide.every(({ fields }) => fields.at(-1) === '')
  return { width: ends ? width - 1 : width, score: share * Math.min(1, 0.5 + width / 20) }
}

/** The first record that is as wide as the table and filled like a header; titles and comments are neither. */
function headerOf(records: readonly Record[], width: number): Record | undefined {
  const fits = ({ fields }: Record) =>
    (fields.length === width || (fields.length === width + 1 && fields.at(-1) === '')) &&
    fields.filter((field) => field !== '').length >= Math.max(2, (width - 1) * 0.6) &&
    !/^"?(?:#|\/\/)\s/.test(fields[0] ?? '')
  const at = records.slice(0, 50).findIndex(fits)
  const found = records[at]
  const before = records[at - 1]
  // A header that lacks a name is one all the same: its rows are refused in words, not read under wrong names.
  const lacks = before?.fields.length === width - 1 && before.fields.every((name) => name !== '')
  const data = found?.fields.some((field) => /\d/.test(field) && !/[^\W\d_]/.test(field)) === true
  return lacks && data ? before : (found ?? records[0])
}

// Names of columns are no dates and no numbers.
function looksLikeData(fields: readonly string[]): boolean {
  return fields.some((field) =>
    /^"?\s*(\d{4}-\d{2}-\d{2}([ T].*)?|-?\d+\.\d+|\d{8,})\s*"?$/.test(field),
  )
}
