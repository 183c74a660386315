import type {
  FunnelQuestion,
  Matcher,
  MatcherAsked,
  PathsQuestion,
  Period,
  RetentionQuestion,
  SessionsQuestion,
  StepMatcher,
} from '@parcurs/analytics'
import { comparedBy, type EventCondition } from '@parcurs/domain'
import { instantOf, isStretched, spanOf, type VectorClock } from './vector-clock.ts'
import type { Vector, VectorCondition, VectorMatcher, VectorQuery, VectorStep } from './vector.ts'

type Draft<T> = { -readonly [Key in keyof T]: T[Key] }

/** Why a case cannot be asked. */
export interface Declined {
  readonly declined: string
}

export function isDeclined(asked: object): asked is Declined {
  return 'declined' in asked
}

export function funnelQuestionOf({ query }: Vector, clock: VectorClock): FunnelQuestion | Declined {
  const steps = Array.isArray(query.steps) ? query.steps.map(stepOf) : []
  const question: Draft<FunnelQuestion> = {
    kind: 'funnel',
    ...askedOf(query, clock),
    steps,
    order:
      query.order === 'unordered'
        ? 'any'
        : query.order === 'strict'
          ? 'strict'
          : query.order === 'strict_repeats'
            ? 'strict-repeats'
            : 'ordered',
    entry: query.entry === 'first' ? 'first' : 'any',
    count: query.count === 'totals' ? 'totals' : 'customers',
    ties: query.tie === 'strict_increase' ? 'strict-increase' : 'step-order',
  }
  if (query.strict_scope === 'step_events') question.strictScope = 'step-events'
  if (query.window_s != null) question.windowMs = spanOf(clock, query.window_s)
  if (query.window_from !== undefined) {
    question.stepWindows = {
      from: query.window_from === 'previous_step' ? 'previous-step' : 'previous-required-step',
      ms: (query.step_windows_s ?? []).map((s) => (s === null ? null : spanOf(clock, s))),
    }
  }
  if (query.grace_s !== undefined) question.graceMs = spanOf(clock, query.grace_s)
  if (query.entry === 'latest') question.timedBy = 'latest-entry'
  else if (query.pick === 'first_completion') question.timedBy = 'first-completion'
  if (query.hold !== undefined) question.hold = query.hold
  if (query.unit === 'actor+held') question.holdCounts = 'each-value'
  if (query.exclusions !== undefined) {
    question.exclusions = query.exclusions.map(({ after, before, ...matcher }) => ({
      ...matcherOf(matcher),
      after,
      before,
    }))
    question.exclusionEffect = query.exclusion_effect === 'stop' ? 'leave' : 'remove'
  }
  if (query.breakdown !== undefined) question.breakdown = breakdownOf(query)
  if (query.bins !== undefined) {
    question.histogram = {
      fromStep: query.from_step ?? 1,
      toStep: query.to_step ?? steps.length,
      ...(query.bins === 'auto' ? {} : { bins: query.bins }),
    }
  }
  // Without times the answer comes from SQL where it can: cases that ask for none prove that way.
  if (query.want === undefined && query.breakdown === undefined) question.times = false
  return question
}

export function pathsQuestionOf({ query }: Vector, clock: VectorClock): PathsQuestion {
  const question: Draft<PathsQuestion> = {
    kind: 'paths',
    ...askedOf(query, clock),
    gapMs: spanOf(clock, query.gap_s ?? 1800),
    steps: typeof query.steps === 'number' ? query.steps : 5,
    perColumn: null,
  }
  if (query.strip_trailing_slash === true) question.stripTrailingSlash = true
  if (query.group !== undefined) question.group = query.group
  if (query.exclude !== undefined) question.exclude = query.exclude
  if (query.start !== undefined) question.start = query.start
  if (query.end !== undefined) question.end = query.end
  if (query.edge_limit !== undefined) question.edgeLimit = query.edge_limit
  return question
}

export function sessionsQuestionOf({ query }: Vector, clock: VectorClock): SessionsQuestion {
  const question: Draft<SessionsQuestion> = {
    kind: 'sessions',
    ...askedOf(query, clock),
    list: true,
    splitMidnight: query.split_midnight === true ? 'utc' : 'no',
    bounce: 'one-event',
  }
  if (query.timeout_s !== undefined) question.gapMs = spanOf(clock, query.timeout_s)
  if (query.max_s !== undefined) question.maxMs = spanOf(clock, query.max_s)
  if (query.session_by !== undefined) question.sessionProperty = query.session_by
  if (query.start_event !== undefined) question.startEvent = query.start_event
  if (query.end_event !== undefined) question.endEvent = query.end_event
  return question
}

export function retentionQuestionOf(
  { query }: Vector,
  clock: VectorClock,
): RetentionQuestion | Declined {
  if (query.agg !== undefined)
    return { declined: 'sums and averages in retention cells come later' }
  if (query.breakdown !== undefined) return { declined: 'retention by value comes later' }
  const interval = query.interval ?? UNITS.get(query.unit_s ?? 0)
  if (interval === undefined) return { declined: `no interval of ${query.unit_s} s` }
  const { period: _, ...asked } = askedOf(query, clock)
  const epoch = new Date(clock.epochMs).toISOString()
  const brackets = query.brackets
  const spread = brackets?.reduce((sum, size) => sum + size, 0) ?? 0
  const question: Draft<RetentionQuestion> = {
    kind: 'retention',
    ...asked,
    interval,
    start: query.start ?? (interval === 'hour' ? epoch.slice(0, 16) : epoch.slice(0, 10)),
    cohorts: query.cohorts ?? query.intervals ?? spread + 1,
    target: matcherAsked(query.target ?? null),
    returns: matcherAsked(query.returns ?? null),
    cohort:
      query.type === 'first_time'
        ? 'first'
        : query.type === 'first_ever'
          ? 'first-ever'
          : 'recurring',
    mode: query.mode === 'on_or_after' ? 'on-or-after' : 'on',
    window: query.window === 'rolling_24h' ? 'rolling' : 'calendar',
  }
  if (query.columns !== undefined) question.columns = query.columns
  if (brackets !== undefined) question.brackets = brackets
  if (query.min_occurrences !== undefined) question.minReturns = query.min_occurrences
  return question
}

const UNITS = new Map<number, 'hour' | 'day'>([
  [3600, 'hour'],
  [86_400, 'day'],
])

function askedOf(query: VectorQuery, clock: VectorClock) {
  return {
    where: (query.where ?? []).map(conditionOf),
    ...(query.actor_by === undefined ? {} : { unit: { property: query.actor_by } }),
    ...periodOf(query, clock),
  }
}

function periodOf(
  query: VectorQuery,
  clock: VectorClock,
): { readonly period?: Period | { readonly from: string; readonly to: string } } {
  if (query.range_dates !== undefined) {
    const [from, to] = query.range_dates
    return { period: { from, to } }
  }
  if (query.range_s === undefined) return {}
  const [from, to] = query.range_s
  return { period: { fromMs: instantOf(clock, from), toMs: instantOf(clock, to) } }
}

/** Whether stretching would change what a case means. */
export function needsCalendar({ query }: Vector, clock: VectorClock): boolean {
  return isStretched(clock) && (query.range_dates !== undefined || query.interval !== undefined)
}

function stepOf(step: VectorStep): StepMatcher {
  if (step === null || typeof step === 'string') return { event: step }
  return {
    ...matcherOf(step),
    ...(step.optional === true ? { optional: true } : {}),
    ...(step.first_time === undefined
      ? {}
      : { firstTime: step.first_time === 'event' ? ('event' as const) : ('matching' as const) }),
  }
}

function matcherAsked(step: VectorStep): MatcherAsked {
  return step === null || typeof step === 'string' ? step : matcherOf(step)
}

function matcherOf({ event, where = [] }: VectorMatcher): Matcher {
  const names = typeof event === 'string' || event === null ? [event] : event
  const known = names.filter((name) => name !== null)
  return {
    event: known.length < names.length ? null : known,
    ...(where.length === 0 ? {} : { where: where.map(conditionOf) }),
  }
}

const OPERATORS = {
  eq: 'eq',
  ne: 'ne',
  icontains: 'contains',
  gte: 'gte',
  lte: 'lte',
  is_set: 'set',
  is_not_set: 'unset',
} as const

function conditionOf(condition: VectorCondition): EventCondition {
  if ('any' in condition) return { kind: 'any', rules: condition.any.map(conditionOf) }
  if ('all' in condition) return { kind: 'all', rules: condition.all.map(conditionOf) }
  const { op: named, value } = condition
  const op = Object.entries(OPERATORS).find(([theirs]) => theirs === named)?.[1]
  if (op === undefined) throw new Error(`no operator ${named}`)
  const comparison = comparedBy(op, { op: 'eq', value: String(value ?? '') })
  return 'prop' in condition
    ? { kind: 'property', property: condition.prop, ...comparison }
    : { kind: 'trait', trait: condition.actor_prop, ...comparison }
}

function breakdownOf(query: VectorQuery): NonNullable<FunnelQuestion['breakdown']> {
  const { breakdown = {}, attribution, limit } = query
  const at =
    typeof attribution === 'object'
      ? attribution
      : attribution === 'last_touch'
        ? 'last-touch'
        : attribution === 'all_events'
          ? 'all-events'
          : 'first-touch'
  return {
    at,
    limit: limit ?? 200,
    ...(breakdown.prop === undefined ? {} : { property: breakdown.prop }),
    ...(breakdown.actor_prop === undefined ? {} : { trait: breakdown.actor_prop }),
  }
}
