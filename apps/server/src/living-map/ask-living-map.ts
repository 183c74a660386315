import {
  type ExplainedLeak,
  explainLeak,
  type LeakPropertyRow,
  leakPropertiesQuery,
  propertyContrasts,
  type EmotionRow,
  emotionQuery,
  emotions,
  lastEventMs,
  type LivingMapAnswer,
  type LivingMapQuestion,
  type MapCoding,
  type MapCounts,
  mapCoding,
  mapMeasures,
  mapQuery,
  type MapMeasures,
  type OpenLastRow,
  openLastQuery,
  type Period,
  planSteps,
  type Reading,
  slicesOf,
  type StepFacts,
  stepCode,
} from '@parcurs/analytics'
import { type Refusal, refuse } from '@parcurs/contract'
import type { EventKind, JourneyMap, Touchpoint } from '@parcurs/domain'
import { StoreFailure } from '../clickhouse/clickhouse.ts'
import type { EventKinds } from '../collect/event-kinds.ts'
import type { Workspace } from '../http/gate.ts'
import { readingOf } from '../journeys/reading.ts'
import { findMap } from '../maps/maps.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { Stores } from '../program/stores.ts'
import { listTouchpoints } from '../touchpoints/touchpoints.ts'
import type { MapCounter } from './counting-thread.ts'
import type { KindTimes } from './kind-times.ts'

export interface LivingMapNeeds {
  readonly stores: Pick<Stores, 'clickhouse' | 'database'>
  readonly kinds: Pick<EventKinds, 'all'>
  readonly counter: MapCounter
  readonly kindTimes: (reading: Reading, signal?: AbortSignal) => Promise<KindTimes>
  readonly clock: () => number
}

const DAY_MS = 86_400_000
const MAX_SECONDS = 120
/** Customers looked into, of those who left a step and of those who moved on. */
const SAMPLE = 500
const LEAK_SECONDS = 5

/** One map, ready to be measured. */
export interface MapAtHand {
  readonly map: JourneyMap
  readonly touchpoints: ReadonlyMap<string, Touchpoint>
  readonly kinds: readonly EventKind[]
  readonly coding: MapCoding
  readonly reading: Reading
}

/** Refusals: not-found (no such map). Throws StoreFailure. */
export async function askLivingMap(
  needs: LivingMapNeeds,
  workspace: Workspace,
  question: LivingMapQuestion,
  signal?: AbortSignal,
): Promise<LivingMapAnswer | Refusal> {
  const nowMs = needs.clock()
  const at = await mapAtHand(needs, workspace.id, question.mapId)
  if (at === null) {
    return refuse('not-found', `no map '${question.mapId}' in this workspace`)
  }
  const windowDays = question.windowDays ?? at.map.windowDays
  const asked = { ...question, windowDays, nowMs, signal }
  const last = await lastEvents(needs, at, signal)
  const [measured, compared] = await Promise.all([
    measure(needs, at, asked, question.period, last, explainLeaks),
    question.compareTo === null
      ? null
      : // Reasons are told of the period that is asked about.
        measure(needs, at, asked, question.compareTo, last, async () => new Map()),
  ])
  return {
    version: 1,
    kind: 'living-map',
    question,
    nowMs,
    timeZone: workspace.timeZone,
    currency: workspace.currency,
    simulated: workspace.simulated,
    windowDays,
    definition: {
      key: 'the-living-map',
      parameters: {
        map: question.mapId,
        mapVersion: at.map.version,
        period: question.period,
        compareTo: question.compareTo,
        segment: question.segment,
        windowDays,
        visitPauseMinutes: 30,
      },
      timeZone: workspace.timeZone,
      nowMs,
      sample: { unit: 'customers', n: measured.entrants },
    },
    measured,
    compared,
  }
}

/** @returns null when there is no such map */
export async function mapAtHand(
  { stores, kinds }: Pick<LivingMapNeeds, 'stores' | 'kinds'>,
  workspace: number,
  mapId: string,
): Promise<MapAtHand | null> {
  const drawn = await inWorkspace(stores.database, workspace, async (tx) => ({
    map: await findMap(tx, mapId),
    touchpoints: await listTouchpoints(tx),
  }))
  if (drawn.map === null) return null
  const touchpoints = new Map(drawn.touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]))
  // The kinds are read after the log's end is known: no event in it may be of a kind that is not.
  const reading = await readingOf(stores, workspace)
  const known = await kinds.all(workspace)
  return {
    map: drawn.map,
    touchpoints,
    kinds: known,
    coding: mapCoding(drawn.map, touchpoints, known),
    reading,
  }
}

interface Asking {
  readonly segment: LivingMapQuestion['segment']
  readonly windowDays: number
  readonly nowMs: number
  readonly signal: AbortSignal | undefined
}

async function measure(
  needs: LivingMapNeeds,
  at: MapAtHand,
  asking: Asking,
  period: Period,
  last: readonly (number | null)[],
  reasons: typeof explainLeaks,
): Promise<MapMeasures> {
  const [counts, rows] = await Promise.all([
    countMap(needs, at, asking, period),
    needs.stores.clickhouse.rows<EmotionRow>(
      emotionQuery(at.reading, period, asking.segment),
      limits(asking.signal),
    ),
  ])
  const felt = emotions(at.map, at.touchpoints, at.coding.kindsOfStep, rows)
  const facts = counts.steps.map(
    (_, i): StepFacts => ({
      emotion: felt[i] ?? { mean: null, low: null, high: null, n: 0 },
      lastEventMs: last[i] ?? null,
      overlaps: (at.coding.overlaps[i] ?? []).flatMap((step) => counts.steps[step]?.stepId ?? []),
    }),
  )
  return mapMeasures(period, counts, facts, await reasons(needs, at.reading, counts, asking.signal))
}

async function countMap(
  { stores, counter }: LivingMapNeeds,
  { map, coding, reading }: MapAtHand,
  { segment, windowDays, nowMs, signal }: Asking,
  period: Period,
): Promise<MapCounts> {
  const windowMs = windowDays * DAY_MS
  const valued = map.goal?.valued === true
  const query = mapQuery(reading, coding, { period, segment, windowMs, valued })
  const bytes = await stores.clickhouse.bytes(query, 'Native', limits(signal))
  const plan = {
    steps: planSteps(map),
    stageCount: map.stages.length,
    period,
    nowMs,
    windowMs,
    unmappedGroups: coding.groups.length,
    slices: slicesOf(period),
    sampleSize: SAMPLE,
  }
  const names = { stageIds: map.stages.map(({ id }) => id), groups: coding.groups, valued }
  return await counter.count(plan, names, bytes)
}

/** Looks into the events of some who left and some who moved on; without them when that takes too long. */
async function explainLeaks(
  { stores }: LivingMapNeeds,
  reading: Reading,
  { evidence }: MapCounts,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ExplainedLeak>> {
  const query = leakPropertiesQuery(reading, evidence)
  const rows =
    query === null
      ? []
      : await soon(
          stores.clickhouse.rows<LeakPropertyRow>(query, {
            ...limits(signal),
            maxSeconds: LEAK_SECONDS,
          }),
        )
  return new Map(
    evidence.map((step, i) => [step.stepId, explainLeak(step, propertyContrasts(rows, i))]),
  )
}

async function soon<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof StoreFailure && error.code === 'too-slow') return []
    throw error
  }
}

/** When each step's definition last matched, over all time. */
async function lastEvents(
  needs: LivingMapNeeds,
  { coding, reading }: MapAtHand,
  signal: AbortSignal | undefined,
): Promise<readonly (number | null)[]> {
  const openQuery = openLastQuery(reading, coding)
  const [{ lastMs }, open] = await Promise.all([
    needs.kindTimes(reading, signal),
    openQuery === null ? [] : needs.stores.clickhouse.rows<OpenLastRow>(openQuery, limits(signal)),
  ])
  return coding.kindsOfStep.map((kinds, step) => {
    const decided = lastEventMs(kinds, lastMs)
    const others = open
      .filter(({ code }) => code < 256 && (code & 127) === stepCode(step))
      .map((row) => Number(row.last_ms))
    return [decided, ...others].reduce((a, b) => (a === null || (b ?? a) > a ? b : a), null)
  })
}

function limits(signal: AbortSignal | undefined) {
  return signal === undefined ? { maxSeconds: MAX_SECONDS } : { maxSeconds: MAX_SECONDS, signal }
}
