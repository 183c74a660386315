import type { importLook, importView } from '@parcurs/contract'
import { KNOWN_EXPORTS } from '@parcurs/domain'
import type { z } from 'zod'
import { countOf, countText, pluralOf } from './number-text.ts'

export type Look = z.output<typeof importLook>
export type View = z.output<typeof importView>
type Found = Look['found'][number]

const WHY: Readonly<Record<Found['reason']['kind'], string>> = {
  given: 'as you said',
  name: 'by its name',
  content: 'by its content',
  product: 'quantity times price',
  money: 'no column names the event; the rows carry money',
  pages: 'no column names the event; the rows carry pages',
  fuller: 'fuller than a column with a better name',
  export: 'as this export keeps it',
  'nothing-better': 'a guess: no column says it better',
}

const WHY_NOT: Readonly<Record<Look['unused'][number]['why'], string>> = {
  'order-lines': 'its rows are lines with money of their own, and each counts',
  'not-unique': 'rows that share a value differ',
  'not-amounts': 'most of its values are no amounts',
}

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
}

const FORMATS = {
  xlsx: 'Excel workbook',
  csv: 'CSV',
  jsonl: 'JSON lines',
  parquet: 'Parquet',
  xes: 'XES',
}

function documentText({
  path,
  beside,
}: NonNullable<NonNullable<Look['file']>['document']>): string {
  if (path === '') return 'JSON'
  const rest = beside.length === 0 ? '' : ` (beside it, not read: ${beside.join(', ')})`
  return `JSON, the list '${path}'${rest}`
}

const TOLD = { content: ', told by content (--encoding)', mark: '', given: '' }

export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`
}

/** What was detected, one line a role. */
export function lookLines(look: Look): string[] {
  const { file, found, unused, timeFormat, zone, zoneAssumed, sample } = look
  const lines: string[] = []
  if (file !== null) {
    const parts = [
      file.document === null ? FORMATS[file.format] : documentText(file.document),
      ...(file.delimiter === null ? [] : [`by ${DELIMITERS[file.delimiter] ?? file.delimiter}`]),
      ...(file.gzip ? ['gzipped'] : []),
      ...(file.encoding === 'utf-8'
        ? []
        : [`${file.encoding}${TOLD[file.encodingTold ?? 'given']}`]),
      ...(file.skippedLines === 0
        ? []
        : [`${countOf(file.skippedLines, 'line')} above the header skipped (--skip)`]),
      ...(file.header ? [] : ['no header line']),
    ]
    lines.push(parts.join(', '))
    if (file.format === 'xes' && look.columns.includes('lifecycle:seconds')) {
      lines.push(
        'a start and its completion are one event, lifecycle:seconds apart (--lifecycle all)',
      )
    }
  }
  if (look.export !== null) {
    lines.push(
      `this looks like an export of ${KNOWN_EXPORTS[look.export].title} and is read as one (--as table: as a plain table)`,
    )
  }
  const width = Math.max(0, ...found.map((one) => filling(one).length))
  for (const one of found) {
    const notes = [WHY[one.reason.kind]]
    if (one.role === 'time' && timeFormat !== null) notes.push(timeFormat)
    if (one.role === 'time' && zone !== null) {
      notes.push(zoneAssumed ? `without a zone, read as ${zone} (--tz)` : zone)
    }
    const examples = one.examples.length === 0 ? '' : `  e.g. ${one.examples.map(short).join(', ')}`
    lines.push(
      `${one.role.padEnd(9)} ${filling(one).padEnd(width)}  ${notes.join('; ')}${examples}`,
    )
  }
  for (const { role, column, why } of unused) {
    lines.push(`${column} is not used as ${role}: ${WHY_NOT[why]} (--${role} ${column} uses it)`)
  }
  for (const example of sample.examples.slice(0, 3)) {
    const time = example.timeMs === null ? '?' : new Date(example.timeMs).toISOString()
    const value = example.value === null ? '' : `  ${example.value}`
    lines.push(`  → ${time}  ${short(example.customer)}  ${short(example.event)}${value}`)
  }
  return lines
}

function filling({ columns, text, reason }: Found): string {
  // A product of two; of an export, whichever is filled.
  return text === null
    ? columns.join(reason.kind === 'export' ? ', ' : ' × ')
    : `'${text}' (all rows)`
}

function short(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text
}

/** How far it is, on one line. */
export function progressLine({ progress, sizeBytes }: View): string {
  const share = sizeBytes === 0 ? 1 : Math.min(1, progress.bytesRead / sizeBytes)
  const rate = progress.rate === null ? '' : `, ${countText(progress.rate)} rows/s`
  return `${Math.round(share * 100)} %  ${countOf(progress.rows, 'row')}${rate}`
}

/** What became of the file. */
export function outcomeLines(view: View): string[] {
  const { progress, dryRun, state, problem, rejects, collisions } = view
  const seconds = ((progress.endedMs ?? 0) - (progress.startedMs ?? 0)) / 1000
  const done = dryRun
    ? `dry run, nothing stored: ${countOf(progress.stored, 'event')} would be`
    : `${countOf(progress.stored, 'event')} stored`
  const repeated =
    progress.repeated === 0
      ? ''
      : `, ${countText(progress.repeated)} ${pluralOf(progress.repeated, 'was', 'were')} there already`
  const stated = progress.stated === 0 ? '' : `, ${countText(progress.stated)} said who somebody is`
  const rate = progress.rate === null ? '' : `, ${countText(progress.rate)} rows/s`
  const collided =
    progress.collided === 0 ? '' : `, ${countText(progress.collided)} with the id of another`
  const lines = [
    `${done}${repeated}${collided}${stated}, ${countText(progress.rejected)} of ${countOf(progress.rows, 'row')} refused (${seconds.toFixed(1)} s${rate})`,
  ]
  if (progress.repeated > 0 && progress.stored === 0 && !dryRun) {
    lines.push(
      'these rows are here already; to read them anew, with other columns for instance: parcurs import FILE --replace',
    )
  }
  if (progress.replaced > 0) {
    lines.push(`${countOf(progress.replaced, 'event')} of the import that was there taken away`)
  }
  if (progress.collided > 0) {
    lines.push(
      `${countOf(progress.collided, 'row')} not stored: the id is here already with other content`,
      ...collisions.map(collisionText),
    )
    if (progress.collided > collisions.length) {
      lines.push(`  … and ${countText(progress.collided - collisions.length)} more`)
    }
  }
  for (const { currency, events, amount } of progress.otherMoney) {
    lines.push(
      `${countOf(events, 'event')} with ${countText(amount)} ${currency} in all: kept, but this workspace counts ${progress.currency} (convert the column, or give the rows a workspace in ${currency})`,
    )
  }
  for (const [code, n] of Object.entries(progress.rejectsByCode)) {
    lines.push(`  ${countText(n)} ${code}`)
  }
  for (const { line, detail } of rejects) lines.push(`  line ${line}: ${detail}`)
  if (progress.rejected > rejects.length && rejects.length > 0) {
    lines.push(`  … and ${countText(progress.rejected - rejects.length)} more`)
  }
  if (state === 'failed' && problem !== null) lines.push(`failed: ${problem.detail}`)
  return lines
}

/** Where both stand, and what each says. */
function collisionText({ line, id, place, differs }: View['collisions'][number]): string {
  const by = place.name === null ? (place.row === null ? 'a call' : 'an import') : place.name
  const there = place.row === null ? by : `row ${place.row} of ${by}`
  const said = differs.map(
    ({ what, name, here, there }) =>
      `${what === 'property' ? name : what} '${here}', there '${there}'`,
  )
  return `  line ${line}: id '${id}' is that of ${there}: ${said.join('; ')}`
}

/** What is to be known of an import that was stopped. */
export function stoppedLines({ importId, name, progress }: View): string[] {
  return [
    `stopped: ${countOf(progress.stored, 'event')} of ${name} ${pluralOf(progress.stored, 'is', 'are')} stored`,
    'to go on, import the file again (--keep): what is stored is not stored twice',
    `to take them away: parcurs imports delete ${importId} --yes`,
  ]
}
