/** One event of a journey as a sequence sees it. */
export interface SequenceEvent {
  readonly timeMs: number
  /** Which steps it can be. */
  readonly steps: readonly boolean[]
  /** It may not lie between two steps. */
  readonly breaks: boolean
}

export interface SequenceLimits {
  readonly steps: number
  readonly stepWithinMs: number | null
  readonly withinMs: number | null
}

/** A chain under way: when its latest step was, and when its first. */
interface Chain {
  readonly atMs: number
  readonly sinceMs: number
}

/** Whether the events, in order, hold the steps one after the other. */
export function hasSequence(
  events: readonly SequenceEvent[],
  low: number,
  high: number,
  { steps, stepWithinMs, withinMs }: SequenceLimits,
): boolean {
  // [step] chains that ended with it. One that began earlier and ended earlier than another helps nobody.
  let chains: readonly (readonly Chain[])[] = Array.from({ length: steps }, () => [])
  for (let i = low; i < high; i++) {
    const event = events[i]
    if (event === undefined) break
    const atMs = event.timeMs
    const open = chains.map((held) =>
      held.filter(
        (chain) =>
          (stepWithinMs === null || atMs - chain.atMs <= stepWithinMs) &&
          (withinMs === null || atMs - chain.sinceMs <= withinMs),
      ),
    )
    const begun = event.steps.map((can, step): Chain | null => {
      if (!can) return null
      if (step === 0) return { atMs, sinceMs: atMs }
      const before = open[step - 1] ?? []
      if (before.length === 0) return null
      return { atMs, sinceMs: Math.max(...before.map(({ sinceMs }) => sinceMs)) }
    })
    if (begun[steps - 1] != null) return true
    chains = open.map((held, step) => {
      const chain = begun[step]
      const left = event.breaks ? [] : held
      return chain == null
        ? left
        : [...left.filter(({ sinceMs }) => sinceMs > chain.sinceMs), chain]
    })
  }
  return false
}
