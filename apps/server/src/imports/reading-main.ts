import { parentPort, workerData } from 'node:worker_threads'
import { eventHashes } from './event-hashes.ts'
import { encoderOf } from './encoder-of.ts'
import type { EventChunk } from './event-chunk.ts'
import { lookAt } from './look.ts'
import { MoneyCount } from './money-count.ts'
import { RowOccurrences } from './occurrences.ts'
import type { ReadingCounts, ReadingReport, ReadingTask } from './reading-thread.ts'
import type { ReadRow } from './read-row.ts'
import { REJECTS_SHOWN, type Reject, rejectJson, rejectLine, rejectsHeader } from './reject.ts'
import { isBrokenFile, piecesOf, rowReader } from './row-reader.ts'
import type { RejectCode, RowSink } from './row-sink.ts'
import { unpack } from './unpack.ts'
import { ArchiveRefused } from './zip-file.ts'

// The reading thread: files are parsed here, so that the program goes on answering meanwhile.

/** Chunks end after so many rows or bytes, whichever comes first: always at the same row of a file. */
const CHUNK_ROWS = 50_000
const CHUNK_BYTES = 16_777_216
/** Chunks that wait to be prepared while the next is read. */
const AHEAD = 2
const REJECT_CHARS = 4_000_000

const port = parentPort
if (port === null) throw new Error('reading-main is a thread of the program')

const task: ReadingTask = workerData
let credit = AHEAD
let wake: (() => void) | null = null
port.on('message', () => {
  credit++
  wake?.()
})

async function send(report: ReadingReport): Promise<void> {
  while (credit === 0) {
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
  wake = null
  credit--
  const chunk = report.kind === 'chunk' ? report.chunk : null
  port?.postMessage(report, chunk === null ? [] : buffersOf(chunk))
}

/** Handed over, not copied. */
function buffersOf({ events, formerWords }: EventChunk): ArrayBuffer[] {
  const { bytes, ends } = events
  return [bytes, ends, formerWords].flatMap((held) => (held === null ? [] : [held.buffer]))
}

async function run(task: ReadingTask & { readonly kind: 'run' }): Promise<void> {
  let bytesRead = 0
  let rows = 0
  let rejected = 0
  const money = new MoneyCount()
  const byCode: Partial<Record<RejectCode, number>> = {}
  // Columns of CSV hold for the whole file; those of other formats come as they are met.
  const fixed = task.shape.format === 'csv'
  let columns: readonly string[] | null = null
  let rejectLines = ''
  const beforeColumns: Reject[] = []
  let rejectsShown: Reject[] = []
  const ready: { readonly chunk: EventChunk | null; readonly counts: ReadingCounts }[] = []

  const counts = (): ReadingCounts => ({
    bytesRead,
    rows,
    rejected,
    stated: encoder.statedSoFar,
    rejectsByCode: { ...byCode },
    money: money.counts,
  })
  // The fields of the row that is being read, by their columns: what a refusal of a format without a header names.
  let current: (() => Readonly<Record<string, string>>) | null = null
  const refuse: RowSink['reject'] = (line, code, detail, text, fields) => {
    const reject: Reject = { line, code, detail, text, ...(fields === undefined ? {} : { fields }) }
    if (rejected++ < REJECTS_SHOWN) rejectsShown.push({ line, code, detail, text })
    byCode[code] = (byCode[code] ?? 0) + 1
    if (!fixed) rejectLines += rejectJson(task.name, reject, current?.() ?? null)
    else if (columns === null) beforeColumns.push(reject)
    else rejectLines += rejectLine(task.name, reject, columns)
  }
  const head = (names: readonly string[]) => {
    columns = names
    const early = beforeColumns.splice(0)
    rejectLines += rejectsHeader(names)
    for (const reject of early) rejectLines += rejectLine(task.name, reject, names)
  }
  const encoder = encoderOf(
    {
      mapping: task.mapping,
      workspaceId: task.workspaceId,
      source: task.source,
      latestMs: task.latestMs,
      hashes: eventHashes(task.workspaceId),
      occurrences: new RowOccurrences(),
      formerOccurrences: task.former ? new RowOccurrences() : null,
      money,
    },
    refuse,
  )
  const reader = rowReader(task.shape, {
    columns: (names, own) => {
      if (!fixed) columns = names
      else if (columns === null) head(names)
      encoder.columns(names, own)
    },
    row: (bytes, starts, ends, count, line, cells) => {
      rows++
      current = () => fieldsOf(columns ?? [], { bytes, starts, ends, count })
      encoder.row(bytes, starts, ends, count, line, cells)
      current = null
      if (encoder.rows < CHUNK_ROWS && encoder.sizeBytes < CHUNK_BYTES) return
      ready.push({ chunk: encoder.take(), counts: counts() })
    },
    reject: (...reject) => {
      rows++
      encoder.passed()
      refuse(...reject)
    },
  })
  const deliver = async (end: null | { readonly broken: string | null }) => {
    if (end !== null) ready.push({ chunk: encoder.take(), counts: counts() })
    else if (ready.length === 0 && rejectLines.length > REJECT_CHARS) {
      ready.push({ chunk: null, counts: counts() })
    }
    while (ready.length > 0) {
      const [next] = ready.splice(0, 1)
      if (next === undefined) break
      const last = ready.length === 0
      // The rejects go with the chunk that is sent last, so none goes before its row is counted.
      const more = last ? { rejectLines, rejectsShown } : { rejectLines: '', rejectsShown: [] }
      if (last) {
        rejectLines = ''
        rejectsShown = []
      }
      await send({ kind: 'chunk', ...next, ...more, end: last ? end : null })
    }
  }

  let broken: string | null = null
  try {
    const read = (bytes: number) => {
      bytesRead += bytes
    }
    for await (const piece of piecesOf(task.path, task.shape, read)) {
      reader.push(piece)
      await deliver(null)
    }
  } catch (error) {
    if (!isBrokenFile(error)) throw error
    broken = error.message
  }
  reader.end(broken !== null)
  encoder.end()
  if (fixed && columns === null) head([])
  await deliver({ broken })
}

function fieldsOf(
  columns: readonly string[],
  { bytes, starts, ends, count }: Pick<ReadRow, 'bytes' | 'starts' | 'ends' | 'count'>,
): Readonly<Record<string, string>> {
  const fields: [string, string][] = []
  for (let i = 0; i < count; i++) {
    const text = bytes.toString('utf8', starts[i], ends[i])
    if (text !== '') fields.push([columns[i] ?? '', text])
  }
  return Object.fromEntries(fields)
}

async function unpacked(task: ReadingTask & { readonly kind: 'unpack' }): Promise<ReadingReport> {
  try {
    return { kind: 'unpacked', unpacked: await unpack(task.path, task) }
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error
    return { kind: 'refused', detail: error.message }
  }
}

async function main(): Promise<void> {
  if (task.kind === 'run') return await run(task)
  if (task.kind === 'unpack') return await send(await unpacked(task))
  await send({ kind: 'looked', look: await lookAt(task.path, task.options, task) })
}

main().catch(async (error: unknown) => {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  await send({ kind: 'failed', message })
})
