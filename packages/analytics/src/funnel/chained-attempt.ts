import { type NextEvent, pastWindow } from './event-index.ts'
import { endOfInstant, exclusionIn, firstOfInstant, instantOf } from './ordered-attempt.ts'
import { stepBits, type Attempt, type FunnelEvents, type FunnelRules } from './funnel-rules.ts'

/** The best way found to have reached a step. */
interface Chain {
  readonly done: number
  readonly times: readonly number[]
  readonly events: readonly number[]
  /** The instant a step's own window counts from. */
  readonly fromMs: number
}

/**
 * Follows one entry where the earliest event is not always the best: with optional steps (get
 * furthest, then do most steps) and with windows that count from the step before (the newest event
 * leaves most time). For each step the best chain that ends there is kept while the events go by.
 */
export function chainedAttempt(
  events: FunnelEvents,
  rules: FunnelRules,
  entry: number,
  nextEvent: NextEvent,
): Attempt {
  const { times, masks, held } = events
  const steps = rules.stepCount
  const anyStep = stepBits(steps)
  const entryMs = times[entry] ?? 0
  const chains = new Array<Chain | null>(steps).fill(null)
  chains[0] = { done: 1, times: [entryMs], events: [entry], fromMs: entryMs }
  const level = (): number => chains.findLastIndex((chain) => chain !== null) + 1
  const end = (ended: Attempt['ended'], next: number, tainted: boolean): Attempt =>
    attemptOf(chains, steps, ended, next, tainted)

  let tainted = false
  // Only a later step or an exclusion changes anything.
  const decisive = rules.exclusions.reduce((bits, { bit }) => bits | (1 << bit), anyStep & ~1)
  let from = firstOfInstant(times, entry)
  for (;;) {
    from = instantOf(times, nextEvent(decisive, from), from)
    const at = times[from] ?? 0
    if (from >= times.length || at - entryMs > rules.windowMs) {
      const past = pastWindow(times, entry, rules.windowMs)
      if (past < times.length) return end('window', past, tainted)
      return end(chains[steps - 1] == null ? 'data' : 'converted', past, tainted)
    }
    const to = endOfInstant(times, from)
    const before = level()
    if (at > entryMs && rules.exclusions.length > 0) {
      const excluded = exclusionIn(masks, from, to, anyStep, rules, before)
      if (excluded >= 0) {
        if (rules.exclusionEffect === 'leave') return end('exclusion', excluded + 1, tainted)
        tainted = true
      }
    }
    const old = [...chains]
    for (let step = 1; step < steps; step++) {
      for (let previous = step - 1; previous >= 0; previous--) {
        for (const chain of [old[previous], chains[previous]]) {
          const longer = chain == null ? null : extend(chain, step, at, from, to)
          if (longer !== null && better(longer, chains[step] ?? null)) chains[step] = longer
        }
        if (rules.optional[previous] !== true) break
      }
    }
    if (chains[steps - 1] != null && !rules.optional.includes(true)) {
      return end('converted', to, tainted)
    }
    if (tainted && level() > before) return end('exclusion', to, tainted)
    from = to
  }

  function extend(chain: Chain, step: number, at: number, first: number, past: number) {
    const lastMs = chain.times.at(-1) ?? entryMs
    if (rules.ties === 'strict-increase' && at <= lastMs) return null
    if (rules.stepWindows !== null && at - chain.fromMs > (rules.stepWindows.ms[step] ?? 0)) {
      return null
    }
    for (let event = first; event < past; event++) {
      if (((masks[event] ?? 0) & (1 << step)) === 0 || chain.events.includes(event)) continue
      if (held !== null && held[event] !== held[entry]) continue
      const restarts = rules.stepWindows?.from === 'previous-step' || rules.optional[step] !== true
      const padding = step - chain.times.length
      return {
        done: chain.done + 1,
        times: [...chain.times, ...new Array<number>(padding).fill(Number.NaN), at],
        events: [...chain.events, ...new Array<number>(padding).fill(-1), event],
        fromMs: restarts ? at : chain.fromMs,
      }
    }
    return null
  }

  function better(longer: Chain, kept: Chain | null): boolean {
    if (kept === null || longer.done > kept.done) return true
    return rules.stepWindows !== null && longer.done === kept.done && longer.fromMs > kept.fromMs
  }
}

function attemptOf(
  chains: readonly (Chain | null)[],
  steps: number,
  ended: Attempt['ended'],
  next: number,
  tainted: boolean,
): Attempt {
  const last = chains.findLastIndex((chain) => chain !== null)
  const chain = chains[last]
  const times = new Float64Array(steps).fill(Number.NaN)
  const events = new Int32Array(steps).fill(-1)
  chain?.times.forEach((time, step) => (times[step] = time))
  chain?.events.forEach((event, step) => (events[step] = event))
  return { level: last + 1, done: chain?.done ?? 0, times, events, tainted, ended, next }
}
