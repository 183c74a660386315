import {
  type EmotionRow,
  emotionQuery,
  emotions,
  type LivingMapAnswer,
  type LivingMapQuestion,
  type MapMeasures,
  mapMeasures,
  type Period,
  type StepFacts,
} from '@parcurs/analytics'
import { type Refusal, refuse } from '@parcurs/contract'
import type { Workspace } from '../http/gate.ts'
import { type Asking, type CountMapNeeds, countMap, limits } from './count-map.ts'
import { explainLeaks } from './explain-leaks.ts'
import { type LastEventsNeeds, lastEvents } from './last-events.ts'
import { type MapAtHand, type MapAtHandNeeds, mapAtHand } from './map-at-hand.ts'

export interface LivingMapNeeds extends CountMapNeeds, LastEventsNeeds, MapAtHandNeeds {
  readonly stores: MapAtHandNeeds['stores']
  readonly clock: () => number
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
  // Asked beside the numbers; both periods wait for it.
  const last = lastEvents(needs, at, signal)
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

async function measure(
  needs: LivingMapNeeds,
  at: MapAtHand,
  asking: Asking,
  period: Period,
  last: Promise<readonly (number | null)[]>,
  reasons: typeof explainLeaks,
): Promise<MapMeasures> {
  const [counts, lastMs, rows] = await Promise.all([
    countMap(needs, at, asking, period),
    last,
    needs.stores.clickhouse.rows<EmotionRow>(
      emotionQuery(at.reading, period, asking.segment),
      limits(asking.signal),
    ),
  ])
  const felt = emotions(at.map, at.touchpoints, at.coding.kindsOfStep, rows)
  const facts = counts.steps.map(
    (_, i): StepFacts => ({
      emotion: felt[i] ?? { mean: null, low: null, high: null, n: 0 },
      lastEventMs: lastMs[i] ?? null,
      overlaps: (at.coding.overlaps[i] ?? []).flatMap((step) => counts.steps[step]?.stepId ?? []),
    }),
  )
  return mapMeasures(period, counts, facts, await reasons(needs, at.reading, counts, asking.signal))
}
