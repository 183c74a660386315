import type {
  FunnelAnswer,
  MetricsAnswer,
  PathsAnswer,
  RetentionAnswer,
  SessionsAnswer,
} from '@parcurs/analytics'
import type { AskCase, ConformanceServer } from './conformance-server.ts'
import { clockOf, isStretched, type VectorClock } from './vector-clock.ts'
import { callsOf, KEY_EVENT, VISIT } from './vector-events.ts'
import {
  funnelQuestionOf,
  isDeclined,
  needsCalendar,
  pathsQuestionOf,
  retentionQuestionOf,
  sessionsQuestionOf,
} from './vector-question.ts'
import { faultOf, funnelSays, pathsSays, retentionSays, sessionsSays } from './vector-verdict.ts'
import { isVisit, type Vector } from './vector.ts'

export interface Verdict {
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** Why it was skipped, what was wrong, or a remark. */
  readonly reason: string | null
}

const STRETCHED =
  'run stretched a thousandfold: it needs microseconds, events are kept to the millisecond'

/** Collects a case into a workspace of its own, asks, and compares. */
export async function runVector(
  vector: Vector,
  server: ConformanceServer,
  slug: string,
): Promise<Verdict> {
  const clock = clockOf(vector)
  const asks = ASKS.get(vector.kind)
  if (asks === undefined)
    return { outcome: 'skipped', reason: `the kind ${vector.kind} comes later` }
  if (needsCalendar(vector, clock)) {
    return { outcome: 'skipped', reason: 'it needs microseconds on a calendar' }
  }
  const way = asks(vector, clock)
  if ('declined' in way) return { outcome: 'skipped', reason: way.declined }
  try {
    const { timezone = 'UTC', week_start = 'monday' } = vector.query
    const ask = await server.collected(slug, callsOf(vector, clock), {
      timeZone: timezone,
      weekStart: week_start,
    })
    const fault = faultOf(vector, await way.says(ask))
    if (fault !== null) return { outcome: 'failed', reason: fault }
    return { outcome: 'passed', reason: isStretched(clock) ? STRETCHED : null }
  } catch (error) {
    return { outcome: 'failed', reason: error instanceof Error ? error.message : String(error) }
  }
}

type Says = Readonly<Record<string, unknown>>

type Way = { readonly declined: string } | { readonly says: (ask: AskCase) => Promise<Says> }

type Ways = (vector: Vector, clock: VectorClock) => Way

const funnel: Ways = (vector, clock) => {
  const question = funnelQuestionOf(vector, clock)
  if (isDeclined(question)) return question
  return { says: async (ask) => funnelSays(vector, (await ask(question)) as FunnelAnswer, clock) }
}

const retention: Ways = (vector, clock) => {
  const question = retentionQuestionOf(vector, clock)
  if (isDeclined(question)) return question
  return { says: async (ask) => retentionSays((await ask(question)) as RetentionAnswer) }
}

const ASKS: ReadonlyMap<string, Ways> = new Map<string, Ways>([
  ['funnel', funnel],
  ['funnel_time', funnel],
  ['funnel_exclusion', funnel],
  ['funnel_breakdown', funnel],
  ['retention', retention],
  [
    'paths',
    (vector, clock) => ({
      says: async (ask) =>
        pathsSays((await ask(pathsQuestionOf(vector, clock))) as PathsAnswer, clock),
    }),
  ],
  [
    'sessions',
    (vector, clock) => ({
      says: async (ask) =>
        sessionsSays((await ask(sessionsQuestionOf(vector, clock))) as SessionsAnswer, clock),
    }),
  ],
  ['bounce', (vector) => ({ says: async (ask) => bounceSays(vector, ask) })],
  ['cart', () => ({ says: cartSays })],
])

const BOUNCE_RULES = {
  ga4: 'engaged',
  plausible: 'one-page-no-interaction',
  posthog: 'ten-seconds',
  amplitude_rybbit_umami: 'one-page',
} as const

/** Which visits bounce under each rule: each visit is asked for by the property that its events carry. */
async function bounceSays(vector: Vector, ask: AskCase): Promise<Says> {
  const visits = vector.events.filter(isVisit)
  const says: Record<string, readonly number[]> = {}
  for (const [field, bounce] of Object.entries(BOUNCE_RULES)) {
    const bounced: number[] = []
    for (const { id } of visits) {
      const answer = (await ask({
        kind: 'sessions',
        bounce,
        keyEvents: [KEY_EVENT],
        where: [{ kind: 'property', property: VISIT, op: 'eq', value: String(id) }],
      })) as SessionsAnswer
      if (answer.sessions !== 1) throw new Error(`visit ${id} is ${answer.sessions} sessions`)
      if (answer.bounced === 1) bounced.push(id)
    }
    says[field] = bounced
  }
  return says
}

async function cartSays(ask: AskCase): Promise<Says> {
  const answer = (await ask({
    kind: 'metrics',
    metrics: ['cart-abandonment', 'checkout-abandonment'],
  })) as MetricsAnswer
  return {
    cart_abandonment: answer.cartAbandonment?.share ?? null,
    checkout_abandonment: answer.checkoutAbandonment?.share ?? null,
  }
}
