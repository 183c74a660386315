import {
  at,
  type EmotionRow,
  emotionQuery,
  type FeedbackEventRow,
  feedbackEventsQuery,
  type FeedbackRow,
  latestFeedbackQuery,
  type LivingMapQuestion,
  mapCoding,
  type Reading,
  rowsOfStep,
  segmentAsked,
  touchpointNamed,
} from '@parcurs/analytics'
import { type Refusal, refuse } from '@parcurs/contract'
import { commentOf, emotionOf, type FeedbackScale } from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import type { Workspace } from '../http/gate.ts'
import { questionContext } from '../questions/question-context.ts'
import { customersNamed } from './customer-names.ts'
import type { CustomerNeeds } from './customer-needs.ts'
import { segmentRefusal } from '../questions/segment-refusal.ts'
import { periodAsked, stepAt } from './step-at.ts'

const MAX_SECONDS = 30
const DEFAULT_LIMIT = 20

export interface FeedbackAsked {
  readonly mapId: string
  readonly stepId: string
  readonly fromMs?: number
  readonly toMs?: number
  readonly segment?: LivingMapQuestion['segment']
  readonly limit?: number
}

export interface CustomerAnswer {
  readonly customer: string
  readonly label: string
  readonly timeMs: number
  readonly scale: FeedbackScale
  readonly score: number
  readonly emotion: number
  readonly event: string
  readonly channel: string
  readonly touchpointId: string | null
  readonly comment: string | null
}

export interface StepFeedback {
  readonly total: number
  readonly answers: readonly CustomerAnswer[]
}

/** The answers that a step's measured emotion is the mean of, the latest first. Refusals: not-found. */
export async function stepFeedback(
  needs: CustomerNeeds,
  workspace: Workspace,
  asked: FeedbackAsked,
  signal: AbortSignal,
): Promise<StepFeedback | Refusal> {
  const { segment = null, limit = DEFAULT_LIMIT } = asked
  const context = await questionContext(needs, workspace, { maps: [asked.mapId], segment }, 1)
  const { reading, touchpoints, nowMs } = context
  const wrong = segmentRefusal(segment, context, 'query.segment')
  if (wrong !== null) return wrong
  const map = context.maps.get(asked.mapId)
  if (map === undefined) return refuse('not-found', `no map '${asked.mapId}' in this workspace`)
  const found = stepAt(map, asked.stepId)
  if (found === null) {
    return refuse('not-found', `no step '${asked.stepId}' on the map '${map.name}'`)
  }
  const period = periodAsked(asked, nowMs)
  const customers = segmentAsked(context, segment, period)
  const { clickhouse } = needs.stores
  const limits = { signal, maxSeconds: MAX_SECONDS }
  const kinds = at(mapCoding(map, touchpoints, context.kinds).kindsOfStep, found.index)
  // Names are compared here, as they are for the mean, so that both mean the same answers in every language.
  const alike = rowsOfStep(
    found.step,
    touchpoints,
    kinds,
    await clickhouse.rows<EmotionRow>(emotionQuery(reading, period, customers), limits),
  )
  const total = alike.reduce((sum, { answers }) => sum + Number(answers), 0)
  if (total === 0) return { total, answers: [] }
  const names = [...new Set(alike.map(({ touchpoint }) => touchpoint))].filter(Boolean)
  const rows = await clickhouse.rows<FeedbackRow>(
    latestFeedbackQuery(reading, period, customers, { touchpoints: names, kinds }, limit),
    limits,
  )
  const named = touchpointNamed(found.step, touchpoints)
  return { total, answers: await told(clickhouse, reading, rows, named, signal) }
}

async function told(
  clickhouse: ClickHouse,
  reading: Reading,
  rows: readonly FeedbackRow[],
  named: (touchpoint: string) => string | null,
  signal: AbortSignal,
): Promise<readonly CustomerAnswer[]> {
  const customers = [...new Set(rows.map(({ customer }) => customer))].map(BigInt)
  const messages = rows.map(({ message }) => BigInt(message))
  const [names, events] = await Promise.all([
    customersNamed(clickhouse, reading, customers, signal),
    clickhouse.rows<FeedbackEventRow>(feedbackEventsQuery(reading, customers, messages), {
      signal,
      maxSeconds: MAX_SECONDS,
    }),
  ])
  const eventOf = new Map(events.map((event) => [event.message, event]))
  return rows.map(({ customer, at, message, scale, score, touchpoint }) => {
    const event = eventOf.get(message)
    return {
      customer,
      label: names.get(customer)?.label ?? '',
      timeMs: Number(at),
      scale,
      score,
      emotion: emotionOf(scale, score),
      event: event?.name ?? '',
      channel: event?.channel ?? '',
      touchpointId: touchpoint === '' ? null : named(touchpoint),
      comment: event === undefined ? null : commentOf(event.properties),
    }
  })
}
