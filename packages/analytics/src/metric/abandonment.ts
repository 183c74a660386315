/** What became of one customer's (or session's) carts or checkouts. */
export type CartOutcome = 'none' | 'bought' | 'abandoned' | 'in-progress' | 'emptied'

export interface CartRules {
  /** Bit of the event that fills the cart (or begins the checkout). */
  readonly fill: number
  /** Bit of the purchase. */
  readonly buy: number
  /** Bit of the event that empties the cart; 0: none does. */
  readonly empty: number
  readonly withinMs: number
  readonly nowMs: number
}

/** One customer's, or session's, events in order. */
export interface CartEvents {
  readonly times: Float64Array
  readonly masks: Uint32Array
  /** Places of the events that may fill the cart, half-open: what happens after the period still says what became of it. */
  readonly within: { readonly from: number; readonly to: number }
}

/**
 * A cart is bought when a purchase follows the last event that filled it, at once or within the time.
 * Until the time is over it is in progress, bought or not: nobody counts early because it went well.
 * Events of one instant count in the order that helps. A cart that was emptied later than it was last
 * filled, while there was still time to buy, is neither bought nor abandoned.
 */
export function cartOutcome(
  { times, masks, within }: CartEvents,
  { fill, buy, empty, withinMs, nowMs }: CartRules,
): CartOutcome {
  const inPeriod = masks.subarray(within.from, within.to)
  const last = within.from + inPeriod.findLastIndex((mask) => (mask & fill) !== 0)
  if (last < within.from) return 'none'
  const filledMs = times[last] ?? 0
  const isOpen = filledMs + withinMs >= nowMs
  let emptied = false
  for (let i = masks.length - 1; i >= 0; i--) {
    const at = times[i] ?? 0
    if (at < filledMs) break
    if (at - filledMs > withinMs) continue
    if (((masks[i] ?? 0) & buy) !== 0) return isOpen ? 'in-progress' : 'bought'
    if (((masks[i] ?? 0) & empty) !== 0 && at > filledMs) emptied = true
  }
  if (emptied) return 'emptied'
  return isOpen ? 'in-progress' : 'abandoned'
}
