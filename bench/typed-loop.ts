/** Customers' events end to end, in time order: the best shape there is for a loop. */
export interface TypedEvents {
  readonly customers: number
  /** Events of customer i stand at `ends[i − 1] … ends[i] − 1`. */
  readonly ends: Uint32Array
  readonly times: Float64Array
  readonly kinds: Uint8Array
}

/**
 * What somebody would write by hand for one ordered funnel on one thread: for each level the latest
 * entry that got there. The answer is `windowFunnel`'s: customers by the furthest step they reached.
 */
export function funnelLoop(
  { ends, times, kinds }: TypedEvents,
  stepOfKind: Uint8Array,
  stepCount: number,
  windowMs: number,
): Float64Array {
  const reached = new Float64Array(stepCount + 1)
  const entry = new Float64Array(stepCount + 1)
  let start = 0
  for (let customer = 0; customer < ends.length; customer++) {
    const end = ends[customer] ?? 0
    entry.fill(Number.NEGATIVE_INFINITY)
    let furthest = 0
    for (let i = start; i < end; i++) {
      const step = stepOfKind[kinds[i] ?? 0] ?? 0
      if (step === 0) continue
      const at = times[i] ?? 0
      if (step === 1) {
        entry[1] = at
        if (furthest === 0) furthest = 1
        continue
      }
      const from = entry[step - 1] ?? 0
      if (at - from > windowMs) continue
      entry[step] = from
      if (step > furthest) {
        furthest = step
        if (step === stepCount) break
      }
    }
    reached[furthest] = (reached[furthest] ?? 0) + 1
    start = end
  }
  return reached
}

/** Every "b is the next event of the same customer after a", counted; [a × kinds + b]. */
export function graphLoop({ ends, kinds }: TypedEvents, kindCount: number): Float64Array {
  const edges = new Float64Array(kindCount * kindCount)
  let start = 0
  for (let customer = 0; customer < ends.length; customer++) {
    const end = ends[customer] ?? 0
    for (let i = start + 1; i < end; i++) {
      const edge = (kinds[i - 1] ?? 0) * kindCount + (kinds[i] ?? 0)
      edges[edge] = (edges[edge] ?? 0) + 1
    }
    start = end
  }
  return edges
}
