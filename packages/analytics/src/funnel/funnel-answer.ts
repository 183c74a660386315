import { at, held } from '../at.ts'
import { shareOf } from '../share.ts'
import { valueParts } from '../selection/event-value.ts'
import type { FunnelCounts, FunnelGroup, FunnelQuestion } from './funnel.ts'
import type { FunnelPlan } from './funnel-plan.ts'
import { emptyTally, type FunnelTally, mergeTallies } from './funnel-tally.ts'
import { summary, timeHistogram } from './funnel-times.ts'

/** The numbers of one tally. */
export function funnelCounts(
  tally: FunnelTally,
  plan: FunnelPlan,
  asked: FunnelQuestion['histogram'],
): FunnelCounts {
  const { timed, rules } = plan.options
  const entered = at(tally.reached, 0)
  // With an optional last step, converting means the last step that is required.
  const last = rules.optional.lastIndexOf(false)
  const converted = at(tally.reached, last)
  return {
    steps: plan.labels.map((label, i) => {
      const reached = at(tally.reached, i)
      const before = previousRequired(rules.optional, i)
      return {
        label,
        optional: plan.optional[i] === true,
        reached,
        share: shareOf(reached, entered),
        shareOfPrevious: before < 0 ? null : shareOf(reached, at(tally.reached, before)),
        fromPrevious: i === 0 || !timed ? null : summary(at(tally.stepMs, i)),
      }
    }),
    entered,
    converted,
    conversionShare: shareOf(converted, entered),
    inProgress: tally.inProgress,
    settledShare: shareOf(converted, entered - tally.inProgress),
    toConvert: timed ? summary(tally.totalMs) : null,
    histogram: timed ? timeHistogram(samplesBetween(tally, asked), asked?.bins ?? null) : null,
  }
}

/**
 * Groups by reached first step, largest first; those beyond the limit added up as `value: null`.
 *
 * @param texts the value of each code from 1
 */
export function funnelGroups(
  tallies: ReadonlyMap<number, FunnelTally>,
  texts: readonly string[],
  plan: FunnelPlan,
  asked: FunnelQuestion['histogram'],
): readonly FunnelGroup[] {
  const { limit, parts } = held(plan.breakdown, 'the breakdown')
  const beyond = texts.length + 1
  const ranked = [...tallies]
    .filter(([, tally]) => tally.reached.some((n) => n > 0))
    .map(([code, tally]) => ({
      text: code === 0 ? '' : code < beyond ? at(texts, code - 1) : '',
      code,
      tally,
    }))
    .sort((a, b) => at(b.tally.reached, 0) - at(a.tally.reached, 0) || compare(a.text, b.text))
  const known = ranked.filter(({ code }) => code < beyond)
  const kept = known.slice(0, limit)
  const rest = [...known.slice(limit), ...ranked.filter(({ code }) => code >= beyond)]
  const groups: FunnelGroup[] = kept.map(({ text, tally }) => ({
    value: parts > 1 ? valueParts(text, parts) : text,
    ...funnelCounts(tally, plan, asked),
  }))
  if (rest.length > 0) {
    const other = rest.reduce(
      (sum, { tally }) => mergeTallies(sum, tally),
      emptyTally(plan.labels.length),
    )
    groups.push({ value: null, ...funnelCounts(other, plan, asked) })
  }
  return groups
}

/** All customers once: with a breakdown that tells entries or steps apart, groups may overlap. */
export function totalOf(tallies: ReadonlyMap<number, FunnelTally>, stepCount: number): FunnelTally {
  return [...tallies.values()].reduce(mergeTallies, emptyTally(stepCount))
}

function samplesBetween(tally: FunnelTally, asked: FunnelQuestion['histogram']): readonly number[] {
  if (asked?.fromStep === undefined && asked?.toStep === undefined) return tally.totalMs
  const to = asked.toStep ?? tally.reached.length
  return asked.fromStep === to - 1 ? at(tally.stepMs, to - 1) : tally.totalMs
}

function previousRequired(optional: readonly boolean[], step: number): number {
  for (let before = step - 1; before >= 0; before--) if (optional[before] !== true) return before
  return -1
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
