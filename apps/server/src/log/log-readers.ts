import { asSystem } from '../postgres/workspace-scope.ts'
import type { EventStore } from './event-store.ts'
import { type LogReaderNeeds, type ReaderLane, readerLane } from './log-reader.ts'
import { logSource } from './log-source.ts'

/** Whoever reacts to the log in this process. */
export interface LogReaders {
  /**
   * Begins to read the log of every workspace. The same name may be open in several processes: nothing is
   * done twice.
   */
  readonly open: (reader: LogReaderNeeds) => LogReader
  readonly close: () => Promise<void>
}

export interface LogReader {
  readonly close: () => Promise<void>
}

export interface LogReadersNeeds {
  readonly store: EventStore
  /** How often to look for what other processes stored; null: there are none. */
  readonly pollMs: number | null
  readonly onError: (error: unknown, reader: string, workspace: number) => void
  readonly pieceEvents?: number
  readonly heldEntries?: number
}

/** How often every reader looks for new workspaces, and whether it was set back. */
const SWEEP_MS = 10_000
/** Transactions of readers at once: collection and questions need connections too. */
const TURNS = 3

export function openLogReaders(needs: LogReadersNeeds): LogReaders {
  const { store, pollMs, onError } = needs
  const { database } = store.stores
  const source = logSource({ ...needs, ...store })
  const turn = turns(TURNS)
  const open = new Map<LogReaderNeeds, Map<number, ReaderLane>>()
  const workspaces = new Set<number>()
  let closed = false

  function laneOf(reader: LogReaderNeeds, workspace: number): ReaderLane | null {
    const lanes = open.get(reader)
    if (lanes === undefined) return null
    const lane =
      lanes.get(workspace) ??
      readerLane({
        stores: store.stores,
        source,
        workspace,
        reader,
        turn,
        onError: (error) => onError(error, reader.name, workspace),
      })
    lanes.set(workspace, lane)
    return lane
  }

  function wake(workspace: number): void {
    workspaces.add(workspace)
    for (const reader of open.keys()) laneOf(reader, workspace)?.wake()
  }

  const deaf = store.commits.hear((workspace, end) => {
    source.reaches(workspace, end)
    wake(workspace)
  })

  async function sweep(): Promise<void> {
    if (open.size === 0) return
    const rows = await asSystem(database, (tx) =>
      tx.selectFrom('workspaces').select('id').execute(),
    )
    for (const { id } of rows) {
      if (closed) return
      workspaces.add(id)
      await source.settle(id)
      for (const reader of open.keys()) laneOf(reader, id)?.tick()
    }
  }

  /** By workspace: its last commit when it was looked at last. */
  const seen = new Map<number, number>()

  async function poll(): Promise<void> {
    if (open.size === 0) return
    const rows = await asSystem(database, (tx) =>
      tx.selectFrom('workspace_commits').select(['workspace_id', 'commit']).execute(),
    )
    const last = new Map(rows.map((row) => [row.workspace_id, row.commit]))
    // One that is gone was forgotten by a commit that failed: something may be stored all the same.
    for (const workspace of new Set([...last.keys(), ...seen.keys()])) {
      const commit = last.get(workspace)
      if (commit === seen.get(workspace)) continue
      await source.settle(workspace)
      if (commit === undefined) seen.delete(workspace)
      else seen.set(workspace, commit)
      wake(workspace)
    }
  }

  const sweeping = repeated(sweep, SWEEP_MS, (error) => onError(error, 'all', 0))
  const polling =
    pollMs === null ? null : repeated(poll, pollMs, (error) => onError(error, 'all', 0))

  return {
    open(reader) {
      const unwant = source.want(reader.wants)
      open.set(reader, new Map())
      sweeping.now()
      return {
        async close() {
          const lanes = [...(open.get(reader)?.values() ?? [])]
          open.delete(reader)
          unwant()
          await Promise.all(lanes.map((lane) => lane.close()))
        },
      }
    },
    async close() {
      closed = true
      deaf()
      const lanes = [...open.values()].flatMap((held) => [...held.values()])
      open.clear()
      await Promise.all([sweeping.end(), polling?.end(), ...lanes.map((lane) => lane.close())])
    },
  }
}

/** Runs `work` again and again, a while after it ended, or at once when asked. */
function repeated(work: () => Promise<void>, everyMs: number, onError: (error: unknown) => void) {
  let ended = false
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()
  const now = () => {
    if (timer !== null) clearTimeout(timer)
    running = running.then(async () => {
      if (ended) return
      await work().catch(onError)
      if (timer !== null) clearTimeout(timer)
      if (!ended) timer = setTimeout(now, everyMs).unref()
    })
  }
  timer = setTimeout(now, everyMs).unref()
  return {
    now,
    async end(): Promise<void> {
      ended = true
      if (timer !== null) clearTimeout(timer)
      await running
    },
  }
}

/** At most so many at once, in the order they came. */
function turns(many: number) {
  let free = many
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }
}
