import {
  type Detection,
  detect,
  type ExportKind,
  exportRowOf,
  KNOWN_EXPORTS,
  type Unfolded,
  joined,
  type ImportOptions,
  type Mapping,
  readAs,
  readNumber,
  readTime,
  type Sample,
  UTC,
  zoneNamed,
  NO_SOURCE,
} from '@parcurs/domain'
import { headOf } from './byte-source.ts'
import { encoderOf } from './encoder-of.ts'
import { eventHashes } from './event-hashes.ts'
import { type FileShape, fileShape, type ShapeOptions, type ShapeProblem } from './file-shape.ts'
import { type MessageWords, WORDS } from '../log/message-words.ts'
import { wordsOf } from '../log/prepared-events.ts'
import { MoneyCount } from './money-count.ts'
import { RowOccurrences } from './occurrences.ts'
import { REJECTS_SHOWN, type Reject } from './reject.ts'
import { isBrokenFile, piecesOf, rowReader } from './row-reader.ts'
import type { RowCells, RowSink } from './row-sink.ts'

const HEAD_BYTES = 4_194_304
const XES_HEAD_BYTES = 67_108_864
const SAMPLE_ROWS = 2000
const EXAMPLES = 5
/** So many events of the sample are looked for among those that are stored. */
const RECOGNISED = 1000

/** One event as the sample would give it. */
export interface ExampleEvent {
  readonly customer: string
  readonly timeMs: number | null
  readonly event: string
  readonly value: number | null
}

export interface SampleOutcome {
  /** Rows of the sample, refused ones included. */
  readonly rows: number
  readonly rejected: number
  readonly rejects: readonly Reject[]
  readonly examples: readonly ExampleEvent[]
}

export type Look =
  | { readonly ok: false; readonly problem: ShapeProblem | UnreadableProblem }
  | {
      readonly ok: true
      readonly shape: FileShape
      readonly detection: Detection
      /** What reading the first rows gives; nothing is stored. */
      readonly sample: SampleOutcome
      readonly messages: SampleMessages
    }

/** What the first rows are known by. */
export interface SampleMessages {
  readonly words: MessageWords
  /** By their raw cells, where they have ids of their own; null: none has. */
  readonly cells: MessageWords | null
}

export interface UnreadableProblem {
  readonly code: 'file-unreadable'
  readonly detail: string
}

/** Looks at the first rows of a file: what it is, what its columns are, what would become of them. */
export async function lookAt(
  path: string,
  options: ImportOptions & ShapeOptions,
  {
    latestMs,
    defaultZone,
    workspaceId,
  }: { readonly latestMs: number; readonly defaultZone: string; readonly workspaceId: number },
): Promise<Look> {
  const { gzip, head, whole } = await headOf(path, HEAD_BYTES)
  const found = fileShape(head, { gzip, whole }, options)
  if (!found.ok) return found
  const { shape } = found
  let sampled: Sampled
  try {
    sampled = await sampleOf(path, shape)
  } catch (error) {
    if (!isBrokenFile(error)) throw error
    return { ok: false, problem: { code: 'file-unreadable', detail: error.message } }
  }
  const { pieces, rejects, complete } = sampled
  const asked = { ...marked(shape), ...options }
  // An export has JSON in its cells as it has it; of a table it is columns.
  const known = readAs(sampled.cells, asked) !== null
  const sample = known ? sampled.cells : sampled.sample
  const detection = detect(sample, known ? asked : { ...asked, as: 'table' }, defaultZone)
  const { mapping } = detection
  if (mapping === null) {
    const rows = sample.rows.length + rejects.length
    const shown = rejects.slice(0, REJECTS_SHOWN)
    const outcome = { rows, rejected: rejects.length, rejects: shown, examples: [] }
    return { ok: true, shape, detection, sample: outcome, messages: NO_MESSAGES }
  }
  const first = { shape, pieces, complete, mapping, latestMs, workspaceId }
  const { words, ...tried } = tryRows(first)
  const named = mapping.id !== null || mapping.export !== null || mapping.source !== undefined
  const cells = named ? tryRows({ ...first, byCells: true, limit: RECOGNISED }).words : null
  const examples =
    mapping.export === null
      ? sample.rows.slice(0, EXAMPLES).map((row) => exampleOf(row, sample, mapping))
      : unfoldedExamples(sample, mapping, mapping.export)
  return {
    ok: true,
    shape,
    detection,
    sample: { ...tried, examples },
    messages: { words, cells },
  }
}

const NO_MESSAGES: SampleMessages = { words: new Uint32Array(0), cells: null }

/** Numbers of typed formats are written with a point, whatever they look like. */
function marked({ format }: FileShape): Pick<ImportOptions, 'decimal'> {
  return format === 'csv' ? {} : { decimal: 'point' }
}

interface Sampled {
  readonly pieces: readonly Buffer[]
  /** The pieces are the whole file. */
  readonly complete: boolean
  readonly sample: Sample
  /** The same rows as they stand in the file, without the columns that were found in their cells. */
  readonly cells: Sample
  readonly rejects: readonly Reject[]
}

/** Enough of the file to see its columns: the first megabytes, or the first rows of a Parquet file. */
async function sampleOf(path: string, shape: FileShape): Promise<Sampled> {
  let columns: readonly string[] = []
  let own = 0
  const rows: string[][] = []
  const cellRows: string[][] = []
  const rejects: Reject[] = []
  const reader = rowReader(shape, {
    columns: (names, given = names.length) => {
      columns = names
      own = given
    },
    row: (bytes, starts, ends, count, _line, cells) => {
      if (rows.length >= SAMPLE_ROWS) return
      const row = textsOf({ bytes, starts, ends, count })
      rows.push(row)
      cellRows.push(cells === undefined ? row : textsOf(cells))
    },
    reject: (line, code, detail, text) => void rejects.push({ line, code, detail, text }),
  })
  // TRICKY: process logs may begin with megabytes about the log itself (6.7 of them in BPI 2012).
  const enough = () => rows.length > 0 || shape.format !== 'xes'
  const pieces: Buffer[] = []
  let size = 0
  let complete = true
  try {
    for await (const piece of piecesOf(path, shape, () => {}, SAMPLE_ROWS)) {
      pieces.push(piece)
      size += piece.length
      // A copy: a reader may undouble quotes in place, and the pieces are read once more.
      reader.push(Buffer.from(piece))
      if (size < HEAD_BYTES || (!enough() && size < XES_HEAD_BYTES)) continue
      complete = false
      break
    }
  } catch (error) {
    // A file that breaks off later can be looked at; one that gives nothing cannot.
    if (!isBrokenFile(error) || size === 0) throw error
    complete = false
  }
  reader.end(!complete)
  const cells = { columns: columns.slice(0, own), rows: cellRows }
  return { pieces, complete, sample: { columns, rows }, cells, rejects }
}

function textsOf({ bytes, starts, ends, count }: RowCells): string[] {
  return Array.from({ length: count }, (_, i) =>
    bytes.toString('utf8', starts[i], ends[i]).slice(0, 1000),
  )
}

interface Tried {
  readonly shape: FileShape
  readonly pieces: readonly Buffer[]
  readonly complete: boolean
  readonly mapping: Mapping
  readonly latestMs: number
  readonly workspaceId: number
  readonly byCells?: boolean
  /** So many events are enough. */
  readonly limit?: number
}

function tryRows({
  shape,
  pieces,
  complete,
  mapping,
  latestMs,
  workspaceId,
  byCells = false,
  limit = Number.POSITIVE_INFINITY,
}: Tried): Omit<SampleOutcome, 'examples'> & { readonly words: MessageWords } {
  let rows = 0
  let rejected = 0
  const rejects: Reject[] = []
  const refuse = (...[line, code, detail, text]: Parameters<RowSink['reject']>) => {
    rejected++
    if (rejects.length < REJECTS_SHOWN) rejects.push({ line, code, detail, text })
  }
  const occurrences = new RowOccurrences()
  const encoder = encoderOf(
    {
      mapping,
      workspaceId,
      source: NO_SOURCE,
      latestMs,
      hashes: eventHashes(workspaceId),
      occurrences,
      formerOccurrences: null,
      money: new MoneyCount(),
      byCells,
    },
    refuse,
  )
  let words: MessageWords | null = null
  const take = () => {
    const chunk = encoder.take()
    if (chunk !== null && chunk.events.ends.length > 0) {
      words ??= wordsOf(chunk.events).slice(0, RECOGNISED * WORDS)
    }
  }
  const reader = rowReader(shape, {
    columns: (names, own) => encoder.columns(names, own),
    row: (...row) => {
      rows++
      encoder.row(...row)
      if (encoder.rows >= 10_000) take()
    },
    reject: (...reject) => {
      rows++
      refuse(...reject)
    },
  })
  for (const piece of pieces) {
    if (encoder.rows >= limit || (words !== null && limit < 10_000)) break
    reader.push(Buffer.from(piece))
  }
  reader.end(!complete)
  encoder.end()
  take()
  return { rows, rejected, rejects, words: words ?? NO_MESSAGES.words }
}

/** The first events of a known export. */
function unfoldedExamples(
  { columns, rows }: Sample,
  { zone, timeFormat, decimal }: Mapping,
  kind: ExportKind,
): readonly ExampleEvent[] {
  const unfolding = KNOWN_EXPORTS[kind].unfold({
    zone: zoneNamed(zone) ?? UTC,
    timeFormat,
    decimal,
  })
  const examples: ExampleEvent[] = []
  const note = (unfolded: readonly Unfolded[]) => {
    for (const one of unfolded) {
      if (one.kind !== 'event') continue
      const { who, timeMs, name, value, order } = one
      const amount = value === null || Number.isNaN(value) ? null : value
      examples.push({
        customer: who.user || who.anonymous || order,
        timeMs,
        event: name,
        value: amount,
      })
    }
  }
  for (const row of rows) {
    note(unfolding.take(exportRowOf(columns, row)))
    if (examples.length >= EXAMPLES) return examples.slice(0, EXAMPLES)
  }
  note(unfolding.end())
  return examples.slice(0, EXAMPLES)
}

function exampleOf(row: readonly string[], { columns }: Sample, mapping: Mapping): ExampleEvent {
  const text = (name: string | null | undefined) =>
    name == null ? '' : (row[columns.indexOf(name)] ?? '').trim()
  const numbers = mapping.value.map((name) => readNumber(text(name), mapping.decimal))
  const known = numbers.filter((number) => number !== null)
  const value =
    known.length === 0 || known.length < numbers.length
      ? null
      : Math.round(known.reduce((a, b) => a * b, 1) * 10_000) / 10_000
  const whole = () =>
    mapping.clock === null ? text(mapping.time) : joined(text(mapping.time), text(mapping.clock))
  return {
    customer: text(mapping.customer) || text(mapping.anonymous),
    timeMs: readTime(whole(), mapping.timeFormat, zoneNamed(mapping.zone) ?? UTC),
    event: mapping.event === null ? mapping.eventName : text(mapping.event),
    value,
  }
}
