import { type NextEvent, pastWindow } from './event-index.ts'
import { matchInstant } from './same-instant.ts'
import { stepBits, type Attempt, type FunnelEvents, type FunnelRules } from './funnel-rules.ts'

/**
 * Follows one entry through required steps in order. Taking the earliest event that fits is the best
 * choice at every step, because each later event stays available.
 */
export function orderedAttempt(
  events: FunnelEvents,
  rules: FunnelRules,
  entry: number,
  next: NextEvent,
): Attempt {
  const { times, masks, held } = events
  const steps = rules.stepCount
  const anyStep = stepBits(steps)
  const entryMs = times[entry] ?? 0
  const stepTimes = new Float64Array(steps).fill(Number.NaN)
  const stepEvents = new Int32Array(steps).fill(-1)
  stepTimes[0] = entryMs
  stepEvents[0] = entry
  let level = 1
  let last = entry
  let tainted = false
  const usable = (event: number): boolean =>
    event !== entry && (held === null || held[event] === held[entry])
  const result = (ended: Attempt['ended'], then: number): Attempt => ({
    level,
    done: level,
    times: stepTimes,
    events: stepEvents,
    tainted,
    ended,
    next: then,
  })

  let from = firstOfInstant(times, entry)
  for (;;) {
    // In strict order any event decides.
    if (rules.order === 'ordered') from = instantOf(times, next(decisive(rules, level), from), from)
    const at = times[from] ?? 0
    if (from >= times.length || at - entryMs > rules.windowMs) {
      const past = pastWindow(times, entry, rules.windowMs)
      return result(past < times.length ? 'window' : 'data', past)
    }
    const to = endOfInstant(times, from)
    if (at > entryMs && rules.exclusions.length > 0) {
      const excluded = exclusionIn(masks, from, to, anyStep, rules, level)
      if (excluded >= 0) {
        if (rules.exclusionEffect === 'leave') return result('exclusion', excluded + 1)
        tainted = true
      }
    }
    const strictlyLater = rules.ties === 'strict-increase'
    const most = strictlyLater ? (at > entryMs ? 1 : 0) : tainted ? 1 : steps
    const match = matchInstant(masks, from, to, level, steps, most, usable)
    for (const event of match.events) {
      stepTimes[level] = at
      stepEvents[level] = event
      last = Math.max(last, event)
      level++
    }
    if (level === steps) return result('converted', last + 1)
    // An exclusion decides about the attempt up to its next step only.
    if (tainted && match.length > 0) return result('exclusion', to)
    if (match.length === 0 && at > entryMs && breaksStrict(masks, from, to, rules, level)) {
      return result('broken', from)
    }
    from = to
  }
}

/** Bits of the events that matter to an attempt at this level: its next step, and what excludes now. */
function decisive(rules: FunnelRules, level: number): number {
  return rules.exclusions.reduce(
    (bits, { bit, after, before }) => (after <= level && level < before ? bits | (1 << bit) : bits),
    1 << level,
  )
}

/** The first event of the instant of `event`, not before `from`. */
export function instantOf(times: Float64Array, event: number, from: number): number {
  let first = event
  while (first > from && first < times.length && times[first - 1] === times[event]) first--
  return first
}

/** Index of the first event at the instant of `event`. */
export function firstOfInstant(times: Float64Array, event: number): number {
  let first = event
  while (first > 0 && times[first - 1] === times[event]) first--
  return first
}

/** One past the last event at the instant of `event`. */
export function endOfInstant(times: Float64Array, event: number): number {
  let end = event + 1
  while (end < times.length && times[end] === times[event]) end++
  return end
}

/** The first event of the instant that excludes at this level; −1: none. At the very instant of a step none does. */
export function exclusionIn(
  masks: Uint32Array,
  from: number,
  to: number,
  anyStep: number,
  rules: FunnelRules,
  level: number,
): number {
  for (let event = from; event < to; event++) {
    if (((masks[event] ?? 0) & anyStep) !== 0) return -1
  }
  for (let event = from; event < to; event++) {
    for (const { bit, after, before } of rules.exclusions) {
      if (((masks[event] ?? 0) & (1 << bit)) !== 0 && after <= level && level < before) return event
    }
  }
  return -1
}

function breaksStrict(
  masks: Uint32Array,
  from: number,
  to: number,
  rules: FunnelRules,
  level: number,
): boolean {
  if (rules.order === 'strict') return true
  if (rules.order !== 'strict-repeats') return false
  for (let event = from; event < to; event++) {
    if (((masks[event] ?? 0) & (1 << (level - 1))) === 0) return true
  }
  return false
}
