/** part ÷ whole, 0–1; null when there is nobody to take a share of. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
