import type { DetectionProblem } from './found-column.ts'

/** A detection problem in one English sentence that says what to do; `columns` are those of the file. */
export function problemText(problem: DetectionProblem, columns: readonly string[]): string {
  const list = listed(columns)
  switch (problem.code) {
    case 'column-unknown':
      return `--${problem.role}: no column '${problem.asked}'; the columns are ${list}`
    case 'time-not-found':
      return `no column holds times; name one with --time; the columns are ${list}`
    case 'customer-not-found':
      return `no column says whose event a row is; name one with --customer; the columns are ${list}`
    case 'time-not-readable':
      return `column '${problem.column}' holds no times that can be read, such as ${listed(problem.examples)}; expected 2026-01-31 12:00:00, 2026-01-31T12:00:00Z, 20260131, 31 Jan 2026, 31/01/2026, a spreadsheet's day number, or seconds, milliseconds or microseconds since 1970`
    case 'time-ambiguous':
      return `column '${problem.column}' holds dates like '${problem.example}' whose day and month cannot be told apart; say --time-format ${problem.formats.join(' or ')}`
    case 'value-not-numeric':
      return `column '${problem.column}' holds no numbers, such as ${listed(problem.examples)}`
    case 'value-ambiguous':
      return `column '${problem.column}' holds numbers like '${problem.example}', which may be written with a decimal point or a decimal comma; say --decimal point or comma`
    case 'zone-unknown':
      return `--tz: no time zone '${problem.asked}'; expected an IANA name such as Europe/Athens, or +02:00`
    case 'columns-of-export':
      return `the file is read as an export, which has its own columns: --as table reads it as a plain one, with '${problem.asked}' as ${problem.role}`
    case 'export-lacks':
      return `the export keeps ${problem.role} in ${listed(problem.expected)}, which the file has not; the columns are ${list}; --as table reads it as a plain one`
    case 'event-twice':
      return 'say --event (a column) or --event-name (one name for all rows), not both'
    case 'no-rows':
      return 'the file has no rows that can be read'
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 40).map((name) => `'${name}'`)
  return `${shown.join(', ')}${names.length > 40 ? ` and ${names.length - 40} more` : ''}`
}
