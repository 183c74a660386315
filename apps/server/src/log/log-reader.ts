import { setTimeout as delay } from 'node:timers/promises'
import type { Transaction } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { Stores } from '../stores/stores.ts'
import { endOfCommit, LOG_START, type LogEntry } from './log-entry.ts'
import type { LogSource, SourcePiece, WantsKind } from './log-source.ts'
import { noteProblem, placeOf, type ReaderPlace, savePlace, takePlace } from './reader-places.ts'

export interface LogReaderNeeds {
  /** Its name for ever: its place in each workspace is saved under it. */
  readonly name: string
  /** Where it begins in a workspace that it has not read yet. */
  readonly begins: 'at-start' | 'now'
  /**
   * Which kinds of events it wants; the others are never read whole. Of a coarse kind the rest stands in the
   * event. Owner changes and removals always come. Null: all.
   */
  readonly wants: WantsKind | null
  /** Its work is also called with no entries when it had none for so long, to be told the read mark; null: never. */
  readonly ticksMs: number | null
  /**
   * What it does. Everything written with the transaction is there together with the new place, or not at
   * all. Throws: it is called again with the same, after a while.
   */
  readonly work: (batch: LogBatch) => Promise<void>
}

export interface LogBatch {
  /** Sees the workspace's rows. */
  readonly transaction: Transaction<Database>
  readonly workspace: number
  /** In the order of the log. */
  readonly entries: readonly LogEntry[]
  /** Once this is done, nothing received before this instant is unread. */
  readonly readMarkMs: number
  /** Aborted when the reader ends: what was begun may be given up, it is called again with the same. */
  readonly signal: AbortSignal
}

/** One reader in one workspace. */
export interface ReaderLane {
  /** There may be something new. */
  readonly wake: () => void
  readonly tick: () => void
  /** Resolves when nothing of it is under way. */
  readonly close: () => Promise<void>
}

export interface LaneNeeds {
  readonly stores: Pick<Stores, 'database'>
  readonly source: LogSource
  readonly workspace: number
  readonly reader: LogReaderNeeds
  /** Runs one after the other what would otherwise take all connections. */
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>
  readonly onError: (error: unknown) => void
}

/** What was only passed over is saved this late at the latest. */
const SAVED_WITHIN_MS = 1_000
const FIRST_PAUSE_MS = 250
const LAST_PAUSE_MS = 60_000
const BUSY_PAUSE_MS = 50

/**
 * Reads on in a workspace's log whenever it is woken. Several processes may do so under one name: the place's
 * row is locked while a batch is worked on, and who finds it moved goes on from where it is.
 */
export function readerLane({
  stores,
  source,
  workspace,
  reader,
  turn,
  onError,
}: LaneNeeds): ReaderLane {
  const ending = new AbortController()
  const { signal } = ending
  /** As it stands in the table, as far as is known; null: not read yet. */
  let saved: ReaderPlace | null = null
  /** Passed over beyond `saved`: nothing of it was wanted. */
  let at: ReaderPlace | null = null
  let savedMs = 0
  let failures = 0
  let notBeforeMs = 0
  let again = false
  let ticking = false
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null

  function wake(): void {
    again = true
    if (running !== null || signal.aborted || performance.now() < notBeforeMs) return
    running = run().finally(() => {
      running = null
      if (again && performance.now() >= notBeforeMs) wake()
    })
  }

  function wakeIn(ms: number): void {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(wake, ms).unref()
  }

  async function run(): Promise<void> {
    try {
      for (let more = true; more && !signal.aborted; ) {
        again = false
        more = (await step()) || again
      }
      failures = 0
    } catch (error) {
      if (signal.aborted) return
      failures++
      const pauseMs = Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1))
      notBeforeMs = performance.now() + pauseMs
      wakeIn(pauseMs + 1)
      onError(error)
      await told(error)
    }
  }

  async function told(error: unknown): Promise<void> {
    const problem = (error instanceof Error ? error.message : String(error))
      .replaceAll('\0', '')
      .slice(0, 500)
    try {
      await noteProblem(stores.database, reader.name, workspace, { problem, attempts: failures })
    } catch (again) {
      onError(again)
    }
  }

  /** @returns whether there is more to do at once */
  async function step(): Promise<boolean> {
    const from: ReaderPlace =
      at ?? (at = saved = await placeOf(stores.database, reader.name, workspace, first))
    const piece = await source.behind(workspace, from)
    if (piece === null) return await rest(from)
    const entries = await wantedOf(piece.entries)
    const next = { ...piece.to, markMs: markOf(from, piece) }
    if (entries.length > 0) return (await perform(entries, next)) && piece.endMs === null
    at = next
    if (performance.now() - savedMs >= SAVED_WITHIN_MS) await perform([], next)
    else wakeIn(SAVED_WITHIN_MS)
    return piece.endMs === null
  }

  /** At the end of the log: what was passed over is saved, and who wants to know the time is told it. */
  async function rest(place: ReaderPlace): Promise<boolean> {
    if (ticking && reader.ticksMs !== null) {
      ticking = false
      const end = await source.settle(workspace)
      if (end.commit > place.commit) {
        // Numbers are drawn by every workspace: perhaps none of them is this one's.
        const piece = await source.behind(workspace, place)
        if (piece !== null && (piece.entries.length > 0 || piece.endMs === null)) return true
      }
      const commit = Math.max(end.commit, place.commit)
      const reached = end.commit > place.commit ? endOfCommit(commit) : place
      return !(await perform([], { ...reached, markMs: Math.max(place.markMs, end.nowMs) }))
    }
    const passed = saved !== null && (saved.commit !== place.commit || saved.row !== place.row)
    if (passed && performance.now() - savedMs >= SAVED_WITHIN_MS) await perform([], place)
    return false
  }

  /** @returns false: somebody else was there; it goes on from where that is */
  async function perform(entries: readonly LogEntry[], next: ReaderPlace): Promise<boolean> {
    const outcome = await turn(() =>
      inWorkspace(stores.database, workspace, async (transaction) => {
        const held = await takePlace(transaction, reader.name, workspace)
        if (held === null) return 'busy' as const
        if (saved === null || held.commit !== saved.commit || held.row !== saved.row) return held
        if (entries.length > 0 || reader.ticksMs !== null) {
          const batch = { transaction, workspace, entries, readMarkMs: next.markMs, signal }
          await reader.work(batch)
        }
        await savePlace(transaction, reader.name, workspace, next)
        return 'done' as const
      }),
    )
    if (outcome === 'busy') {
      at = saved
      wakeIn(BUSY_PAUSE_MS)
      return false
    }
    savedMs = performance.now()
    saved = outcome === 'done' ? next : outcome
    at = saved
    if (outcome === 'done') return true
    again = true
    return false
  }

  async function wantedOf(entries: readonly LogEntry[]): Promise<readonly LogEntry[]> {
    const { wants } = reader
    if (wants === null) return entries
    const codes = new Map<number, boolean>()
    for (const entry of entries) {
      if (entry.entry !== 'event' || codes.has(entry.kind)) continue
      const kind = await source.kindOf(workspace, entry.kind)
      codes.set(entry.kind, kind === null || wants(kind))
    }
    return entries.filter((entry) => entry.entry !== 'event' || codes.get(entry.kind) === true)
  }

  async function first(): Promise<ReaderPlace> {
    const end = await source.settle(workspace)
    return reader.begins === 'now'
      ? { ...endOfCommit(end.commit), markMs: end.nowMs }
      : { ...LOG_START, markMs: 0 }
  }

  const ticks =
    reader.ticksMs === null
      ? null
      : setInterval(() => {
          ticking = true
          wake()
        }, reader.ticksMs).unref()

  return {
    wake,
    tick() {
      // Somebody may have set it back: its place is read anew.
      if (running === null) at = saved = null
      wake()
    },
    async close() {
      ending.abort()
      if (timer !== null) clearTimeout(timer)
      if (ticks !== null) clearInterval(ticks)
      while (running !== null) {
        await running
        await delay(0)
      }
    },
  }
}

function markOf(from: ReaderPlace, piece: SourcePiece): number {
  return Math.max(from.markMs, piece.endMs ?? piece.receivedMs ?? 0)
}
