import {
  COLUMN_ROLES,
  type ColumnRole,
  type ImportOptions,
  sourceSaid,
} from '../import/import-options.ts'
import type { Detection } from '../import/detection.ts'
import type { DetectionProblem, FoundColumn } from '../import/found-column.ts'
import { moneyColumn } from '../import/money-text.ts'
import type { DecimalMark } from '../import/number-text.ts'
import { columnSamples, type ColumnSample, examplesOf, type Sample } from '../import/sample.ts'
import { findTimeFormat } from '../import/time-format.ts'
import { readTime, saysZone, type TimeFormat } from '../import/time-text.ts'
import { UTC, zoneNamed } from '../import/zone.ts'
import { exportKindOf, type ExportKind, KNOWN_EXPORTS } from './known-exports.ts'

/** The kind that a file is read as; null: it is a table whose columns are found one by one. */
export function readAs(sample: Sample, options: ImportOptions): ExportKind | null {
  if (options.as === 'table') return null
  if (options.as !== undefined) return options.as
  // Whoever names a column reads the file as a table.
  const named = [...COLUMN_ROLES, 'eventName'] as const
  return named.some((role) => options[role] !== undefined) ? null : exportKindOf(sample)
}

/** What a known export's columns are. Which they are is known; how its times are written may have to be asked. */
export function detectExport(
  kind: ExportKind,
  sample: Sample,
  options: ImportOptions,
  defaultZone: string,
): Detection {
  const { reads, utc = false } = KNOWN_EXPORTS[kind]
  const columns = columnSamples(sample)
  const reading = (role: ColumnRole) =>
    (reads[role] ?? []).flatMap((name) => columns.find((column) => column.name === name) ?? [])
  const found = COLUMN_ROLES.flatMap((role): readonly FoundColumn[] => {
    const read = reading(role)
    return read.length === 0 ? [] : [foundColumn(role, read)]
  })
  const times = reading('time')
  const zone = options.tz ?? (utc ? UTC.name : defaultZone)
  const { timeFormat, problems } = timesOf(times, options)
  const saysItself = (text: string) =>
    EPOCH.test(text) || saysZone(text, 'iso') || saysZone(text, timeFormat)
  const zoneless = !utc && times.some(({ filled }) => !filled.every(saysItself))
  if (options.tz !== undefined && zoneNamed(options.tz) === null) {
    problems.push({ code: 'zone-unknown', asked: options.tz })
  }
  for (const role of COLUMN_ROLES) {
    const asked = options[role]
    if (asked !== undefined) problems.push({ code: 'columns-of-export', role, asked })
  }
  for (const role of ['customer', 'time'] as const) {
    if (reading(role).length > 0) continue
    problems.push({ code: 'export-lacks', role, expected: reads[role] ?? [] })
  }
  const { decimal, ambiguous } = decimalOf(reading('value'), options)
  problems.push(...ambiguous)
  if (options.anyId === true) {
    problems.push({ code: 'columns-of-export', role: 'customer', asked: 'any id' })
  }
  if (sample.rows.length === 0) problems.push({ code: 'no-rows' })
  const [customer = '', anonymous = null] = reading('customer').map(({ name }) => name)
  return {
    columns: sample.columns,
    export: kind,
    found,
    problems,
    unused: [],
    zoneAssumed: options.tz === undefined && zoneless,
    zoneless,
    mapping:
      problems.length > 0
        ? null
        : {
            export: kind,
            customer,
            anonymous,
            time: times[0]?.name ?? '',
            clock: null,
            timeFormat,
            zone,
            event: null,
            eventName: '',
            value: [],
            decimal,
            id: null,
            channel: null,
            url: null,
            currency: null,
            currencyCode: '',
            order: null,
            ...sourceSaid(options),
          },
  }
}

function foundColumn(role: ColumnRole, columns: readonly ColumnSample[]): FoundColumn {
  return {
    role,
    columns: columns.map(({ name }) => name),
    text: null,
    confidence: 'sure',
    reason: { kind: 'export' },
    examples: columns.flatMap(examplesOf).slice(0, 3),
  }
}

/** Where only numbers like `1.000` stand, which are 1 or 1000, that is asked, as of any table. */
function decimalOf(
  columns: readonly ColumnSample[],
  { decimal }: ImportOptions,
): { readonly decimal: DecimalMark; readonly ambiguous: readonly DetectionProblem[] } {
  if (decimal !== undefined) return { decimal, ambiguous: [] }
  const { mark, example } = moneyColumn(columns.flatMap(({ filled }) => filled))
  const [column] = columns
  if (mark !== 'undecidable') return { decimal: mark, ambiguous: [] }
  const { name } = column ?? { name: '' }
  const problem = { code: 'value-ambiguous', column: name, example: example ?? '' } as const
  return { decimal: null, ambiguous: [problem] }
}

interface Times {
  readonly timeFormat: TimeFormat
  readonly problems: DetectionProblem[]
}

/** Days and months that could be either are asked for, as of any table. */
function timesOf(columns: readonly ColumnSample[], { timeFormat }: ImportOptions): Times {
  if (timeFormat !== undefined) return { timeFormat, problems: [] }
  for (const { name, filled } of columns) {
    // What says itself how it is written needs no format.
    const written = filled.filter(
      (text) => readTime(text, 'iso', UTC) === null && !EPOCH.test(text),
    )
    const best = findTimeFormat(written)
    if (best === null) continue
    const { format, rival } = best
    if (rival === null) return { timeFormat: format, problems: [] }
    const formats = [format, rival]
    const example = written[0] ?? ''
    const problem = { code: 'time-ambiguous', column: name, example, formats } as const
    return { timeFormat: format, problems: [problem] }
  }
  return { timeFormat: 'iso', problems: [] }
}

const EPOCH = /^\d{9,19}(\.\d+)?$/
