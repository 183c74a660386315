/**
 * Chances corrected for how many were looked at: keeping those up to 0.05 keeps at most 5 % false ones among the kept.
 * Y. Benjamini, Y. Hochberg, J. R. Stat. Soc. B 57 (1995).
 *
 * @returns in the order given
 */
export function corrected(chances: readonly number[]): readonly number[] {
  const order = chances.map((_, i) => i).toSorted((a, b) => (chances[a] ?? 1) - (chances[b] ?? 1))
  const found = new Array<number>(chances.length).fill(1)
  let least = 1
  for (let rank = order.length; rank > 0; rank--) {
    const at = order[rank - 1]
    if (at === undefined) continue
    least = Math.min(least, ((chances[at] ?? 1) * order.length) / rank)
    found[at] = least
  }
  return found
}
