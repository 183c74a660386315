import { applyFirstTime, type FirstTimeRule } from './first-time.ts'
import {
  addOutcome,
  addTally,
  emptyTally,
  type FunnelTally,
  type FunnelTallyPart,
} from './funnel-tally.ts'
import { eventsByValue, outcomesOf, pick, pickAt } from './funnel-unit.ts'
import { stepBits, type FunnelEvents, type FunnelRules } from './funnel-rules.ts'

/** How customers (or entries) are told apart. */
export type FunnelGrouping =
  | { readonly by: 'none' }
  /** The value of the event used at this step (from 1): a funnel of its own for each value seen there. */
  | { readonly by: 'step'; readonly step: number }
  /** The first or last value on any event that matches a step. */
  | { readonly by: 'first-touch' | 'last-touch' }
  /** A funnel of its own for each value, over the events that carry it. */
  | { readonly by: 'all-events' }

/** One customer's whole history as it comes from the store. */
export interface FunnelJourney extends FunnelEvents {
  /** Code of each event's breakdown value, 0: none; null: no breakdown. */
  readonly groups: Float64Array | null
}

export interface FunnelKernel {
  readonly add: (journey: FunnelJourney) => void
  /** Group code → tally; without a breakdown all stands under 0. */
  readonly tallies: () => ReadonlyMap<number, FunnelTally>
  /** Takes in what another kernel of the same options counted, of other customers. */
  readonly merge: (others: ReadonlyMap<number, FunnelTallyPart>) => void
}

export interface FunnelKernelOptions {
  readonly rules: FunnelRules
  readonly grouping: FunnelGrouping
  readonly firstTime: readonly FirstTimeRule[]
  /** Half-open; events outside serve only to decide what was the first time. */
  readonly fromMs: number
  readonly toMs: number
  readonly nowMs: number
  readonly timed: boolean
  /** `strict` sees only events that match a step or an exclusion. */
  readonly strictAmongSteps: boolean
}

/** The reference for every rule of funnels: one customer at a time over typed arrays. */
export function funnelKernel(options: FunnelKernelOptions): FunnelKernel {
  const { rules, grouping, nowMs, timed } = options
  const tallies = new Map<number, FunnelTally>()
  const tallyOf = (group: number): FunnelTally => {
    const known = tallies.get(group)
    if (known !== undefined) return known
    const tally = emptyTally(rules.stepCount)
    tallies.set(group, tally)
    return tally
  }
  const count = (group: number, events: FunnelEvents, needsStep = 0): void => {
    for (const outcome of outcomesOf(events, rules, nowMs)) {
      if (needsStep > 0 && Number.isNaN(outcome.attempt.times[needsStep - 1])) continue
      addOutcome(tallyOf(group), outcome, timed)
    }
  }
  const add = (journey: FunnelJourney): void => {
    const { events, groups } = prepared(journey, options)
    if (groups === null || grouping.by === 'none') return count(0, events)
    const anyStep = stepBits(rules.stepCount)
    switch (grouping.by) {
      case 'first-touch':
      case 'last-touch': {
        const valued = (mask: number, i: number): boolean =>
          (mask & anyStep) !== 0 && (groups[i] ?? 0) !== 0
        const event =
          grouping.by === 'first-touch'
            ? events.masks.findIndex(valued)
            : events.masks.findLastIndex(valued)
        return count(groups[event] ?? 0, events)
      }
      case 'all-events':
        for (const [value, at] of eventsByValue(groups)) count(value, pickAt(events, at))
        return
      case 'step':
        return rules.count === 'totals'
          ? countEntries(events, groups, grouping.step)
          : countByStep(events, groups, grouping.step)
    }
  }
  /** A funnel for each value seen at the step, in which that step must have the value. */
  const countByStep = (events: FunnelEvents, groups: Float64Array, step: number): void => {
    const bit = 1 << (step - 1)
    const values = new Set<number>()
    events.masks.forEach((mask, i) => {
      if ((mask & bit) !== 0) values.add(groups[i] ?? 0)
    })
    for (const value of values) {
      const masks =
        values.size === 1
          ? events.masks
          : events.masks.map((mask, i) => (groups[i] === value ? mask : mask & ~bit))
      count(value, { ...events, masks }, step)
    }
  }
  /** Entries are told apart by the value of the event each of them used at the step. */
  const countEntries = (events: FunnelEvents, groups: Float64Array, step: number): void => {
    for (const outcome of outcomesOf(events, rules, nowMs)) {
      const event = outcome.attempt.events[step - 1] ?? -1
      if (event < 0) continue
      addOutcome(tallyOf(groups[event] ?? 0), outcome, timed)
    }
  }
  const merge = (others: ReadonlyMap<number, FunnelTallyPart>): void => {
    for (const [group, tally] of others) addTally(tallyOf(group), tally)
  }
  return { add, tallies: () => tallies, merge }
}

function prepared(
  journey: FunnelJourney,
  options: FunnelKernelOptions,
): { readonly events: FunnelEvents; readonly groups: Float64Array | null } {
  const { fromMs, toMs, strictAmongSteps } = options
  const { times } = journey
  const masks = applyFirstTime(journey.masks, options.firstTime)
  const whole = (times[0] ?? fromMs) >= fromMs && (times.at(-1) ?? fromMs) < toMs
  if (whole && !strictAmongSteps) {
    return { events: { times, masks, held: journey.held }, groups: journey.groups }
  }
  const keep = (i: number): boolean => {
    const at = times[i] ?? 0
    return at >= fromMs && at < toMs && !(strictAmongSteps && masks[i] === 0)
  }
  return {
    events: pick({ times, masks, held: journey.held }, keep),
    groups: journey.groups?.filter((_, i) => keep(i)) ?? null,
  }
}
