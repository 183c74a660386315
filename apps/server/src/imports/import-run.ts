import { on, once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import type { Mapping } from '@parcurs/domain'
import { sql } from 'kysely'
import { StoreFailure } from '../clickhouse/clickhouse.ts'
import type { EventStore } from '../collect/store-events.ts'
import type { EventChunk } from './event-row.ts'
import type { FileShape } from './file-shape.ts'
import type { ImportProgress, ImportRecord } from './import-record.ts'
import type { ReadingReport, ReadingTask } from './reading-thread.ts'
import { REJECTS_HEADER, REJECTS_SHOWN } from './reject.ts'
import { nameKinds, type StoredChunk, storeChunk } from './store-chunk.ts'
import { startThread } from '../program/thread-program.ts'

export interface RunNeeds {
  readonly store: EventStore
  readonly path: string
  readonly rejectsPath: string
  readonly shape: FileShape
  readonly mapping: Mapping
  readonly clock: () => number
  /** Aborting ends the run; what is stored stays, and the run can go on from there. */
  readonly signal: AbortSignal
  /** Called after every chunk; the next waits for it. */
  readonly save: (progress: ImportProgress) => Promise<void>
}

const ATTEMPTS = 30
const PAUSE_MS = 1000

/**
 * Reads a file to its end and stores its events. The file is read in a thread while the chunk before is
 * stored. A run that was interrupted reads the file again from the beginning, which costs seconds, and
 * stores from where it was.
 *
 * @returns the last progress; `problem` says whether the file broke off
 * @throws when aborted, when a store stays away, or when the thread fails
 */
export async function runImport(record: ImportRecord, needs: RunNeeds): Promise<ImportProgress> {
  const { workspaceId, settings, file } = record
  const { store, signal } = needs
  let recovering = record.progress.startedMs !== null
  const begun = await begin(record.progress, needs)
  let progress = begun
  const task: ReadingTask = {
    kind: 'run',
    path: needs.path,
    name: file.name,
    shape: needs.shape,
    mapping: needs.mapping,
    workspaceId,
    latestMs: progress.latestMs,
  }
  // Written anew: a run that goes on comes by all the rejects again.
  const rejects = createWriteStream(needs.rejectsPath)
  rejects.write(REJECTS_HEADER)
  const thread = startThread('reading-main', import.meta.url, task)
  const codes: (number | null)[] = []
  let shown: ImportProgress['rejects'] = []
  let unnamed = 0
  try {
    for await (const report of reports(thread, signal)) {
      if (report.kind === 'failed') throw new Error(`the reading thread failed: ${report.message}`)
      if (report.kind !== 'chunk') continue
      const { chunk, counts, end } = report
      if (report.rejectLines !== '' && !rejects.write(report.rejectLines)) {
        await once(rejects, 'drain')
      }
      shown = [...shown, ...report.rejectsShown].slice(0, REJECTS_SHOWN)
      if (chunk !== null) {
        codes.push(...(await store.kinds.codesOf(workspaceId, chunk.newKinds)))
        if (counts.rows > begun.storedTo) {
          nameKinds(chunk, codes)
          const outcome = settings.dryRun
            ? counted(chunk, progress.commit)
            : await persist(store, workspaceId, chunk, {
                nowMs: needs.clock(),
                resumedAfterCommit: recovering ? begun.commit : null,
                signal,
              })
          // Chunks stored and not remembered come first and without a gap.
          recovering &&= outcome.own > 0
          unnamed += outcome.unnamed
          progress = {
            ...progress,
            stored: progress.stored + outcome.stored,
            repeated: progress.repeated + outcome.repeated,
            storedTo: counts.rows,
            commit: outcome.commit,
          }
        }
      }
      if (counts.rows >= begun.storedTo) {
        progress = {
          ...progress,
          bytesRead: counts.bytesRead,
          rows: counts.rows,
          rejected: counts.rejected + unnamed,
          rejectsByCode:
            unnamed === 0
              ? counts.rejectsByCode
              : { ...counts.rejectsByCode, 'vocabulary-full': unnamed },
          rejects: shown,
        }
        await needs.save(progress)
      }
      if (end !== null) return { ...progress, problem: brokenOff(end.broken, progress.rows) }
      thread.postMessage('more')
    }
    throw new Error('the reading thread ended in the middle of the file')
  } finally {
    await thread.terminate()
    rejects.end()
    await finished(rejects)
  }
}

/** An event may lie this far ahead of now: clocks differ. */
const AHEAD_MS = 86_400_000

async function begin(progress: ImportProgress, needs: RunNeeds): Promise<ImportProgress> {
  if (progress.startedMs !== null) return progress
  const nowMs = needs.clock()
  const begun = {
    ...progress,
    startedMs: nowMs,
    latestMs: nowMs + AHEAD_MS,
    commit: await lastCommit(needs.store),
  }
  await needs.save(begun)
  return begun
}

async function lastCommit({ stores }: EventStore): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select last_value as last from commit_number`.execute(stores.database)
  return rows[0]?.last ?? 0
}

/** The embedded engine is started again when it dies: the chunk waits for it. */
async function persist(
  store: EventStore,
  workspaceId: number,
  chunk: EventChunk,
  how: {
    readonly nowMs: number
    readonly resumedAfterCommit: number | null
    readonly signal: AbortSignal
  },
): Promise<StoredChunk> {
  for (let attempt = 1; ; attempt++) {
    how.signal.throwIfAborted()
    try {
      return await storeChunk(store, { workspaceId, ...how }, chunk)
    } catch (error) {
      const passing = error instanceof StoreFailure && error.code === 'interrupted'
      if (!passing || attempt === ATTEMPTS) throw error
      await delay(PAUSE_MS, undefined, { signal: how.signal })
    }
  }
}

function counted({ ends }: EventChunk, commit: number): StoredChunk {
  return { stored: ends.length, own: 0, repeated: 0, unnamed: 0, commit }
}

function brokenOff(broken: string | null, rows: number): ImportProgress['problem'] {
  if (broken === null) return null
  const detail = `${broken} after ${rows} rows, which are kept; import the whole file to add the rest`
  return { code: 'file-broken', detail }
}

async function* reports(thread: Worker, signal: AbortSignal): AsyncGenerator<ReadingReport> {
  for await (const [report] of on(thread, 'message', { signal, close: ['exit'] })) yield report
}
