import { anyOrderAttempt } from './any-order.ts'
import { chainedAttempt } from './chained-attempt.ts'
import { eventIndex, type NextEvent } from './event-index.ts'
import { furthest, isPlain } from './furthest.ts'
import { graceAttempt } from './grace-attempt.ts'
import { orderedAttempt } from './ordered-attempt.ts'
import {
  isUnordered,
  stepBits,
  type Attempt,
  type FunnelEvents,
  type FunnelRules,
} from './funnel-rules.ts'

/** What one counted unit (a customer, a session, an entry) came to. */
export interface UnitOutcome {
  readonly attempt: Attempt
  /** It has not converted and its window is still open at `now`. */
  readonly inProgress: boolean
}

/**
 * Every outcome the journey of one customer counts with: one at most when customers are counted, one a
 * session, one an entry. None: no entry, or removed by an exclusion.
 */
export function outcomesOf(
  events: FunnelEvents,
  rules: FunnelRules,
  nowMs: number,
): readonly UnitOutcome[] {
  if (rules.hold === 'each-value' || (isUnordered(rules) && events.held !== null)) {
    const each = eachHeldValue(events).flatMap((part) => unitOutcomes(part, rules, nowMs))
    if (rules.hold === 'each-value' || each.length < 2) return each
    return [each.reduce((best, other) => (beats(other, best, rules) ? other : best))]
  }
  return unitOutcomes(events, rules, nowMs)
}

function unitOutcomes(events: FunnelEvents, rules: FunnelRules, nowMs: number): UnitOutcome[] {
  switch (rules.count) {
    case 'totals':
      return eachEntry(events, rules, nowMs)
    case 'sessions':
      return sessionsOf(events, rules.sessionGapMs).flatMap((session) => {
        const outcome = bestOutcome(session, rules, nowMs)
        return outcome === null ? [] : [outcome]
      })
    case 'customers': {
      const outcome = bestOutcome(events, rules, nowMs)
      return outcome === null ? [] : [outcome]
    }
  }
}

function attemptFrom(
  events: FunnelEvents,
  rules: FunnelRules,
  entry: number,
  next: NextEvent,
): Attempt {
  if (rules.graceMs > 0) return graceAttempt(events, rules, entry, next)
  if (rules.stepWindows !== null || rules.optional.includes(true)) {
    return chainedAttempt(events, rules, entry, next)
  }
  return orderedAttempt(events, rules, entry, next)
}

function bestOutcome(events: FunnelEvents, rules: FunnelRules, nowMs: number): UnitOutcome | null {
  const { times, masks } = events
  if (isUnordered(rules)) {
    const attempt = anyOrderAttempt(events, rules)
    if (attempt === null) return null
    const anyStep = stepBits(rules.stepCount)
    const newest = masks.findLastIndex((mask) => (mask & anyStep) !== 0)
    return { attempt, inProgress: isOpen(attempt, rules, times[newest] ?? 0, nowMs) }
  }
  if (rules.timedBy === 'earliest-entry' && isPlain(rules, events)) {
    return plainOutcome(events, rules, nowMs)
  }
  const next = eventIndex(masks)
  let best: Attempt | null = null
  let newestMs = Number.NEGATIVE_INFINITY
  let finished = false
  for (let entry = 0; entry < times.length; entry++) {
    if (((masks[entry] ?? 0) & 1) === 0) continue
    newestMs = times[entry] ?? 0
    if (finished) continue
    const attempt = attemptFrom(events, rules, entry, next)
    if (best === null || outranks(attempt, best, rules)) best = attempt
    if (rules.entry === 'first') break
    finished =
      best.level === rules.stepCount &&
      best.done === rules.stepCount &&
      !best.tainted &&
      rules.timedBy === 'earliest-entry'
  }
  if (best === null || best.tainted) return null
  return { attempt: best, inProgress: isOpen(best, rules, newestMs, nowMs) }
}

/**
 * The furthest step is first reached at some instant. No entry longer ago than the window leads there, and
 * the first that is not does: every later step of the chain lies behind it too.
 */
function plainOutcome(events: FunnelEvents, rules: FunnelRules, nowMs: number): UnitOutcome | null {
  const { times, masks } = events
  const { level, atMs } = furthest(events, rules)
  const newest = masks.findLastIndex((mask) => (mask & 1) !== 0)
  const next = eventIndex(masks)
  for (let entry = 0; entry <= newest; entry++) {
    if (((masks[entry] ?? 0) & 1) === 0 || (times[entry] ?? 0) + rules.windowMs < atMs) continue
    const attempt = orderedAttempt(events, rules, entry, next)
    if (attempt.level < level) continue
    return { attempt, inProgress: isOpen(attempt, rules, times[newest] ?? 0, nowMs) }
  }
  return null
}

function eachEntry(events: FunnelEvents, rules: FunnelRules, nowMs: number): UnitOutcome[] {
  const { times, masks } = events
  if (isUnordered(rules)) return eachAnyOrderEntry(events, rules, nowMs)
  const outcomes: UnitOutcome[] = []
  const next = eventIndex(masks)
  for (let entry = 0; entry < times.length; entry++) {
    if (((masks[entry] ?? 0) & 1) === 0) continue
    const attempt = attemptFrom(events, rules, entry, next)
    if (!attempt.tainted) {
      const open = attempt.ended === 'data' && isOpen(attempt, rules, times[entry] ?? 0, nowMs)
      outcomes.push({ attempt, inProgress: open })
    }
    if (rules.entry === 'first') break
    entry = Math.max(entry, attempt.next - 1)
  }
  return outcomes
}

/** Every event that matches a step opens a window, unless one is open. */
function eachAnyOrderEntry(events: FunnelEvents, rules: FunnelRules, nowMs: number): UnitOutcome[] {
  const { times, masks } = events
  const anyStep = stepBits(rules.stepCount)
  const outcomes: UnitOutcome[] = []
  let entry = 0
  while (entry < times.length) {
    if (((masks[entry] ?? 0) & anyStep) === 0) {
      entry++
      continue
    }
    const entryMs = times[entry] ?? 0
    let end = entry
    while (end < times.length && (times[end] ?? 0) - entryMs <= rules.windowMs) end++
    const window = slice(events, entry, end)
    const attempt = anyOrderAttempt(window, { ...rules, entry: 'first' })
    if (attempt !== null) {
      outcomes.push({ attempt, inProgress: isOpen(attempt, rules, entryMs, nowMs) })
    }
    entry = attempt?.ended === 'converted' ? entry + attempt.next : end
    if (rules.entry === 'first') break
  }
  return outcomes
}

/** Furthest first, then most steps; among equals the one that the times are asked of. */
function outranks(attempt: Attempt, best: Attempt, rules: FunnelRules): boolean {
  if (attempt.level !== best.level) return attempt.level > best.level
  if (attempt.tainted !== best.tainted) return best.tainted
  if (attempt.done !== best.done) return attempt.done > best.done
  switch (rules.timedBy) {
    case 'earliest-entry':
      return false
    case 'latest-entry':
      return true
    case 'first-completion':
      return reachedAt(attempt) <= reachedAt(best)
  }
}

function beats(one: UnitOutcome, other: UnitOutcome, rules: FunnelRules): boolean {
  return outranks(one.attempt, other.attempt, rules)
}

function reachedAt(attempt: Attempt): number {
  return attempt.times[attempt.level - 1] ?? Number.NaN
}

function isOpen(attempt: Attempt, rules: FunnelRules, entryMs: number, nowMs: number): boolean {
  return attempt.level < rules.stepCount && entryMs + rules.windowMs >= nowMs
}

function sessionsOf(events: FunnelEvents, gapMs: number): readonly FunnelEvents[] {
  const sessions: FunnelEvents[] = []
  let start = 0
  for (let i = 1; i <= events.times.length; i++) {
    const pause = (events.times[i] ?? Number.POSITIVE_INFINITY) - (events.times[i - 1] ?? 0)
    if (i < events.times.length && pause <= gapMs) continue
    sessions.push(slice(events, start, i))
    start = i
  }
  return sessions
}

function eachHeldValue(events: FunnelEvents): readonly FunnelEvents[] {
  return [...eventsByValue(events.held ?? [])].map(([, at]) => pickAt(events, at))
}

function slice(events: FunnelEvents, from: number, to: number): FunnelEvents {
  return {
    times: events.times.subarray(from, to),
    masks: events.masks.subarray(from, to),
    held: events.held?.subarray(from, to) ?? null,
  }
}

/** Which events carry each value. */
export function eventsByValue(values: ArrayLike<number>): ReadonlyMap<number, readonly number[]> {
  const events = new Map<number, number[]>()
  for (let event = 0; event < values.length; event++) {
    const value = values[event] ?? 0
    const known = events.get(value)
    if (known === undefined) events.set(value, [event])
    else known.push(event)
  }
  return events
}

/** These events, ascending, as a journey of their own. */
export function pickAt({ times, masks, held }: FunnelEvents, at: readonly number[]): FunnelEvents {
  return {
    times: Float64Array.from(at, (event) => times[event] ?? 0),
    masks: Uint32Array.from(at, (event) => masks[event] ?? 0),
    held: held === null ? null : Float64Array.from(at, (event) => held[event] ?? 0),
  }
}

/** The events that pass, as a journey of their own. */
export function pick(events: FunnelEvents, passes: (event: number) => boolean): FunnelEvents {
  return {
    times: events.times.filter((_, i) => passes(i)),
    masks: events.masks.filter((_, i) => passes(i)),
    held: events.held?.filter((_, i) => passes(i)) ?? null,
  }
}
