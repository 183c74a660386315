import { GOAL, MAX_STEPS, stepOfCode, UNMAPPED, VALUED } from './map-code.ts'
import type { MapBlock } from './map-block.ts'

/** A run of the same step is one visit unless more than this lies between two of its events. */
export const VISIT_PAUSE_MS = 1_800_000

/**
 * So far before the period journeys are read: a visit that began before it goes on in it only by an event
 * of its step within the pause before the first one inside, so what is earlier decides nothing.
 */
export const LEAD_MS = VISIT_PAUSE_MS

/**
 * The journey at hand as the map sees it: its visits, what it paid, and what it did beside the map.
 * Scratch that is filled anew for each customer; times are milliseconds since the start of the period.
 */
export class Visits {
  count = 0
  /** The first ones: those of the period; the others only say what became of them. */
  inPeriod = 0
  payments = 0
  strays = 0
  /** Some event was in the period, and none of them of a visit that began before it. */
  outside = false
  /** [visit] */
  step = new Int32Array(64)
  time = new Float64Array(64)
  /** [visit] how many payments, and stray events, came before it. */
  paymentsBefore = new Int32Array(64)
  straysBefore = new Int32Array(64)
  /** [payment] goal events and money given back; ten-thousandths. */
  paymentTime = new Float64Array(64)
  paymentValue = new Float64Array(64)
  /** [stray event] */
  strayTime = new Float64Array(64)
  strayGroup = new Int32Array(64)

  /**
   * @param start first event, `end` the one after the last
   * @param paidBefore where the customer's money starts in the block
   * @param lengthMs of the period
   * @param horizonMs what is later says nothing of the period any more
   * @returns where the next customer's money starts
   */
  read(
    { events, money }: MapBlock,
    start: number,
    end: number,
    paidBefore: number,
    lengthMs: number,
    horizonMs: number,
  ): number {
    while (end - start > this.step.length) this.#makeRoom()
    const { step: steps, time: times, paymentsBefore, straysBefore } = this
    let paid = paidBefore
    let count = 0
    let inPeriod = 0
    let payments = 0
    let strays = 0
    let present = false
    let lastStep = -1
    let lastTime = 0
    let e = start
    for (; e < end; e++) {
      const low = events[e * 2]!
      const time = events[e * 2 + 1]! * 65_536 + (low >>> 16) - LEAD_MS
      if (time >= 0) break
      const step = stepOfCode(low & (VALUED - 1))
      if ((low & 0xffff) >= VALUED) paid++
      if (step < 0) continue
      lastStep = step
      lastTime = time
    }
    // A visit that began before goes on here: it is the former period's, and the customer is on the map.
    let former = lastStep >= 0
    let continued = false
    for (; e < end; e++) {
      const low = events[e * 2]!
      const time = events[e * 2 + 1]! * 65_536 + (low >>> 16) - LEAD_MS
      const code = low & 0xffff
      if (time > horizonMs) {
        if (code >= VALUED) paid++
        continue
      }
      if (time < lengthMs) present = true
      // What begins a visit may itself be a payment: it is at the visit, not before it.
      const before = payments
      if (code >= GOAL) {
        const value = code >= VALUED ? money[paid++]! : 0
        const unmapped = (code & UNMAPPED) !== 0
        if (value < 0 || (!unmapped && (code & GOAL) !== 0)) {
          this.paymentTime[payments] = time
          this.paymentValue[payments++] = value
        }
        if (unmapped) {
          this.strayTime[strays] = time
          this.strayGroup[strays++] = code & (UNMAPPED - 1)
          continue
        }
      }
      const step = (code & MAX_STEPS) - 1
      if (step < 0) continue
      if (step === lastStep && time - lastTime <= VISIT_PAUSE_MS) {
        lastTime = time
        continued ||= former && time < lengthMs
        continue
      }
      former = false
      steps[count] = step
      times[count] = time
      paymentsBefore[count] = before
      straysBefore[count++] = strays
      lastStep = step
      lastTime = time
      if (time < lengthMs) inPeriod = count
    }
    this.count = count
    this.inPeriod = inPeriod
    this.payments = payments
    this.strays = strays
    this.outside = present && inPeriod === 0 && !continued
    return paid
  }

  /** Scratch for a customer of twice as many events. */
  #makeRoom(): void {
    const room = this.step.length * 2
    this.step = new Int32Array(room)
    this.time = new Float64Array(room)
    this.paymentsBefore = new Int32Array(room)
    this.straysBefore = new Int32Array(room)
    this.paymentTime = new Float64Array(room)
    this.paymentValue = new Float64Array(room)
    this.strayTime = new Float64Array(room)
    this.strayGroup = new Int32Array(room)
  }
}
