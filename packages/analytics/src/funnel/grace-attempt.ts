import type { Attempt, FunnelEvents, FunnelRules } from './funnel-rules.ts'

/**
 * Follows one entry where a step may come a little before the one it follows (senders' clocks and
 * queues disagree by a second or two). Each step takes the earliest unused event that fits.
 */
export function graceAttempt(events: FunnelEvents, rules: FunnelRules, entry: number): Attempt {
  const { times, masks, held } = events
  const stepTimes = new Float64Array(rules.stepCount).fill(Number.NaN)
  const stepEvents = new Int32Array(rules.stepCount).fill(-1)
  const entryMs = times[entry] ?? 0
  const used = new Set([entry])
  stepTimes[0] = entryMs
  stepEvents[0] = entry
  let level = 1
  let previousMs = entryMs
  while (level < rules.stepCount) {
    const event = times.findIndex(
      (at, i) =>
        at >= previousMs - rules.graceMs &&
        at - entryMs <= rules.windowMs &&
        ((masks[i] ?? 0) & (1 << level)) !== 0 &&
        !used.has(i) &&
        (held === null || held[i] === held[entry]),
    )
    if (event < 0) break
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
