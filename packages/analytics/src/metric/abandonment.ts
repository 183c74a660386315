/** What became of one customer's (or session's) carts or checkouts. */
export type CartOutcome = 'none' | 'bought' | 'abandoned' | 'in-progress' | 'emptied'

/**
 * A cart is bought when a purchase follows the last event that filled it, at once or within the time.
 * Until the time is over it is in progress, bought or not: nobody counts early because it went well.
 * Events of one instant count in the order that helps. A cart that was emptied later than it was last
 * filled, while there was still time to buy, is neither bought nor abandoned.
 *
 * @param fill bit of the event that fills the cart (or begins the checkout)
 * @param buy bit of the purchase
 * @param empty bit of the event that empties the cart; 0: none does
 */
export function cartOutcome(
  times: Float64Array,
  masks: Uint32Array,
  fill: number,
  buy: number,
  empty: number,
  withinMs: number,
  nowMs: number,
): CartOutcome {
  const last = masks.findLastIndex((mask) => (mask & fill) !== 0)
  if (last < 0) return 'none'
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
