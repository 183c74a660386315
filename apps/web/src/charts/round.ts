/** To a tenth of a pixel: what is drawn finer is not seen. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}
