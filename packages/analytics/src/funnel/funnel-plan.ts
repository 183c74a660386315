import type { EventKind, RuleOf } from '@parcurs/domain'
import type { Planned } from '../asking/question-kind.ts'
import type { Matcher, Period } from '../question.ts'
import type { Sql } from '../sql.ts'
import { hashOfText, valueText } from '../selection/event-value.ts'
import {
  type Matching,
  matcherLabel,
  matchingOf,
  namePart,
  resolvedConditions,
} from '../selection/matching.ts'
import { type Selection, selectionCoding } from '../selection/selection.ts'
import { SESSION_GAP_MS } from '../session/session-kernel.ts'
import type { Misfit } from '../selection/misfit.ts'
import type { FirstTimeRule } from './first-time.ts'
import type {
  FunnelBreakdown,
  FunnelExclusion,
  FunnelQuestion,
  StepAsked,
  StepMatcher,
} from './funnel.ts'
import type { FunnelGrouping, FunnelKernelOptions } from './funnel-kernel.ts'
import type { FunnelRules } from './funnel-rules.ts'

export const DAY_MS = 86_400_000
export const BREAKDOWN_LIMIT = 25

/** What a question needs to know of its workspace to be planned. */
export interface FunnelContext {
  readonly kinds: readonly EventKind[]
  readonly touchpointRule: RuleOf
  /** Resolved; null: all time. */
  readonly period: Period | null
  readonly nowMs: number
  /** Condition on the column `customer`; null: everybody. */
  readonly customers: Sql | null
}

export interface FunnelPlan extends Planned {
  readonly question: FunnelQuestion
  readonly labels: readonly string[]
  readonly optional: readonly boolean[]
  readonly options: FunnelKernelOptions
  readonly selection: Selection
  readonly breakdown: BreakdownPlan | null
  /** The journeys alone can answer, in SQL; false: the kernel must. */
  readonly inSql: boolean
  /** Every parameter, defaults included. */
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface BreakdownPlan {
  /** The value of an event as text. */
  readonly text: Sql
  /** How many properties stand in one value. */
  readonly parts: number
  readonly limit: number
}

/** Decides everything about a funnel but the numbers. */
export function planFunnel(question: FunnelQuestion, context: FunnelContext): FunnelPlan | Misfit {
  const steps = question.steps.map(stepOf)
  const exclusions = question.exclusions ?? []
  const misfit = misfitOf(question, steps)
  if (misfit !== null) return misfit
  const bits: Matching[] = []
  for (const [place, matcher] of [
    ...steps.map((step, i) => [`steps[${i}]`, step] as const),
    ...exclusions.map((exclusion, i) => [`exclusions[${i}]`, exclusion] as const),
  ]) {
    const matching = matchingOf(matcher, context.touchpointRule)
    if (matching === null) {
      return {
        place: `${place}.touchpoint`,
        value: matcher.touchpoint,
        expected: 'the id of a touchpoint of this workspace',
      }
    }
    bits.push(matching)
  }
  const firstTime: FirstTimeRule[] = []
  steps.forEach((step, i) => {
    if (step.firstTime === undefined) return
    firstTime.push({ of: step.firstTime, named: bits.length, matching: i })
    if (step.firstTime === 'event') bits.push(namePart(step))
  })
  if (bits.length > 32) {
    return {
      place: 'steps',
      value: bits.length,
      expected: 'at most 32 steps, exclusions and first times together',
    }
  }
  const rules = rulesOf(question, steps)
  const breakdown = breakdownOf(question.breakdown)
  const hold = question.hold ?? []
  const strict = rules.order === 'strict' || rules.order === 'strict-repeats'
  const selection: Selection = {
    code: { as: 'mask', bits },
    where: resolvedConditions(question.where, context.touchpointRule),
    unit: question.unit?.property ?? null,
    // What came first is decided over the whole history.
    period: firstTime.length > 0 ? wholeHistory(context.period) : context.period,
    keep:
      (strict && question.strictScope !== 'step-events') || rules.count === 'sessions'
        ? 'all'
        : 'matched',
    customers: context.customers,
    columns: hold.length > 0 ? [hashOfText(valueText(hold))] : [],
    trait: question.breakdown?.trait ?? null,
  }
  const timed = question.times !== false
  const options: FunnelKernelOptions = {
    rules,
    grouping: groupingOf(question.breakdown),
    firstTime,
    fromMs: context.period?.fromMs ?? Number.NEGATIVE_INFINITY,
    toMs: context.period?.toMs ?? Number.POSITIVE_INFINITY,
    nowMs: context.nowMs,
    timed,
    strictAmongSteps: strict && question.strictScope === 'step-events',
  }
  return {
    question,
    period: context.period,
    // An entry of the last instant has its window until then.
    settledMs: (context.period?.toMs ?? Number.POSITIVE_INFINITY) + rules.windowMs,
    labels: steps.map((step) => step.label ?? matcherLabel(step)),
    optional: rules.optional,
    options,
    selection,
    breakdown,
    inSql: !timed && breakdown === null && answersInSql(rules, firstTime, selection, context.kinds),
    parameters: parametersOf(question, steps, rules, context.period, breakdown),
  }
}

/**
 * Whether the store answers exactly as the kernel does. TRICKY: there an event is of one step, so steps
 * must not share a kind.
 */
function answersInSql(
  rules: FunnelRules,
  firstTime: readonly FirstTimeRule[],
  selection: Selection,
  kinds: readonly EventKind[],
): boolean {
  const plain =
    rules.order === 'ordered' &&
    rules.entry === 'any' &&
    rules.count === 'customers' &&
    rules.ties === 'step-order' &&
    rules.graceMs === 0 &&
    rules.stepWindows === null &&
    rules.exclusions.length === 0 &&
    rules.hold === 'none' &&
    firstTime.length === 0 &&
    !rules.optional.includes(true)
  if (!plain) return false
  const coding = selectionCoding(selection, kinds)
  if (coding === null || coding.openKinds.length > 0) return false
  return coding.byKind.every((mask) => (mask & (mask - 1)) === 0)
}

function stepOf(asked: StepAsked): StepMatcher {
  return asked === null || typeof asked === 'string' ? { event: asked } : asked
}

function rulesOf(question: FunnelQuestion, steps: readonly StepMatcher[]): FunnelRules {
  const { stepWindows, hold = [] } = question
  const widest = stepWindows?.ms.reduce<number>((sum, ms) => sum + (ms ?? 0), 0)
  return {
    stepCount: steps.length,
    optional: steps.map((step) => step.optional === true),
    order: question.order ?? 'ordered',
    windowMs: widest ?? question.windowMs ?? 14 * DAY_MS,
    stepWindows:
      stepWindows === undefined
        ? null
        : { from: stepWindows.from, ms: stepWindows.ms.map((ms) => ms ?? 0) },
    entry: question.entry ?? 'any',
    timedBy: question.timedBy ?? 'earliest-entry',
    count: question.count ?? 'customers',
    ties: question.ties ?? 'step-order',
    graceMs: question.graceMs ?? 0,
    exclusions: (question.exclusions ?? []).map(({ after, before }, i) => ({
      bit: steps.length + i,
      after,
      before,
    })),
    exclusionEffect: question.exclusionEffect ?? 'leave',
    hold:
      hold.length === 0 ? 'none' : question.holdCounts === 'each-value' ? 'each-value' : 'customer',
    sessionGapMs: SESSION_GAP_MS,
  }
}

/** Every event that the exclusion names is an event of some step, whatever its properties. */
function neverActs(exclusion: FunnelExclusion, steps: readonly StepMatcher[]): boolean {
  const named = namesOf(exclusion)
  const taken = steps.filter(({ firstTime, ...step }) => firstTime === undefined && isPlain(step))
  if (taken.some((step) => step.event == null)) return true
  const names = new Set(taken.flatMap(namesOf))
  return named.length > 0 && named.every((name) => names.has(name))
}

function isPlain({ touchpoint, rule, where = [] }: Matcher): boolean {
  return touchpoint === undefined && rule === undefined && where.length === 0
}

function namesOf({ event }: Matcher): readonly string[] {
  if (event == null) return []
  return typeof event === 'string' ? [event] : event
}

function misfitOf(question: FunnelQuestion, steps: readonly StepMatcher[]): Misfit | null {
  const { stepWindows, exclusions = [], breakdown } = question
  if (steps[0]?.optional === true) {
    return {
      place: 'steps[0].optional',
      value: true,
      expected: 'a first step that is not optional',
    }
  }
  const rest: readonly [string, boolean][] = [
    ['stepWindows', stepWindows !== undefined],
    ['graceMs', (question.graceMs ?? 0) > 0],
    ['steps with optional', steps.some((step) => step.optional === true)],
  ]
  if (question.order !== undefined && question.order !== 'ordered') {
    const used = rest.find(([, set]) => set)
    if (used !== undefined) {
      return {
        place: 'order',
        value: question.order,
        expected: `"ordered" together with ${used[0]}`,
      }
    }
  }
  if ((question.graceMs ?? 0) > 0 && (exclusions.length > 0 || rest[0]?.[1] || rest[2]?.[1])) {
    return {
      place: 'graceMs',
      value: question.graceMs,
      expected: '0 together with exclusions, optional steps or windows of their own',
    }
  }
  if (stepWindows !== undefined && stepWindows.ms.length !== steps.length) {
    return {
      place: 'stepWindows.ms',
      value: stepWindows.ms.length,
      expected: `as many windows as steps, ${steps.length}, the first of them null`,
    }
  }
  const outside = exclusions.findIndex(
    ({ after, before }) => after >= before || before > steps.length,
  )
  if (outside >= 0) {
    return {
      place: `exclusions[${outside}].before`,
      value: exclusions[outside]?.before,
      expected: `a step after \`after\`, at most ${steps.length}`,
    }
  }
  const idle = exclusions.findIndex((exclusion) => neverActs(exclusion, steps))
  if (idle >= 0) {
    return {
      place: `exclusions[${idle}].event`,
      value: exclusions[idle]?.event ?? null,
      expected: 'an event of no step: at the instant of a step no exclusion counts',
    }
  }
  if (breakdown !== undefined) {
    if ((breakdown.property === undefined) === (breakdown.trait === undefined)) {
      return { place: 'breakdown', value: breakdown, expected: 'either a property or a trait' }
    }
    const at = breakdown.at
    if (typeof at === 'object' && at.step > steps.length) {
      return { place: 'breakdown.at.step', value: at.step, expected: `1 to ${steps.length}` }
    }
    if (
      typeof at === 'object' &&
      question.count === 'totals' &&
      question.holdCounts === 'each-value'
    ) {
      return {
        place: 'holdCounts',
        value: 'each-value',
        expected: '"customers" in a breakdown of totals',
      }
    }
  }
  return null
}

function groupingOf(breakdown: FunnelBreakdown | undefined): FunnelGrouping {
  if (breakdown === undefined) return { by: 'none' }
  // Every event of a customer carries the same trait.
  if (breakdown.trait !== undefined) return { by: 'first-touch' }
  const at = breakdown.at ?? { step: 1 }
  return typeof at === 'object' ? { by: 'step', step: at.step } : { by: at }
}

function breakdownOf(breakdown: FunnelBreakdown | undefined): BreakdownPlan | null {
  if (breakdown === undefined) return null
  const { property = [], limit = BREAKDOWN_LIMIT } = breakdown
  const properties = typeof property === 'string' ? [property] : property
  return {
    text: breakdown.trait === undefined ? valueText(properties) : TRAIT_VALUE,
    parts: Math.max(1, properties.length),
    limit,
  }
}

const TRAIT_VALUE: Sql = { strings: ['trait_value'], holes: [] }

function wholeHistory(period: Period | null): Period | null {
  return period === null ? null : { fromMs: Date.UTC(1900, 0, 1), toMs: period.toMs }
}

function parametersOf(
  question: FunnelQuestion,
  steps: readonly StepMatcher[],
  rules: FunnelRules,
  period: Period | null,
  breakdown: BreakdownPlan | null,
): Readonly<Record<string, unknown>> {
  return {
    steps: steps.map((step) => ({ ...step, label: step.label ?? matcherLabel(step) })),
    period,
    segment: question.segment ?? null,
    where: question.where ?? [],
    unit: question.unit ?? null,
    sample: question.sample ?? 1,
    order: rules.order,
    strictScope: question.strictScope ?? 'all-events',
    windowMs: question.stepWindows === undefined ? rules.windowMs : null,
    stepWindows: question.stepWindows ?? null,
    entry: rules.entry,
    timedBy: rules.timedBy,
    count: rules.count,
    ties: rules.ties,
    graceMs: rules.graceMs,
    exclusions: question.exclusions ?? [],
    exclusionEffect: rules.exclusionEffect,
    hold: question.hold ?? [],
    holdCounts: question.holdCounts ?? 'customers',
    breakdown:
      question.breakdown === undefined
        ? null
        : {
            ...question.breakdown,
            at: question.breakdown.at ?? { step: 1 },
            limit: breakdown?.limit,
          },
    times: question.times !== false,
    histogram: question.histogram ?? null,
  }
}
