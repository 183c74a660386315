import {
  at,
  type DecidedRule,
  decidedRule,
  decidedRules,
  type ExampleRow,
  examplesQuery,
  type LastMatchRow,
  lastEventMs,
  type MatchedKindRow,
  type MatchedRow,
  matchedKindsQuery,
  matchedQuery,
  openMatchQuery,
  type TouchpointCountRow,
  touchpointCountsQuery,
} from '@parcurs/analytics'
import type { EventKind, MatchRule, Touchpoint } from '@parcurs/domain'
import type { EventKinds } from '../log/event-kinds.ts'
import type { Readings } from '../journeys/readings.ts'
import type { Stores } from '../stores/stores.ts'

export interface CountingNeeds {
  readonly stores: Pick<Stores, 'clickhouse' | 'database'>
  readonly kinds: Pick<EventKinds, 'all' | 'merged' | 'prune'>
  readonly readings: Readings
  readonly clock: () => number
}

export interface TouchpointCounts {
  readonly events30d: number
  readonly customers30d: number
  readonly lastEventMs: number | null
}

const THIRTY_DAYS_MS = 30 * 86_400_000
const MAX_SECONDS = 30

/** What each touchpoint matched in the last 30 days, and when last ever. */
export async function countTouchpoints(
  needs: CountingNeeds,
  workspace: number,
  touchpoints: readonly Touchpoint[],
  signal: AbortSignal,
): Promise<readonly (Touchpoint & TouchpointCounts)[]> {
  if (touchpoints.length === 0) return []
  const { clickhouse } = needs.stores
  const { reading, kinds } = await atHand(needs, workspace)
  const rules = decidedRules(
    touchpoints.map(({ rule }) => rule),
    kinds,
  )
  const toMs = needs.clock()
  const limits = { signal, maxSeconds: MAX_SECONDS }
  const openQuery = openMatchQuery(reading, rules)
  const [counts, { lastMs }, open] = await Promise.all([
    clickhouse.rows<TouchpointCountRow>(
      touchpointCountsQuery(reading, rules, { fromMs: toMs - THIRTY_DAYS_MS, toMs }),
      limits,
    ),
    needs.readings.kindTimes(reading, limits),
    openQuery === null ? [] : clickhouse.rows<LastMatchRow>(openQuery, limits),
  ])
  return touchpoints.map((touchpoint, i) => {
    const counted = counts.find((row) => Number(row.touchpoint) === i)
    const opened = open.find((row) => Number(row.touchpoint) === i)
    const decided = lastEventMs(at(rules, i).kinds, lastMs)
    const lasts = [decided, opened === undefined ? null : Number(opened.last_ms)]
    return {
      ...touchpoint,
      events30d: Number(counted?.events ?? 0),
      customers30d: Number(counted?.customers ?? 0),
      lastEventMs: lasts.reduce((a, b) => (a === null || (b ?? a) > a ? b : a), null),
    }
  })
}

/** What a rule would match, over all time. */
export async function previewRule(
  needs: CountingNeeds,
  workspace: number,
  rule: MatchRule,
  signal: AbortSignal,
) {
  const { clickhouse } = needs.stores
  const { reading, kinds } = await atHand(needs, workspace)
  const decided = decidedRule(rule, kinds)
  const limits = { signal, maxSeconds: MAX_SECONDS }
  const [matched, byKind, examples] = await Promise.all([
    clickhouse.rows<MatchedRow>(matchedQuery(reading, decided), limits),
    clickhouse.rows<MatchedKindRow>(matchedKindsQuery(reading, decided), limits),
    clickhouse.rows<ExampleRow>(examplesQuery(reading, decided), limits),
  ])
  return {
    events: Number(at(matched, 0).events),
    customers: Number(at(matched, 0).customers),
    examples: examples.map(({ at, ...example }) => ({ ...example, timeMs: Number(at) })),
    kinds: byKind.map(({ kind, events }) => ({
      ...kindNamed(kinds, kind),
      events: Number(events),
    })),
    readsEvents: readsEvents(decided),
  }
}

function readsEvents({ openKinds }: DecidedRule): boolean {
  return openKinds.length > 0
}

async function atHand({ readings, kinds }: CountingNeeds, workspace: number) {
  const reading = await readings.of(workspace)
  return { reading, kinds: await kinds.all(workspace) }
}

function kindNamed(kinds: readonly EventKind[], code: number) {
  const kind = kinds[code - 1]
  return { name: kind?.name ?? '', channel: kind?.channel ?? '', path: kind?.path ?? '' }
}
