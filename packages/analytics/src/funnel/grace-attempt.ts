import { firstAtLeast, type NextEvent } from './event-index.ts'
import type { Attempt, FunnelEvents, FunnelRules } from './funnel-rules.ts'

/**
 * Follows one entry where a step may come a little before the one it follows (senders' clocks and
 * queues disagree by a second or two). Each step takes the earliest unused event that fits.
 */
export function graceAttempt(
  events: FunnelEvents,
  rules: FunnelRules,
  entry: number,
  next: NextEvent,
): Attempt {
  const { times, held } = events
  const stepTimes = new Float64Array(rules.stepCount).fill(Number.NaN)
  const stepEvents = new Int32Array(rules.stepCount).fill(-1)
  const entryMs = times[entry] ?? 0
  const used = new Set([entry])
  stepTimes[0] = entryMs
  stepEvents[0] = entry
  let level = 1
  let previousMs = entryMs
  while (level < rules.stepCount) {
    const bit = 1 << level
    let event = next(bit, firstAtLeast(times, previousMs - rules.graceMs))
    while (
      used.has(event) ||
      (held !== null && event < times.length && held[event] !== held[entry])
    ) {
      event = next(bit, event + 1)
    }
    if (event >= times.length || (times[event] ?? 0) - entryMs > rules.windowMs) break
    used.add(event)
    previousMs = times[event] ?? 0
    stepTimes[level] = previousMs
    stepEvents[level] = event
    level++
  }
  const converted = level === rules.stepCount
  return {
    level,
    done: level,
    times: stepTimes,
    events: stepEvents,
    tainted: false,
    ended: converted ? 'converted' : 'data',
    next: converted ? Math.max(...used) + 1 : times.length,
  }
}
