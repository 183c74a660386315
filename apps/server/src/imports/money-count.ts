/** Money by its currency: how many events carry some, and how much in all, in ten-thousandths. */
export type MoneyByCurrency = Readonly<
  Record<string, { readonly events: number; readonly ticks: number }>
>

/** What a column says may be no currency at all. */
const KEPT = 50

/** Counts the money of a file, so that what does not count in the workspace can be told. */
export class MoneyCount {
  readonly #counts = new Map<string, { events: number; ticks: number }>()

  /** @param currency '': the workspace's */
  note(currency: string, ticks: number | null): void {
    if (ticks === null || ticks === 0 || currency === '') return
    let count = this.#counts.get(currency)
    if (count === undefined) {
      if (this.#counts.size >= KEPT) return
      count = { events: 0, ticks: 0 }
      this.#counts.set(currency, count)
    }
    count.events++
    count.ticks += ticks
  }

  get counts(): MoneyByCurrency {
    return Object.fromEntries([...this.#counts].map(([code, count]) => [code, { ...count }]))
  }
}
