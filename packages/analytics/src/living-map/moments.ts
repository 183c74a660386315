import { COMPLETION_PARTS } from './completion-estimate.ts'
import type { MapPlan } from './map-plan.ts'

/** What of a tally moves with `now` alone, as plain data. */
export interface MomentsParts {
  /** First visits of entrants who have not reached the goal and still may; milliseconds since the period's start. */
  readonly open: Float64Array
  /** Customers of whom something is settled soon: two words each, the lower half of the key first. */
  readonly customers: Uint32Array
  /** [customer] epoch milliseconds from which on the next of their windows is over. */
  readonly dueMs: Float64Array
}

/** Which customers a later `now` counts otherwise, and how long those who may still complete have been watched. */
export class Moments {
  readonly #plan: MapPlan
  #open = new Float64Array(16)
  #opened = 0
  #customers = new Uint32Array(32)
  #dueMs = new Float64Array(16)
  #dues = 0

  constructor(plan: MapPlan) {
    this.#plan = plan
  }

  addOpen(entry: number): void {
    if (this.#opened === this.#open.length) this.#open = grown(this.#open)
    this.#open[this.#opened++] = entry
  }

  /** Notes the first visit of the period whose window ends after `now`, if that is soon enough to be asked for. */
  addDue(times: Float64Array, inPeriod: number, low: number, high: number): void {
    const { period, windowMs, nowMs, keptUntilMs } = this.#plan
    if (keptUntilMs === null) return
    const overMs = period.fromMs + windowMs + 1
    let v = inPeriod - 1
    if (times[v]! + overMs <= nowMs) return
    while (v > 0 && times[v - 1]! + overMs > nowMs) v--
    const dueMs = times[v]! + overMs
    if (dueMs <= keptUntilMs) this.#addDue(low, high, dueMs)
  }

  #addDue(low: number, high: number, dueMs: number): void {
    if (this.#dues === this.#dueMs.length) {
      this.#dueMs = grown(this.#dueMs)
      const customers = new Uint32Array(this.#customers.length * 2)
      customers.set(this.#customers)
      this.#customers = customers
    }
    this.#customers[this.#dues * 2] = low
    this.#customers[this.#dues * 2 + 1] = high
    this.#dueMs[this.#dues++] = dueMs
  }

  get parts(): MomentsParts {
    return {
      open: this.#open.slice(0, this.#opened),
      customers: this.#customers.slice(0, this.#dues * 2),
      dueMs: this.#dueMs.slice(0, this.#dues),
    }
  }

  merge({ open, customers, dueMs }: MomentsParts): void {
    for (const entry of open) this.addOpen(entry)
    dueMs.forEach((due, i) => this.#addDue(customers[i * 2]!, customers[i * 2 + 1]!, due))
  }

  /** @returns false: some of it was not there */
  take(other: MomentsParts): boolean {
    const gone = other.open.toSorted()
    const open = this.#open.slice(0, this.#opened).sort()
    let kept = 0
    let g = 0
    for (const entry of open) {
      if (entry === gone[g]) g++
      else this.#open[kept++] = entry
    }
    this.#opened = kept
    const highsOf = new Map<number, Set<number>>()
    other.dueMs.forEach((_, i) => {
      const low = other.customers[i * 2]!
      const highs = highsOf.get(low) ?? new Set()
      highsOf.set(low, highs.add(other.customers[i * 2 + 1]!))
    })
    const { nowMs } = this.#plan
    this.#keepDues((low, high, dueMs) => dueMs > nowMs && highsOf.get(low)?.has(high) !== true)
    return g === gone.length
  }

  #keepDues(holds: (low: number, high: number, dueMs: number) => boolean): void {
    let kept = 0
    for (let i = 0; i < this.#dues; i++) {
      const low = this.#customers[i * 2]!
      const high = this.#customers[i * 2 + 1]!
      const dueMs = this.#dueMs[i]!
      if (!holds(low, high, dueMs)) continue
      this.#customers[kept * 2] = low
      this.#customers[kept * 2 + 1] = high
      this.#dueMs[kept++] = dueMs
    }
    this.#dues = kept
  }

  /** [part of the window] as `MapTally.openParts`, at the plan's `now`. */
  openParts(): Float64Array {
    const { nowMs, period, windowMs } = this.#plan
    const parts = new Float64Array(COMPLETION_PARTS + 1)
    for (let i = 0; i < this.#opened; i++) {
      const part = openPart(nowMs - period.fromMs - this.#open[i]!, windowMs)
      parts[part] = parts[part]! + 1
    }
    return parts
  }
}

/** @param watchedMs since the first visit; less than none: it is still to come */
export function openPart(watchedMs: number, windowMs: number): number {
  return Math.ceil((Math.max(0, watchedMs) / windowMs) * COMPLETION_PARTS)
}

/** Decimal keys of customers of whom something is settled after `fromMs`, up to `toMs`. */
export function dueCustomers(
  { customers, dueMs }: MomentsParts,
  fromMs: number,
  toMs: number,
): readonly bigint[] {
  const due: bigint[] = []
  dueMs.forEach((ms, i) => {
    if (ms > fromMs && ms <= toMs) {
      due.push((BigInt(customers[i * 2 + 1]!) << 32n) | BigInt(customers[i * 2]!))
    }
  })
  return due
}

function grown(from: Float64Array): Float64Array<ArrayBuffer> {
  const to = new Float64Array(from.length * 2)
  to.set(from)
  return to
}
