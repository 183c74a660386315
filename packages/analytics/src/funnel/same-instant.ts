/**
 * Events of one instant may serve consecutive steps in whatever order helps, each event one step.
 * Which of them serves which is a bipartite matching, grown one step at a time by augmenting paths,
 * so that overlapping step definitions never cost a step.
 */
export interface InstantMatch {
  /** How many steps from the asked one on can be served. */
  readonly length: number
  /** Event index for each of them. */
  readonly events: readonly number[]
}

const NONE: InstantMatch = { length: 0, events: [] }

/**
 * @param from first event of the instant
 * @param to one past the last
 * @param step first step wanted (its bit)
 * @param steps how many steps there are
 * @param most never serve more than this
 * @param usable says which events may be used
 */
export function matchInstant(
  masks: Uint32Array,
  from: number,
  to: number,
  step: number,
  steps: number,
  most: number,
  usable: (event: number) => boolean,
): InstantMatch {
  if (step >= steps || most <= 0) return NONE
  if (to - from === 1) {
    const serves = ((masks[from] ?? 0) & (1 << step)) !== 0 && usable(from)
    return serves ? { length: 1, events: [from] } : NONE
  }
  const servedBy = new Map<number, number>()
  const stepOf = new Map<number, number>()
  const augment = (wanted: number, seen: Set<number>): boolean => {
    for (let event = from; event < to; event++) {
      if (((masks[event] ?? 0) & (1 << wanted)) === 0 || seen.has(event) || !usable(event)) continue
      seen.add(event)
      const held = stepOf.get(event)
      if (held === undefined || augment(held, seen)) {
        stepOf.set(event, wanted)
        servedBy.set(wanted, event)
        return true
      }
    }
    return false
  }
  let next = step
  while (next < steps && next - step < most && augment(next, new Set())) next++
  const events: number[] = []
  for (let served = step; served < next; served++) events.push(servedBy.get(served) ?? from)
  return { length: next - step, events }
}
