import { exclusionIn, endOfInstant } from './ordered-attempt.ts'
import { stepBits, type Attempt, type FunnelEvents, type FunnelRules } from './funnel-rules.ts'

/**
 * Steps in any order: the most different steps that events of one window can serve, each event one
 * step. With `any` level n means n steps done, whichever they were; with `all-first` the first n steps, all of them.
 * Times are those of the earliest window that reaches the most, with the earliest events in it that serve, sorted.
 *
 * @returns null when no event matches a step, or with `all-first` the first one
 */
export function anyOrderAttempt(events: FunnelEvents, rules: FunnelRules): Attempt | null {
  const { times, masks } = events
  const steps = rules.stepCount
  const anyStep = stepBits(steps)
  const candidates: number[] = []
  let best: readonly Served[] = []
  /** Progress since the last exclusion that took it away again; counted when something seals it. */
  let pending: readonly Served[] = []
  const most = rules.order === 'any' ? mostSteps : mostFirst
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
      const done = most(events, candidates.slice(left), steps).length
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
      const seen = lastSeen.map((seenMs) => (at - seenMs <= rules.windowMs ? 1 : 0))
      if (possible(seen, rules) <= Math.max(best.length, pending.length)) continue
      const served = most(events, candidates.slice(left), steps)
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
  served: readonly Served[],
  next: number,
): Attempt {
  const times = new Float64Array(rules.stepCount).fill(Number.NaN)
  const used = new Int32Array(rules.stepCount).fill(-1)
  served.forEach(({ event }, i) => {
    times[i] = events.times[event] ?? 0
  })
  served.forEach(({ event, step }, i) => {
    used[rules.order === 'any' ? i : step] = event
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

/** An event and the step that it serves. */
interface Served {
  readonly event: number
  readonly step: number
}

/** How many steps can be served at most, by which of them were seen in the window. */
function possible(seen: Float64Array, { order, stepCount }: FunnelRules): number {
  if (order === 'any') return seen.reduce((n, was) => n + was, 0)
  const missing = seen.indexOf(0)
  return missing < 0 ? stepCount : missing
}

/** The most of the first steps that can all be served. If not all of so many can, no more can. */
function mostFirst(
  events: FunnelEvents,
  candidates: readonly number[],
  steps: number,
): readonly Served[] {
  let best: readonly Served[] = []
  for (let first = 1; first <= steps; first++) {
    const served = mostSteps(events, candidates, first)
    if (served.length < first) break
    best = served
  }
  return best
}

/** The earliest events, in order of time, that together serve the most different of so many steps. */
function mostSteps(
  { masks }: FunnelEvents,
  candidates: readonly number[],
  steps: number,
): readonly Served[] {
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
  return served.map((event) => ({ event, step: eventOf.indexOf(event) }))
}
