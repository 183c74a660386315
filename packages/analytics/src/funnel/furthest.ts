import { endOfInstant } from './ordered-attempt.ts'
import { matchInstant } from './same-instant.ts'
import type { FunnelEvents, FunnelRules } from './funnel-rules.ts'

export interface Furthest {
  /** The furthest step that any entry reaches; 0: there is no entry. */
  readonly level: number
  /** When it is first reached. */
  readonly atMs: number
}

/** Whether nothing but order and window decides, so that the newest entry is always the best to hold. */
export function isPlain(rules: FunnelRules, events: FunnelEvents): boolean {
  return (
    rules.order === 'ordered' &&
    rules.entry === 'any' &&
    rules.ties === 'step-order' &&
    rules.graceMs === 0 &&
    rules.stepWindows === null &&
    rules.exclusions.length === 0 &&
    events.held === null &&
    !rules.optional.includes(true)
  )
}

/**
 * How far plain rules get, in one pass: for each step the newest entry that led to it. Trying every
 * entry costs the square of the events, which a robot's hundred thousand views make minutes.
 */
export function furthest({ times, masks }: FunnelEvents, rules: FunnelRules): Furthest {
  const { stepCount, windowMs } = rules
  /** Newest entry that reached step i + 1. */
  const entries = new Float64Array(stepCount).fill(Number.NEGATIVE_INFINITY)
  let level = 0
  let atMs = Number.NaN
  const usable = (): boolean => true
  for (let from = 0; from < times.length; ) {
    const at = times[from] ?? 0
    const to = endOfInstant(times, from)
    // From the last step down, so that no chain is led on twice by one instant.
    for (let reached = Math.min(level, stepCount - 1); reached >= 0; reached--) {
      const entryMs = reached === 0 ? at : (entries[reached - 1] ?? 0)
      if (at - entryMs > windowMs) continue
      const { length } = matchInstant(masks, from, to, reached, stepCount, stepCount, usable)
      for (let step = reached; step < reached + length; step++) {
        entries[step] = Math.max(entries[step] ?? 0, entryMs)
      }
      if (reached + length > level) {
        level = reached + length
        atMs = at
      }
    }
    if (level === stepCount) break
    from = to
  }
  return { level, atMs }
}
