import { exclusionIn, endOfInstant } from './ordered-attempt.ts'
import { stepBits, type Attempt, type FunnelEvents, type FunnelRules } from './funnel-rules.ts'

/**
 * Steps in any order: the most different steps that events of one window can serve, each event one
 * step. Level n means n steps done, whichever they were. Times are those of the earliest window that
 * reaches the most, with the earliest events in it that serve, sorted.
 *
 * @returns null when no event matches a step
 */
export function anyOrderAttempt(events: FunnelEvents, rules: FunnelRules): Attempt | null {
  const { times, masks } = events
  const steps = rules.stepCount
  const anyStep = stepBits(steps)
  const candidates: number[] = []
  let best: readonly number[] = []
  /** Progress since the last exclusion that took it away again; counted when something seals it. */
  let pending: readonly number[] = []
  const lastSeen = new Float64Array(steps).fill(Number.NEGATIVE_INFINITY)
  const remove = rules.exclusionEffect === 'remove'
  const excluding = rules.exclusions.reduce((bits, { bit }) => bits | (1 << bit), 0)
  let firstMs = Number.NaN
  let left = 0

  for (let from = 0; from < times.length; ) {
    const at = times[from] ?? 0
    const to = endOfInstant(times, from)
    if (rules.entry === 'first' && at - firstMs > rules.windowMs) break
    const droppedOut =
      candidates.length > left && at - (times[candidates[left] ?? 0] ?? 0) > rules.windowMs
    if (droppedOut && pending.length > best.length) best = pending
    while (left < candidates.length && at - (times[candidates[left] ?? 0] ?? 0) > rules.windowMs) {
      left++
    }
    if (droppedOut) pending = []
    if (left < candidates.length && matchesAny(masks, from, to, excluding)) {
      const done = serve(events, candidates.slice(left), steps).length
      if (exclusionIn(masks, from, to, anyStep, rules, done) >= 0) {
        candidates.length = 0
        left = 0
        if (!remove && pending.length > best.length) best = pending
        pending = []
        lastSeen.fill(Number.NEGATIVE_INFINITY)
      }
    }
    for (let event = from; event < to; event++) {
      const mask = (masks[event] ?? 0) & anyStep
      if (mask === 0) continue
      if (Number.isNaN(firstMs)) firstMs = at
      candidates.push(event)
      for (let step = 0; step < steps; step++) if (mask & (1 << step)) lastSeen[step] = at
      const possible = lastSeen.reduce((n, seen) => (at - seen <= rules.windowMs ? n + 1 : n), 0)
      if (possible <= Math.max(best.length, pending.length)) continue
      const served = serve(events, candidates.slice(left), steps)
      if (served.length > pending.length) pending = served
      if (served.length === steps) return done(events, rules, served, event + 1)
    }
    from = to
  }
  if (pending.length > best.length) best = pending
  return best.length === 0 ? null : done(events, rules, best, times.length)
}

function matchesAny(masks: Uint32Array, from: number, to: number, bits: number): boolean {
  for (let event = from; event < to; event++) if (((masks[event] ?? 0) & bits) !== 0) return true
  return false
}

function done(
  events: FunnelEvents,
  rules: FunnelRules,
  served: readonly number[],
  next: number,
): Attempt {
  const times = new Float64Array(rules.stepCount).fill(Number.NaN)
  const used = new Int32Array(rules.stepCount).fill(-1)
  served.forEach((event, i) => {
    times[i] = events.times[event] ?? 0
    used[i] = event
  })
  const converted = served.length === rules.stepCount
  return {
    level: served.length,
    done: served.length,
    times,
    events: used,
    tainted: false,
    ended: converted ? 'converted' : 'data',
    next,
  }
}

/** The earliest events, in order of time, that together serve the most different steps. */
function serve(
  { masks }: FunnelEvents,
  candidates: readonly number[],
  steps: number,
): readonly number[] {
  const eventOf = new Array<number>(steps).fill(-1)
  const place = (event: number, seen: boolean[]): boolean => {
    for (let step = 0; step < steps; step++) {
      if (((masks[event] ?? 0) & (1 << step)) === 0 || seen[step] === true) continue
      seen[step] = true
      const other = eventOf[step] ?? -1
      if (other < 0 || place(other, seen)) {
        eventOf[step] = event
        return true
      }
    }
    return false
  }
  const served: number[] = []
  for (const event of candidates) {
    if (served.length < steps && place(event, [])) served.push(event)
  }
  return served
}
