/** Ten-thousandths of a currency's unit, whole: what both stores and all sums use, so that cents never drift. */
export type TenThousandths = number

/** Greater amounts would no longer be whole numbers exactly. */
export const MAX_AMOUNT = 900_000_000_000

/**
 * @param value a number, or text of one (`"12.50"`, `"1e3"`; no separators of thousands, no signs of currency)
 * @returns null when it is no finite number of at most ± 900 billion. Rounded half away from zero
 */
export function tenThousandths(value: unknown): TenThousandths | null {
  const amount =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value.trim() !== ''
        ? Number(value)
        : Number.NaN
  if (!(Math.abs(amount) <= MAX_AMOUNT)) return null
  // 1.00005 × 10000 is 10000.499…: the shortest decimal text is what the sender meant.
  const scaled = Number(`${Math.abs(amount)}e4`)
  const whole = Math.round(Number.isNaN(scaled) ? Math.abs(amount) * 10_000 : scaled)
  return amount < 0 && whole > 0 ? -whole : whole
}
