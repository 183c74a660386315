/**
 * A step that only the customer's first event can take. `named` and `matching` are bits of the mask:
 * the event has the step's name; it also passes the step's conditions.
 */
export interface FirstTimeRule {
  /** `event`: the first of that name, which must pass. `matching`: the first that passes. */
  readonly of: 'event' | 'matching'
  readonly named: number
  readonly matching: number
}

/** Clears the bit of a first-time step on every event but the one it may be; over the whole history. */
export function applyFirstTime(masks: Uint32Array, rules: readonly FirstTimeRule[]): Uint32Array {
  if (rules.length === 0) return masks
  const kept = masks.slice()
  for (const { of, named, matching } of rules) {
    const bit = 1 << (of === 'event' ? named : matching)
    const first = masks.findIndex((mask) => (mask & bit) !== 0)
    for (let i = 0; i < kept.length; i++)
      if (i !== first) kept[i] = (kept[i] ?? 0) & ~(1 << matching)
  }
  return kept
}
