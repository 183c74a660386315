/** The first event from `from` on that matches any of the bits; the number of events when none does. */
export type NextEvent = (bits: number, from: number) => number

/** Shorter journeys are walked. */
const WALKED = 64

/**
 * Finds events by their bits without walking the journey: each entry of a customer with a hundred
 * thousand of them would walk it again. Positions are listed for the bits that are asked for.
 */
export function eventIndex(masks: Uint32Array): NextEvent {
  if (masks.length <= WALKED) {
    return (bits, from) => {
      let event = from
      while (event < masks.length && ((masks[event] ?? 0) & bits) === 0) event++
      return event
    }
  }
  const positions = new Map<number, Uint32Array>()
  const positionsOf = (bits: number): Uint32Array => {
    let found = positions.get(bits)
    if (found === undefined) {
      const listed: number[] = []
      masks.forEach((mask, event) => {
        if ((mask & bits) !== 0) listed.push(event)
      })
      found = Uint32Array.from(listed)
      positions.set(bits, found)
    }
    return found
  }
  return (bits, from) => {
    const listed = positionsOf(bits)
    return listed[firstAtLeast(listed, from)] ?? masks.length
  }
}

/** Position of the first number that is at least `least`, in ascending numbers. */
export function firstAtLeast(ascending: ArrayLike<number>, least: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? 0) < least) low = middle + 1
    else high = middle
  }
  return low
}

/** The first event whose time lies more than the window after the entry. */
export function pastWindow(times: Float64Array, entry: number, windowMs: number): number {
  const entryMs = times[entry] ?? 0
  let low = entry
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) - entryMs <= windowMs) low = middle + 1
    else high = middle
  }
  return low
}
