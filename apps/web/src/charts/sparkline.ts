import { round } from './round.ts'

/** A line through the values, from 0 at the bottom to the largest at the top, over the whole width. Empty without two values. */
export function sparklinePath(values: readonly number[], width: number, height: number): string {
  if (values.length < 2) return ''
  const most = Math.max(1, ...values)
  return values
    .map((value, i) => {
      const x = round((i / (values.length - 1)) * width)
      const y = round(height - (Math.max(0, value) / most) * height)
      return `${i === 0 ? 'M' : 'L'}${x} ${y}`
    })
    .join('')
}
