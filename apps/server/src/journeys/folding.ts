import { compile, param, sql } from '@parcurs/analytics'
import type { Stores } from '../stores/stores.ts'
import { asSystem } from '../postgres/workspace-scope.ts'
import { dropFormer, fold, GRACE_MS } from './fold.ts'

export interface FoldingNeeds {
  readonly stores: Pick<Stores, 'clickhouse' | 'database'>
  readonly clock: () => number
  /** How often to look; a fold itself takes as long as it takes. */
  readonly everyMs?: number
  readonly onError: (error: unknown, workspace: number) => void
}

export interface Folding {
  /** Looks through all workspaces now, and folds those that are due. */
  readonly look: () => Promise<void>
  /** Ends a fold under way; what it wrote is dropped by the next one. */
  readonly stop: () => Promise<void>
}

/** A question reads what lies beyond the generation from the events: until here that costs less than a fold. */
const FRESH_EVENTS = 5000
/** Of the events folded: copying them all must be worth it. */
const FRESH_SHARE = 0.02
/** However little it is, it is folded after this time. */
const FRESH_FOR_MS = 10 * 60_000
/** An import says how far it is several times a second; one that has been silent so long is not under way. */
const IMPORT_SILENT_MS = 60_000

/** Folds workspaces when enough lies beyond their generation. One process at a time folds a workspace. */
export function startFolding({ stores, clock, everyMs = 5000, onError }: FoldingNeeds): Folding {
  const ending = new AbortController()
  let looking: Promise<void> = Promise.resolve()
  // Nothing new was found beyond this commit: no use to look again before there is.
  const seen = new Map<number, string>()

  async function lookThrough(): Promise<void> {
    for (const state of await folds()) {
      if (ending.signal.aborted) return
      try {
        if (!(await due(state))) {
          if (state.former) await dropFormer(stores, state.workspace, { nowMs: clock() })
          continue
        }
        await fold(stores, state.workspace, { nowMs: clock(), signal: ending.signal })
      } catch (error) {
        if (!ending.signal.aborted) onError(error, state.workspace)
      }
    }
  }

  async function folds(): Promise<readonly FoldState[]> {
    const rows = await asSystem(stores.database, (tx) =>
      tx
        .selectFrom('workspaces')
        .leftJoin('folds', 'folds.workspace_id', 'workspaces.id')
        .select([
          'workspaces.id',
          'workspaces.currency',
          'folds.fold',
          'folds.mark',
          'folds.folded_at',
          'folds.currency as folded',
          'folds.key_kinds as folded_kinds',
          'folds.alone',
          'workspaces.key_kinds',
          (select) =>
            select
              .selectFrom('removals')
              .select((row) => row.fn.countAll().as('pending'))
              .whereRef('removals.workspace_id', '=', 'workspaces.id')
              .where('removals.gone_at', 'is', null)
              .as('removals'),
          (select) =>
            select
              .selectFrom('imports')
              .select((row) => row.fn.min('imports.created_at').as('since'))
              .whereRef('imports.workspace_id', '=', 'workspaces.id')
              .where('imports.state', '=', 'running')
              .where('imports.updated_at', '>', new Date(clock() - IMPORT_SILENT_MS))
              .as('importing_since'),
        ])
        .execute(),
    )
    return rows.map((row) => ({
      workspace: row.id,
      mark: row.mark ?? 0,
      never:
        row.fold === null ||
        row.fold === 0 ||
        row.folded !== row.currency ||
        row.folded_kinds !== row.key_kinds,
      removed: Number(row.removals ?? 0) > 0,
      former: row.alone === false && clock() - (row.folded_at?.getTime() ?? 0) >= GRACE_MS,
      foldedMs: row.folded_at?.getTime() ?? 0,
      importingSinceMs: row.importing_since?.getTime() ?? null,
    }))
  }

  async function due(state: FoldState): Promise<boolean> {
    const { workspace, mark, never, foldedMs, importingSinceMs } = state
    // An import folds when it is over: each fold before would copy what the next one copies again.
    if (importingSinceMs !== null) {
      return clock() - Math.max(foldedMs, importingSinceMs) >= FRESH_FOR_MS
    }
    // What was taken away is hidden already; its bytes go with a fold.
    if (state.removed) return true
    const id = param.workspace(workspace)
    const since = param.count(mark)
    const [row] = await stores.clickhouse.rows<{
      fresh: string
      changed: string
      last: string
    }>(
      compile(sql`
        SELECT count() AS fresh, toString(max(commit)) AS last,
          (SELECT count() FROM owners WHERE workspace = ${id} AND version > ${since}) AS changed
        FROM events WHERE workspace = ${id} AND commit > ${since}`),
    )
    const fresh = Number(row?.fresh ?? 0) + Number(row?.changed ?? 0)
    if (fresh === 0) return false
    const now = `${mark} ${row?.last} ${fresh}`
    const still = seen.get(workspace) === now
    seen.set(workspace, now)
    // A wave is let through before it is folded: while events keep coming, only a heap of them is worth it.
    if (never) return still || fresh >= FRESH_EVENTS
    if (clock() - foldedMs >= FRESH_FOR_MS) return true
    return fresh >= FRESH_EVENTS && fresh >= FRESH_SHARE * (await foldedEvents(workspace, mark))
  }

  async function foldedEvents(workspace: number, mark: number): Promise<number> {
    const [row] = await stores.clickhouse.rows<{ folded: string }>(
      compile(sql`
        SELECT count() AS folded FROM events
        WHERE workspace = ${param.workspace(workspace)} AND commit <= ${param.count(mark)}`),
    )
    return Number(row?.folded ?? 0)
  }

  function look(): Promise<void> {
    looking = looking.then(lookThrough, lookThrough)
    return looking
  }

  let timer: NodeJS.Timeout | null = null
  const again = () => {
    if (ending.signal.aborted) return
    timer = setTimeout(() => {
      look()
        .catch((error: unknown) => onError(error, 0))
        .finally(again)
    }, everyMs)
    timer.unref()
  }
  again()

  return {
    look,
    async stop() {
      ending.abort()
      if (timer !== null) clearTimeout(timer)
      await looking.catch(() => {})
    },
  }
}

interface FoldState {
  readonly workspace: number
  readonly mark: number
  /** No generation can be read. */
  readonly never: boolean
  /** Something was taken away whose bytes are still there. */
  readonly removed: boolean
  /** Earlier generations are still there, and their time of grace is over. */
  readonly former: boolean
  readonly foldedMs: number
  /** When the oldest import that is under way came; null: none is. */
  readonly importingSinceMs: number | null
}
