import { createHash } from 'node:crypto'
import {
  factsNeeded,
  type FactsNeeded,
  type QuestionContext,
  type SegmentReading,
  segmentReadingAt,
} from '@parcurs/analytics'
import {
  type Decider,
  decider,
  movesWithTime,
  NO_FACTS,
  type ResolvedSegment,
  resolveSegments,
} from '@parcurs/domain'
import type { Transaction } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { listSegments, type Segment } from '../segments/saved-segments.ts'

/** A segment that something waits for, as far as it was counted. */
export interface WatchedSegment {
  readonly id: string
  readonly ruleVersion: number
  readonly rule: ResolvedSegment
  readonly needed: FactsNeeded
  readonly decide: Decider
  /** Whoever has nothing that the rule looks at is in it, as in one of those who did not buy. */
  readonly holdsOfNothing: boolean
  /** Membership can change without anything new. */
  readonly moves: boolean
  readonly epoch: number
  /** Customers up to this one were looked at; null: all of them. */
  readonly filled: bigint | null
  /** Entering and leaving are told. */
  readonly told: boolean
}

export async function waitFor(
  tx: Transaction<Database>,
  workspace: number,
  segment: string,
  waiting: string,
): Promise<void> {
  await tx
    .insertInto('segment_watches')
    .values({ segment_id: segment, workspace_id: workspace, waiting })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx
    .insertInto('watched_segments')
    .values({ segment_id: segment, workspace_id: workspace, counted_by: '', since_ms: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Who was in it is forgotten when nothing waits for it any more; what was told stays. */
export async function waitNoMore(
  tx: Transaction<Database>,
  segment: string,
  waiting: string,
): Promise<void> {
  await tx
    .deleteFrom('segment_watches')
    .where('segment_id', '=', segment)
    .where('waiting', '=', waiting)
    .execute()
  const others = await tx
    .selectFrom('segment_watches')
    .select('waiting')
    .where('segment_id', '=', segment)
    .execute()
  if (others.length > 0) return
  await tx.deleteFrom('watched_segments').where('segment_id', '=', segment).execute()
}

/** Segments that are watched; empty: none. */
export async function watchedRules(tx: Transaction<Database>): Promise<readonly Segment[]> {
  const watched = await tx.selectFrom('watched_segments').select('segment_id').execute()
  if (watched.length === 0) return []
  const ids = new Set(watched.map(({ segment_id }) => segment_id))
  return (await listSegments(tx)).filter(({ id }) => ids.has(id))
}

/**
 * Watched segments as they are counted now. One that is no longer what it was counted by begins a new epoch:
 * everybody is looked at again.
 */
export async function watchedSegments(
  tx: Transaction<Database>,
  rules: readonly Segment[],
  context: QuestionContext,
): Promise<readonly WatchedSegment[]> {
  const rows = await tx.selectFrom('watched_segments').selectAll().forUpdate().execute()
  const byId = new Map(rows.map((row) => [row.segment_id, row]))
  const at = segmentReadingAt(context, null)
  const found: WatchedSegment[] = []
  for (const { id, rule: saved, ruleVersion } of rules) {
    const row = byId.get(id)
    if (row === undefined) continue
    const rule = resolveSegments(saved, context.segment)
    const countedBy = hashOf(rule, context)
    const anew = row.counted_by !== countedBy
    const epoch = anew && row.counted_by !== '' ? row.epoch + 1 : row.epoch
    const filled = anew ? '-1' : row.filled
    if (anew) {
      await tx
        .updateTable('watched_segments')
        .set({ counted_by: countedBy, epoch, filled })
        .where('segment_id', '=', id)
        .execute()
    }
    const decide = decider(rule, at.scope)
    found.push({
      id,
      ruleVersion,
      rule,
      needed: factsNeeded([rule], at),
      decide,
      holdsOfNothing: decide(NO_FACTS)(at.nowMs).member,
      moves: movesWithTime(rule),
      epoch,
      filled: filled === null ? null : BigInt(filled),
      told: row.since_ms !== null,
    })
  }
  return found
}

/** Everything but facts that decides who is in a segment. */
function hashOf(rule: ResolvedSegment, context: QuestionContext): string {
  const { touchpoints, maps, workspace } = context
  const text = JSON.stringify(rule)
  const named = [...touchpoints.values(), ...maps.values()].flatMap(({ id, version }) =>
    text.includes(id) || maps.size > 0 ? [[id, version]] : [],
  )
  const { timeZone, weekStart, currency } = workspace
  return createHash('sha256')
    .update(JSON.stringify([rule, named, timeZone, weekStart, currency]))
    .digest('base64url')
}

/** What all of them together look at, read as of now. */
export function watchedReading(
  watched: readonly WatchedSegment[],
  context: QuestionContext,
): { readonly at: SegmentReading; readonly needed: FactsNeeded } {
  const at = segmentReadingAt(context, null)
  return {
    at,
    needed: factsNeeded(
      watched.map(({ rule }) => rule),
      at,
    ),
  }
}
