export interface Extent {
  readonly x: number
  readonly width: number
}

/**
 * Bars side by side over `width`, each as wide as its share of the sum of `counts`, `gap` between them.
 * A bar is at least `minimum` wide, taken from the others in proportion: a stage with few customers stays visible.
 */
export function ribbonBars(
  counts: readonly number[],
  width: number,
  gap: number,
  minimum: number,
): readonly Extent[] {
  if (counts.length === 0) return []
  const free = Math.max(0, width - gap * (counts.length - 1))
  const least = Math.min(minimum, free / counts.length)
  const widths = shareOut(counts, free, least)
  let x = 0
  return widths.map((barWidth) => {
    const bar = { x, width: barWidth }
    x += barWidth + gap
    return bar
  })
}

function shareOut(counts: readonly number[], free: number, least: number): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return counts.map(() => free / counts.length)
  const raised = new Set<number>()
  for (;;) {
    const rest = free - raised.size * least
    const restTotal = counts.reduce((sum, count, i) => (raised.has(i) ? sum : sum + count), 0)
    const short = counts.findIndex(
      (count, i) => !raised.has(i) && (count / restTotal) * rest < least,
    )
    if (short === -1) {
      return counts.map((count, i) => (raised.has(i) ? least : (count / restTotal) * rest))
    }
    raised.add(short)
  }
}

/** The shape between a bar of the ribbon and the columns of its stage. */
export function funnelPath(bar: Extent, columns: Extent, top: number, bottom: number): string {
  const middle = (top + bottom) / 2
  const [a, b] = [bar.x, bar.x + bar.width]
  const [c, d] = [columns.x, columns.x + columns.width]
  return `M${a} ${top}H${b}C${b} ${middle} ${d} ${middle} ${d} ${bottom}H${c}C${c} ${middle} ${a} ${middle} ${a} ${top}Z`
}
