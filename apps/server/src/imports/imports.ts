import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { ImportOptions, Mapping } from '@parcurs/domain'
import type { FastifyBaseLogger } from 'fastify'
import { StoreFailure } from '../clickhouse/clickhouse.ts'
import type { EventStore } from '../log/event-store.ts'
import type { FileShape, ShapeOptions } from './file-shape.ts'
import { isThere } from './brought.ts'
import { pendingRemovals } from '../log/removals.ts'
import { type Again, recognised } from './recognise.ts'
import { forgetRejects } from './forget-rejects.ts'
import {
  type ImportedFile,
  type ImportRecord,
  importRecords,
  NO_PROGRESS,
} from './import-record.ts'
import { runImport } from './import-run.ts'
import type { Look } from './look.ts'
import { reportOf } from './reading-report.ts'
import type { ReadingTask } from './reading-thread.ts'
import type { Received, Spool } from './spool.ts'
import { isZip, type PassedOver } from './unpack.ts'
import { unpackUpload } from './unpack-upload.ts'

export type FileOptions = ImportOptions & ShapeOptions

/** What was found by looking, and is now to be done. */
export interface RunPlan {
  readonly options: FileOptions
  readonly shape: FileShape
  readonly mapping: Mapping
  /** Read the whole file and store nothing. */
  readonly dryRun: boolean
  /** Imports whose rows are taken away before the first of these is stored. */
  readonly replaces: readonly string[]
}

/** What came of an upload: a file, or those of an archive, each an import of its own. */
export interface Uploaded {
  readonly kind: 'uploaded'
  readonly records: readonly ImportRecord[]
  readonly passedOver: readonly PassedOver[]
  /** Of the file as it was sent. */
  readonly received: Received
}

export type UploadRefused =
  | { readonly kind: 'disk-full' }
  /** In words: a bomb, damaged, or with nothing in it that is read. */
  | { readonly kind: 'archive-refused'; readonly detail: string }

/** Files on their way to becoming events. */
export interface Imports {
  readonly upload: (
    workspaceId: number,
    name: string,
    bytes: Readable,
  ) => Promise<Uploaded | UploadRefused>
  readonly list: (workspaceId: number) => Promise<readonly ImportRecord[]>
  readonly find: (workspaceId: number, importId: string) => Promise<ImportRecord | null>
  /**
   * @param zone the workspace's: of times that do not say theirs
   * @returns null when the file is no longer here
   */
  readonly look: (record: ImportRecord, options: FileOptions, zone: string) => Promise<Look | null>
  /** Whether what was looked at is here already; null: it is not. */
  readonly recognise: (record: ImportRecord, look: Look) => Promise<Again | null>
  /** By the numbers that their events are marked with. */
  readonly bySources: (
    workspaceId: number,
    sources: readonly number[],
  ) => Promise<readonly ImportRecord[]>
  /** Begins in the background, after the imports that were begun before. */
  readonly run: (record: ImportRecord, plan: RunPlan) => Promise<ImportRecord>
  readonly rejects: (record: ImportRecord) => Readable
  /**
   * Stops it if it runs, else forgets its file and what was refused; stored events stay, and so does the import while
   * there are any: they can be taken away by it alone.
   */
  readonly remove: (record: ImportRecord) => Promise<void>
  /** Drops refused rows that quote one of the ids. */
  readonly forget: (workspaceId: number, ids: readonly string[]) => Promise<void>
  /** Goes on with what was under way when the program ended. */
  readonly resume: () => Promise<void>
  /** Ends what runs; `resume` goes on with it. */
  readonly stop: () => Promise<void>
}

export interface ImportsNeeds {
  readonly store: EventStore
  readonly spool: Spool
  readonly clock: () => number
  readonly log: FastifyBaseLogger
  /** Called when new events of an import are stored. */
  readonly onStored: (workspaceId: number) => void
  /** Takes away everything that a source brought. @returns how many events */
  readonly takeAway: (workspaceId: number, source: number) => Promise<number>
}

const LOOK_MS = 60_000
/** How a sheet is kept. */
const SHEET_OPTIONS = { format: 'csv', delimiter: ',', encoding: 'utf-8' } as const

export function openImports({
  store,
  spool,
  clock,
  log,
  onStored,
  takeAway,
}: ImportsNeeds): Imports {
  const { clickhouse, database } = store.stores
  const records = importRecords(database)
  const running = new Map<string, { readonly abort: AbortController; done: Promise<void> }>()
  const stopping = new AbortController()
  // People look, then run with what they saw: the file need not be looked at twice for that.
  let seen: { readonly of: string; readonly look: Look } | null = null
  // One after the other: each uses both cores of a small machine by itself.
  let last: Promise<void> = Promise.resolve()

  async function look(
    record: ImportRecord,
    options: FileOptions,
    defaultZone: string,
  ): Promise<Look | null> {
    if (!(await spool.has(record.importId))) return null
    const latestMs = record.progress.latestMs || clock() + 86_400_000
    const path = spool.upload(record.importId)
    const asked = record.file.sheet === true ? { ...options, ...SHEET_OPTIONS } : options
    const of = JSON.stringify([record.importId, options, defaultZone])
    if (seen?.of === of) return seen.look
    const { workspaceId } = record
    const look = await inThread({
      kind: 'look',
      path,
      options: asked,
      latestMs,
      defaultZone,
      workspaceId,
    })
    seen = { of, look }
    return look
  }

  /** @param plan null: after a restart, when it must be found again */
  function begin(record: ImportRecord, plan: RunPlan | null): void {
    const abort = new AbortController()
    const signal = AbortSignal.any([abort.signal, stopping.signal])
    const done = last.then(() => carryOut(record, plan, signal))
    last = done
    running.set(record.importId, { abort, done })
    void done.finally(() => running.delete(record.importId))
  }

  async function planAgain(record: ImportRecord): Promise<Pick<RunPlan, 'shape' | 'mapping'>> {
    const { options, zone } = record.settings
    const seen = await look(record, options, zone)
    if (seen?.ok !== true || seen.detection.mapping === null) {
      throw new Error('the uploaded file is gone or was changed')
    }
    return { shape: seen.shape, mapping: seen.detection.mapping }
  }

  /** Takes away what an import brought, and forgets it. Asked again after a crash, it does the rest. */
  async function withdrawn(workspaceId: number, importId: string): Promise<number> {
    const former = await records.find(workspaceId, importId)
    if (former === null) return 0
    // One that waits behind this one has nothing to go on with.
    running.get(importId)?.abort.abort()
    const gone = await takeAway(workspaceId, former.source)
    await records.remove(workspaceId, importId)
    await spool.drop(importId)
    return gone
  }

  async function carryOut(
    begun: ImportRecord,
    plan: RunPlan | null,
    signal: AbortSignal,
  ): Promise<void> {
    let record = begun
    const save = async (changed: Partial<ImportRecord>) => {
      record = { ...record, ...changed }
      await records.save(record)
    }
    try {
      signal.throwIfAborted()
      const { shape, mapping } = plan ?? (await planAgain(record))
      if (!record.settings.dryRun) {
        for (const importId of record.settings.replaces ?? []) {
          const replaced = await withdrawn(record.workspaceId, importId)
          const { settings } = record
          await save({ settings: { ...settings, replaced: (settings.replaced ?? 0) + replaced } })
        }
      }
      const progress = await runImport(record, {
        store,
        path: spool.upload(record.importId),
        rejectsPath: spool.rejects(record.importId),
        shape,
        mapping,
        clock,
        signal,
        save: (progress) => save({ progress }),
      })
      const state = progress.problem === null ? 'done' : 'failed'
      await save({ state, progress: { ...progress, endedMs: clock() } })
      if (!record.settings.dryRun) await spool.dropUpload(record.importId)
    } catch (error) {
      if (signal.aborted) return
      log.error({ err: error, importId: record.importId }, 'an import failed')
      const problem = failure(error)
      await save({
        state: 'failed',
        progress: { ...record.progress, endedMs: clock(), problem },
      }).catch((again: unknown) => log.error({ err: again }, 'and could not be marked as failed'))
    } finally {
      if (!record.settings.dryRun && record.progress.stored > 0) onStored(record.workspaceId)
    }
  }

  return {
    async upload(workspaceId, name, bytes) {
      const importId = newImportId()
      const received = await spool.receive(importId, bytes)
      if (received === 'disk-full') return { kind: 'disk-full' }
      const add = (importId: string, file: ImportedFile) =>
        records.add({
          importId,
          workspaceId,
          state: 'uploaded' as const,
          createdMs: clock(),
          file,
          settings: { options: {}, zone: 'UTC', dryRun: false },
          progress: NO_PROGRESS,
        })
      if (!(await isZip(spool.upload(importId)))) {
        const record = await add(importId, { name, ...received })
        return { kind: 'uploaded', records: [record], passedOver: [], received }
      }
      try {
        const unpacked = await unpackUpload(spool, importId, name)
        if (unpacked.kind !== 'unpacked') return unpacked
        const made: ImportRecord[] = []
        for (const { name, path, sizeBytes, sha256, sheet } of unpacked.parts) {
          const own = newImportId()
          await spool.adopt(own, path)
          made.push(await add(own, { name, sizeBytes, sha256, sheet }))
        }
        return { kind: 'uploaded', records: made, passedOver: unpacked.passedOver, received }
      } finally {
        await spool.drop(importId)
      }
    },
    list: (workspaceId) => records.list(workspaceId),
    find: records.find,
    look,
    bySources: records.bySources,
    async recognise(record, look) {
      if (!look.ok) return null
      const known = {
        clickhouse,
        records,
        removals: (workspace: number) => pendingRemovals(database, workspace),
        isThere: (workspace: number, source: number) =>
          isThere({ clickhouse, database }, workspace, source),
      }
      return await recognised(known, record, look.messages)
    },
    async run(record, plan) {
      const begun: ImportRecord = {
        ...record,
        state: 'running',
        settings: {
          options: plan.options,
          zone: plan.mapping.zone,
          dryRun: plan.dryRun,
          format: plan.shape.format,
          replaces: plan.replaces,
        },
        progress: NO_PROGRESS,
      }
      await records.save(begun)
      begin(begun, plan)
      return begun
    },
    rejects: ({ importId }) => spool.readRejects(importId),
    async remove({ workspaceId, importId }) {
      const run = running.get(importId)
      run?.abort.abort()
      await run?.done
      const record = await records.find(workspaceId, importId)
      // What it stored can still be taken away, and what it refused can be read.
      if (record?.state === 'running' && !record.settings.dryRun) {
        const progress = { ...record.progress, endedMs: clock() }
        await records.save({ ...record, state: 'cancelled', progress })
        await spool.dropUpload(importId)
        return
      }
      const begun = record !== null && record.state !== 'uploaded'
      if (begun && (await isThere({ clickhouse, database }, workspaceId, record.source))) {
        await records.save({ ...record, progress: { ...record.progress, rejects: [] } })
        return await spool.empty(importId)
      }
      await records.remove(workspaceId, importId)
      await spool.drop(importId)
    },
    forget: (workspaceId, ids) => forgetRejects(records, spool, workspaceId, ids),
    async resume() {
      for (const record of await records.running()) {
        if (await spool.has(record.importId)) begin(record, null)
      }
    },
    async stop() {
      stopping.abort()
      await last
    },
  }
}

function failure(error: unknown): { readonly code: string; readonly detail: string } {
  if (error instanceof StoreFailure) {
    return {
      code: error.code === 'disk-full' ? 'disk-full' : 'store-away',
      detail: `${error.code}; what was stored is kept, import the file again to go on`,
    }
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return {
      code: 'disk-full',
      detail:
        'no room to write down refused rows; what was stored is kept, import the file again to go on',
    }
  }
  return {
    code: 'import-failed',
    detail: 'the import failed inside the server (see its log); what was stored is kept',
  }
}

function newImportId(): string {
  return `im_${randomBytes(12).toString('hex')}`
}

async function inThread(task: ReadingTask & { readonly kind: 'look' }): Promise<Look> {
  const report = await reportOf(task, LOOK_MS)
  if (report.kind === 'looked') return report.look
  throw new Error('the thread looked at something else')
}
