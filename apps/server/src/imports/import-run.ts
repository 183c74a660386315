import { on } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { compile, param, sql } from '@parcurs/analytics'
import type { Mapping } from '@parcurs/domain'
import { StoreFailure } from '../clickhouse/clickhouse.ts'
import type { EventStore } from '../log/event-store.ts'
import { COLLISIONS_SHOWN, collisionsOf } from './collisions.ts'
import type { EventChunk } from './event-chunk.ts'
import type { FileShape } from './file-shape.ts'
import type { ImportProgress, ImportRecord } from './import-record.ts'
import type { ReadingReport, ReadingTask } from './reading-thread.ts'
import { REJECTS_SHOWN } from './reject.ts'
import { lastCommit } from '../log/commit.ts'
import { commitPace } from './commit-pace.ts'
import { type PreparedEvents, prepareEvents, sliceOf } from '../log/prepared-events.ts'
import { nameKinds } from './name-kinds.ts'
import { type StoredChunk, storeChunk } from './store-chunk.ts'
import { startThread } from '../processes/thread-program.ts'

export interface RunNeeds {
  readonly store: EventStore
  readonly path: string
  readonly rejectsPath: string
  readonly shape: FileShape
  readonly mapping: Mapping
  readonly clock: () => number
  /** Aborting ends the run; what is stored stays, and the run can go on from there. */
  readonly signal: AbortSignal
  /** Called after every chunk, and not again before it is done. */
  readonly save: (progress: ImportProgress) => Promise<void>
}

const ATTEMPTS = 30
const PAUSE_MS = 1000

/**
 * Reads a file to its end and stores its events. Three things go on at once: a thread reads, the chunk
 * that came last is prepared, the one before it is stored. A run that was interrupted reads the file
 * again from the beginning, which costs seconds, and stores from where it was.
 *
 * @returns the last progress; `problem` says whether the file broke off
 * @throws when aborted, when a store stays away, or when the thread fails
 */
export async function runImport(record: ImportRecord, needs: RunNeeds): Promise<ImportProgress> {
  const { workspaceId, settings, file } = record
  const { store, signal } = needs
  const begun = await begin(record.progress, needs)
  const task: ReadingTask = {
    kind: 'run',
    path: needs.path,
    name: file.name,
    shape: needs.shape,
    mapping: needs.mapping,
    workspaceId,
    source: record.source,
    former: await holdsFormer(store, workspaceId),
    latestMs: begun.latestMs,
  }
  // Written anew: a run that goes on comes by all the rejects again.
  const rejects = rejectsFile(needs.rejectsPath)
  const thread = startThread('reading-main', import.meta.url, task)
  const stored = storedReports(begun, record.progress.startedMs !== null, {
    ...needs,
    workspaceId,
    source: record.source,
  })
  const codes: number[] = []
  let storing: Promise<void> = Promise.resolve()
  try {
    for await (const report of reports(thread, signal)) {
      if (report.kind === 'failed') throw new Error(`the reading thread failed: ${report.message}`)
      if (report.kind !== 'chunk') continue
      const { chunk, counts, end } = report
      if (report.rejectLines !== '') await rejects.write(report.rejectLines)
      let prepared: PreparedEvents | null = null
      if (chunk !== null) {
        codes.push(...(await store.kinds.codesOf(workspaceId, chunk.newKinds)))
        if (counts.rows > begun.storedTo && !settings.dryRun) {
          nameKinds(chunk.events, codes)
          prepared = await prepareEvents(store, workspaceId, chunk, { ahead: true })
        }
      }
      await storing
      storing = stored.take(report, prepared)
      // What it throws is thrown when it is waited for: with the next report, or below.
      storing.catch(() => {})
      if (end !== null) {
        await storing
        const progress = await stored.saved()
        return { ...progress, problem: brokenOff(end.broken, progress.rows) }
      }
      thread.postMessage('more')
    }
    throw new Error('the reading thread ended in the middle of the file')
  } finally {
    await thread.terminate()
    // Whoever stops the run closes the stores next.
    await storing.then(stored.saved).catch(() => {})
    await rejects.close()
  }
}

/** @throws what the disk says: from the call that meets it, never beside */
function rejectsFile(path: string) {
  const stream = createWriteStream(path)
  let broken: Error | null = null
  stream.on('error', (error) => {
    broken ??= error
  })
  return {
    async write(lines: string): Promise<void> {
      await new Promise<void>((resolve, reject) => {
        stream.write(lines, (error) => (error == null ? resolve() : reject(error)))
      })
    },
    async close(): Promise<void> {
      stream.end()
      await finished(stream).catch((error: unknown) => {
        throw broken ?? error
      })
    },
  }
}

type ChunkReport = ReadingReport & { readonly kind: 'chunk' }

/** Takes reports one after the other, and writes down how far it is while the next is taken. */
function storedReports(
  begun: ImportProgress,
  interrupted: boolean,
  needs: Pick<RunNeeds, 'store' | 'clock' | 'signal' | 'save'> & {
    readonly workspaceId: number
    readonly source: number
  },
) {
  let progress = begun
  let recovering = interrupted
  let shown: ImportProgress['rejects'] = []
  let saving: Promise<void> = Promise.resolve()
  const pace = commitPace(needs.clock)

  async function keep(
    prepared: PreparedEvents,
    ids: EventChunk['ids'],
    rows: number,
  ): Promise<void> {
    const count = prepared.events.ends.length
    let from = 0
    // Once at least: a chunk may hold statements about customers and no event.
    do {
      const to = Math.min(count, from + pace.rows())
      const slice = sliceOf(prepared, from, to)
      const outcome = await persist(needs, slice, {
        resumedAfterCommit: recovering ? begun.commit : null,
        lastCommit: progress.commit,
      })
      const collisions = await collisionsOf(
        needs.store,
        needs.workspaceId,
        slice.events,
        outcome.known,
        ids?.slice(from, to) ?? null,
      )
      pace.note(outcome.commit)
      // What was stored and not remembered comes first and without a gap.
      recovering &&= outcome.stored === outcome.own
      progress = {
        ...progress,
        stored: progress.stored + outcome.stored,
        repeated: progress.repeated + outcome.repeated - collisions.count,
        collided: (progress.collided ?? 0) + collisions.count,
        collisions: [...(progress.collisions ?? []), ...collisions.shown].slice(
          0,
          COLLISIONS_SHOWN,
        ),
        commit: outcome.commit,
      }
      from = to
    } while (from < count)
    progress = { ...progress, storedTo: rows }
  }

  return {
    /** @param prepared null: of a dry run, stored before, or only refused rows */
    async take(report: ChunkReport, prepared: PreparedEvents | null): Promise<void> {
      const { counts, chunk } = report
      shown = [...shown, ...report.rejectsShown].slice(0, REJECTS_SHOWN)
      if (prepared !== null) await keep(prepared, chunk?.ids ?? null, counts.rows)
      else if (chunk !== null && counts.rows > begun.storedTo) {
        const stored = progress.stored + chunk.events.ends.length
        progress = { ...progress, stored, storedTo: counts.rows }
      }
      if (counts.rows < begun.storedTo) return
      progress = {
        ...progress,
        bytesRead: counts.bytesRead,
        rows: counts.rows,
        rejected: counts.rejected,
        stated: counts.stated,
        rejectsByCode: counts.rejectsByCode,
        money: counts.money,
        rejects: shown,
      }
      await saving
      saving = needs.save(progress)
      saving.catch(() => {})
    },
    async saved(): Promise<ImportProgress> {
      await saving
      return progress
    },
  }
}

/** Whether the workspace has events from before there were sources: some may be an earlier program's imports. */
async function holdsFormer({ stores }: EventStore, workspaceId: number): Promise<boolean> {
  const rows = await stores.clickhouse.rows(
    compile(sql`
      SELECT 1 FROM events
      WHERE workspace = ${param.workspace(workspaceId)} AND source = 0 LIMIT 1`),
  )
  return rows.length > 0
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
    commit: await lastCommit(needs.store.stores.database),
  }
  await needs.save(begun)
  return begun
}

/** The embedded engine is started again when it dies: the chunk waits for it. */
async function persist(
  {
    store,
    signal,
    workspaceId,
    source,
  }: Pick<RunNeeds, 'store' | 'signal'> & {
    readonly workspaceId: number
    readonly source: number
  },
  prepared: PreparedEvents,
  after: { readonly resumedAfterCommit: number | null; readonly lastCommit: number },
): Promise<StoredChunk> {
  let { resumedAfterCommit } = after
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted()
    try {
      return await storeChunk(store, { workspaceId, source, resumedAfterCommit }, prepared)
    } catch (error) {
      const passing = error instanceof StoreFailure && error.code === 'interrupted'
      if (!passing || attempt === ATTEMPTS) throw error
      // Its insert may have landed all the same.
      resumedAfterCommit ??= after.lastCommit
      await delay(PAUSE_MS, undefined, { signal })
    }
  }
}

function brokenOff(broken: string | null, rows: number): ImportProgress['problem'] {
  if (broken === null) return null
  const detail = `${broken} after ${rows} rows, which are kept; import the whole file to add the rest`
  return { code: 'file-broken', detail }
}

async function* reports(thread: Worker, signal: AbortSignal): AsyncGenerator<ReadingReport> {
  for await (const [report] of on(thread, 'message', { signal, close: ['exit'] })) yield report
}
