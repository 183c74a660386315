import {
  held,
  type QuestionContext,
  segmentCustomersQuery,
  type Touch,
  TOUCHED_BY,
  touchedQuery,
  type TouchedRow,
  touchOf,
  UNTOUCHED,
} from '@parcurs/analytics'
import type { SegmentRule } from '@parcurs/domain'
import { sql, type Transaction } from 'kysely'
import type { Workspace } from '../http/gate.ts'
import type { Database, WatchingLane } from '../postgres/tables.ts'
import { WORKSPACE_COLUMNS } from '../postgres/workspace-columns.ts'
import { type ContextNeeds, questionContext } from '../questions/question-context.ts'
import { readFacts } from './customer-facts.ts'
import { decidedAnew } from './decided-anew.ts'
import { dropFormer, fillMembers, keepMembers, type LookedAtFor } from './keep-members.ts'
import { unsigned } from './kept-changes.ts'
import { keptRows } from './member-rows.ts'
import { MAX_SECONDS } from './membership-needs.ts'
import {
  watchedReading,
  watchedRules,
  type WatchedSegment,
  watchedSegments,
} from './watched-segments.ts'

/** What a reader of the log is given: everything it writes with the transaction is there with the reader's new place. */
export interface KeepingBatch {
  readonly transaction: Transaction<Database>
  readonly workspace: number
  /** Nothing received before this instant is unread. */
  readonly readMarkMs: number
  /** Aborted: what was asked of the store is given up, and the work undone. */
  readonly signal: AbortSignal
}

/** Keeps who is in watched segments, by what came and by time. */
export interface SegmentKeeper {
  /** @returns whether there is more to do at once */
  readonly work: (batch: KeepingBatch) => Promise<boolean>
}

/**
 * Customers of many lie scattered, and the store reads rows by thousands: twice as many cost far less than twice as much.
 */
const AT_ONCE = 4000
/** So many members are taken over from the store at once. */
const FILLED_AT_ONCE = 20_000
/** Customers whose turn it is to be looked at for the first time are listed this many at once. */
const LISTED_AT_ONCE = 100_000
/** What is begun after so long waits for the next time: others wait for the transaction. */
const BUDGET_MS = 1500

export interface KeeperSizes {
  /** So many customers are read and decided at once. */
  readonly atOnce: number
  readonly budgetMs: number
}

const SIZES: KeeperSizes = { atOnce: AT_ONCE, budgetMs: BUDGET_MS }

export function segmentKeeper(needs: ContextNeeds, { atOnce, budgetMs } = SIZES): SegmentKeeper {
  const { clickhouse } = needs.stores
  /** Customers still to be looked at, by workspace: after which one, and who. */
  const listed = new Map<
    number,
    { readonly after: string; readonly customers: readonly string[] }
  >()

  return {
    async work({ transaction: tx, workspace, readMarkMs, signal }) {
      const rules = await watchedRules(tx)
      if (rules.length === 0) {
        await tx.deleteFrom('watching').where('workspace_id', '=', workspace).execute()
        listed.delete(workspace)
        return false
      }
      const endMs = performance.now() + budgetMs
      const asked: SegmentRule = { kind: 'any', rules: rules.map(({ rule }) => rule) }
      const of = await workspaceOf(tx, workspace)
      const context = await questionContext(needs, of, { maps: [], segment: asked }, 1)
      const watched = await watchedSegments(tx, rules, context)
      const limits = { signal, maxSeconds: MAX_SECONDS }
      const keeping: Keeping = { tx, workspace, context, watched, nowMs: readMarkMs, limits }
      await begin(keeping)
      const behind = await followLane(keeping, 'collected', endMs)
      const due = await followTime(keeping, endMs)
      const data = await followLane(keeping, 'data', endMs)
      const filling = await fill(keeping, endMs)
      // What is left over is not looked at yet, whatever the log says was read.
      if (!behind && !due && !data) {
        await tx
          .updateTable('watching')
          .set({ read_to_ms: readMarkMs })
          .where('workspace_id', '=', workspace)
          .execute()
      }
      const more = behind || due || data || filling
      return more
    },
  }

  /** What came before a workspace's first segment was watched is met when everybody is looked at. */
  async function begin({ tx, workspace, context }: Keeping): Promise<void> {
    const lanes: readonly WatchingLane[] = ['collected', 'data']
    const place = Number(context.reading.upTo)
    await tx
      .insertInto('watching')
      .values(lanes.map((lane) => ({ workspace_id: workspace, lane, place })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  async function look(
    keeping: Keeping,
    customers: readonly string[],
    { causeOf, touchOf }: Why,
    watched: readonly WatchedSegment[] = keeping.watched,
  ): Promise<void> {
    const { tx, workspace, context, nowMs, limits } = keeping
    const kept = await keptRows(tx, watched, customers)
    const anew = decidedAnew(watched, customers, kept, touchOf, nowMs)
    if (anew.size === 0) return
    const { at, needed } = watchedReading([...new Set([...anew.values()].flat())], context)
    const known = await readFacts(
      clickhouse,
      at,
      needed,
      [...anew.keys()].map(BigInt),
      limits.signal,
    )
    const toldMs = needs.clock()
    await keepMembers(tx, { workspace, anew, kept, known, causeOf, nowMs, toldMs })
  }

  /** Whoever was touched since: @returns whether some are left. */
  async function followLane(keeping: Keeping, lane: WatchingLane, endMs: number): Promise<boolean> {
    const { tx, workspace, context, watched, limits } = keeping
    const own = tx
      .updateTable('watching')
      .where('workspace_id', '=', workspace)
      .where('lane', '=', lane)
    const row = await tx
      .selectFrom('watching')
      .select(['place', 'going_to', 'done'])
      .where('workspace_id', '=', workspace)
      .where('lane', '=', lane)
      .executeTakeFirstOrThrow()
    const goingTo = row.going_to === null ? context.reading.upTo : BigInt(row.going_to)
    if (goingTo <= BigInt(row.place)) return false
    const reading = { ...context.reading, upTo: goingTo }
    const { needed } = watchedReading(watched, context)
    let after = row.done === null ? null : BigInt(row.done)
    for (;;) {
      const page = { place: BigInt(row.place), lane, groups: needed.groupTraits.length > 0, after }
      const query = touchedQuery(reading, { ...page, limit: atOnce })
      const touched = await clickhouse.rows<TouchedRow>(query, limits)
      const rows = new Map(touched.map((row) => [row.customer, row]))
      await look(keeping, [...rows.keys()], {
        causeOf: (customer) => causeOf(held(rows.get(customer), customer).causes),
        touchOf: (customer) => touchOf(held(rows.get(customer), customer)),
      })
      const last = touched.at(-1)
      if (touched.length < atOnce || last === undefined) {
        await own.set({ place: Number(goingTo), going_to: null, done: null }).execute()
        return goingTo < context.reading.upTo
      }
      after = BigInt(last.customer)
      if (performance.now() < endMs) continue
      await own.set({ going_to: Number(goingTo), done: last.customer }).execute()
      return true
    }
  }

  /** Whose time has come: @returns whether some are left. */
  async function followTime(keeping: Keeping, endMs: number): Promise<boolean> {
    const { tx, workspace, nowMs } = keeping
    for (;;) {
      const { rows } = await sql<{ kept: string; times: number }>`
        select kept, count(*)::integer as times from (
          select customer::text as kept from segment_members
          where workspace_id = ${workspace} and until_ms <= ${nowMs}
          order by until_ms limit ${atOnce}
        ) as due group by kept`.execute(tx)
      if (rows.length === 0) return false
      await look(
        keeping,
        rows.map(({ kept }) => unsigned(kept)),
        { causeOf: () => null, touchOf: () => UNTOUCHED },
      )
      // These were all: a round that took long is as done as a quick one.
      if (rows.reduce((sum, { times }) => sum + times, 0) < atOnce) return false
      if (performance.now() >= endMs) return true
    }
  }

  /** Looks at everybody for segments that are counted anew: @returns whether some are left. */
  async function fill(keeping: Keeping, endMs: number): Promise<boolean> {
    for (;;) {
      const filling = keeping.watched.filter(({ filled }) => filled !== null)
      const [first] = filling.toSorted((a, b) => ((a.filled ?? 0n) < (b.filled ?? 0n) ? -1 : 1))
      if (first === undefined) return false
      if (performance.now() >= endMs) return true
      // Those that are as far go together: customers are read once for all of them.
      const together = first.moves
        ? filling.filter(({ moves, filled }) => moves && filled === first.filled)
        : [first]
      const filled = first.moves
        ? await lookAtNext(keeping, together)
        : await takeOver(keeping, first)
      await advance(keeping, together, filled)
    }
  }

  async function takeOver(keeping: Keeping, segment: WatchedSegment): Promise<bigint | null> {
    const { tx, workspace, context, nowMs, limits } = keeping
    const { at } = watchedReading([segment], context)
    const after = startOf(segment)
    const rows = await clickhouse.rows<{ readonly customer: string }>(
      segmentCustomersQuery(at, segment.rule, { after, limit: FILLED_AT_ONCE }),
      limits,
    )
    const members = rows.map(({ customer }) => customer)
    await fillMembers(tx, { workspace, nowMs, toldMs: needs.clock() }, segment, members)
    const last = members.at(-1)
    return last === undefined || members.length < FILLED_AT_ONCE ? null : BigInt(last)
  }

  async function lookAtNext(
    keeping: Keeping,
    together: readonly WatchedSegment[],
  ): Promise<bigint | null> {
    const { workspace } = keeping
    const [first] = together
    const after = first === undefined ? null : startOf(first)
    const known = listed.get(workspace)
    const waiting =
      known?.after === String(after) && known.customers.length > 0
        ? known.customers
        : await everybody(keeping, after)
    const some = waiting.slice(0, atOnce)
    await look(keeping, some, { causeOf: () => null, touchOf: () => 'whole' }, together)
    const last = some.at(-1)
    if (last === undefined) return null
    listed.set(workspace, { after: last, customers: waiting.slice(atOnce) })
    return BigInt(last)
  }

  async function everybody(
    { context, limits }: Keeping,
    after: bigint | null,
  ): Promise<readonly string[]> {
    const { at } = watchedReading([], context)
    const rows = await clickhouse.rows<{ readonly customer: string }>(
      segmentCustomersQuery(at, null, { after, limit: LISTED_AT_ONCE }),
      limits,
    )
    return rows.map(({ customer }) => customer)
  }

  async function advance(
    keeping: Keeping,
    together: readonly WatchedSegment[],
    filled: bigint | null,
  ): Promise<void> {
    const { tx, workspace, nowMs } = keeping
    for (const segment of together) {
      await tx
        .updateTable('watched_segments')
        .set((row) => ({
          filled: filled === null ? null : String(filled),
          since_ms:
            filled === null
              ? row.fn.coalesce('since_ms', sql<number>`${nowMs}::bigint`)
              : row.ref('since_ms'),
        }))
        .where('segment_id', '=', segment.id)
        .execute()
      if (filled === null) {
        await dropFormer(tx, { workspace, nowMs, toldMs: needs.clock() }, segment)
      }
    }
    const done = new Set(together.map(({ id }) => id))
    keeping.watched = keeping.watched.map((segment) =>
      done.has(segment.id)
        ? { ...segment, filled, told: segment.told || filled === null }
        : segment,
    )
  }
}

/** Why customers are looked at. */
interface Why {
  readonly causeOf: (customer: string) => LookedAtFor
  readonly touchOf: (customer: string) => Touch
}

interface Keeping {
  readonly tx: Transaction<Database>
  readonly workspace: number
  readonly context: QuestionContext
  watched: readonly WatchedSegment[]
  readonly nowMs: number
  readonly limits: { readonly signal: AbortSignal; readonly maxSeconds: number }
}

function startOf({ filled }: WatchedSegment): bigint | null {
  return filled === null || filled < 0n ? null : filled
}

function causeOf(causes: number): LookedAtFor {
  if ((causes & TOUCHED_BY.collected) !== 0) return 'event'
  if ((causes & TOUCHED_BY.linked) !== 0) return 'identity'
  return 'data'
}

async function workspaceOf(tx: Transaction<Database>, id: number): Promise<Workspace> {
  return await tx
    .selectFrom('workspaces')
    .select(WORKSPACE_COLUMNS)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}
