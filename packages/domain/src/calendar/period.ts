/** Half-open, UTC epoch milliseconds. */
export interface Period {
  readonly fromMs: number
  readonly toMs: number
}
