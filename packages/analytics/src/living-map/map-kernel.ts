import { BOOTSTRAP_GROUPS } from './bootstrap.ts'
import type { MapPlan } from './map-plan.ts'
import { MapTally } from './map-tally.ts'

/**
 * Journeys as they come from the store: one row a customer, each customer whole and in one block.
 * `ends[r]` is where row r's events end (row 0 starts at 0); events of a row are in order.
 */
export interface MapBlock {
  readonly rows: number
  readonly customers: BigUint64Array
  readonly ends: ArrayLike<number>
  /** Epoch milliseconds. */
  readonly times: Float64Array
  /** See `stepCode`, `MONEY`, `unmappedCode` and `UNMAPPED_MONEY`. */
  readonly codes: Uint8Array | Uint16Array
  /** Money of the events whose code has `MONEY`, in their order; null: the goal has no value. */
  readonly money: Float64Array | null
}

/** Bit of a code: the event is the goal touchpoint, or money given back (its money is negative). */
export const MONEY = 128

/** Code of an event of a step; 0 is an event that is nothing. */
export function stepCode(step: number): number {
  return step + 1
}

/** Code of an event that matches no step, by the number of its group. */
export function unmappedCode(group: number): number {
  return 256 + group
}

/** Bit of an unmapped code: money given back, with a value of its own in `money`. */
export const UNMAPPED_MONEY = 0x8000
/** So many groups of unmapped behaviour fit. */
export const MAX_UNMAPPED_GROUPS = UNMAPPED_MONEY - 256

/** A run of the same step is one visit unless more than this lies between two of its events. */
export const VISIT_PAUSE_MS = 1_800_000

/** What is known of a step and the customer at hand. */
const SEEN = 1
const MOVED_SHIFT = 1
const MOVED = 1 << MOVED_SHIFT
const BACK_SHIFT = 2
const BACK = 1 << BACK_SHIFT
const REACHED_SHIFT = 3
const REACHED = 1 << REACHED_SHIFT
const JUDGED = 16

/**
 * Everything the living map counts, in one pass over journeys, without an allocation per customer.
 *
 * Rules: SPEC.md, "The living map". What the kernel reads must begin with the period and reach one window
 * beyond it: visits of the period are counted, later ones only say what became of them.
 * Kernels over disjoint customers merge to the kernel over all.
 */
export class MapKernel {
  readonly plan: MapPlan
  readonly tally: MapTally

  // Scratch of the customer at hand; stamps hold the number of the customer who set them last.
  #stamp = 0
  /** What is known of each step, in bits; 0 between customers. */
  readonly #flags: Uint8Array
  /** The edges back to earlier steps, each once. */
  readonly #backEdges: Int32Array
  #backs = 0
  readonly #stageSeen: Int32Array
  readonly #sliceSeen: Int32Array
  readonly #sliceMovedSeen: Int32Array
  readonly #edgeSeen: Int32Array
  readonly #unmappedSeen: Int32Array
  /** Rises with every question "which groups did they do?"; a double, as it outgrows 32 bits. */
  #mark = 0
  readonly #groupMark: Float64Array
  readonly #firstMoved: Int32Array
  /** When a step is visited next, infinity between customers; one more than there are steps, for "no step". */
  readonly #nextAt: Float64Array
  readonly #touched: Int32Array
  #visitStep = new Int32Array(64)
  #visitTime = new Float64Array(64)
  #visitEvent = new Int32Array(64)
  #stack = new Int32Array(64)
  #moneyTime = new Float64Array(64)
  #moneyValue = new Float64Array(64)
  #moneyEvent = new Int32Array(64)
  #strayTime = new Float64Array(64)
  #strayGroup = new Int32Array(64)
  readonly #stepGoal: Uint8Array
  readonly #stepNext: Int32Array
  readonly #stepStage: Int32Array
  readonly #obligatory: Int32Array

  constructor(plan: MapPlan) {
    const steps = plan.steps.length
    const groups = plan.unmappedGroups
    this.plan = plan
    this.tally = new MapTally(plan)
    this.#flags = new Uint8Array(steps)
    this.#backEdges = new Int32Array(steps * steps)
    this.#stageSeen = new Int32Array(plan.stageCount)
    this.#sliceSeen = new Int32Array(steps * plan.slices)
    this.#sliceMovedSeen = new Int32Array(steps * plan.slices)
    this.#edgeSeen = new Int32Array(steps * steps)
    this.#unmappedSeen = new Int32Array(groups)
    this.#groupMark = new Float64Array(groups)
    this.#firstMoved = new Int32Array(steps)
    this.#nextAt = new Float64Array(steps + 1).fill(Number.POSITIVE_INFINITY)
    this.#touched = new Int32Array(steps + 1)
    this.#stepGoal = Uint8Array.from(plan.steps, (step) => (step.goal ? 1 : 0))
    this.#stepNext = Int32Array.from(plan.steps, ({ next }) => (next < 0 ? steps : next))
    this.#stepStage = Int32Array.from(plan.steps, (step) => step.stage)
    this.#obligatory = Int32Array.from(plan.steps.flatMap((step, i) => (step.optional ? [] : [i])))
  }

  add(block: MapBlock): void {
    const { customers, ends } = block
    const words = new Uint32Array(customers.buffer, customers.byteOffset, block.rows * 2)
    let start = 0
    let paid = 0
    for (let row = 0; row < block.rows; row++) {
      const end = ends[row]!
      paid = this.#customer(block, start, end, paid, words[row * 2]!, words[row * 2 + 1]!)
      start = end
    }
  }

  /** @returns where the money of the next customer starts */
  #customer(
    block: MapBlock,
    start: number,
    end: number,
    paidBefore: number,
    low: number,
    high: number,
  ): number {
    const tally = this.tally
    const { times, codes, money } = block
    const { fromMs, toMs } = this.plan.period
    const horizonMs = toMs + this.plan.windowMs
    while (end - start > this.#visitTime.length) this.#makeRoom()
    const visitStep = this.#visitStep
    const visitTime = this.#visitTime
    const visitEvent = this.#visitEvent
    let paid = paidBefore
    let visits = 0
    let inPeriod = 0
    let payments = 0
    let strays = 0
    let lastStep = -1
    let lastTime = 0
    let present = false
    for (let e = start; e < end; e++) {
      const code = codes[e]!
      const time = times[e]!
      const inside = time >= fromMs && time <= horizonMs
      if (inside && time < toMs) present = true
      if (code >= 256 && inside) {
        this.#strayTime[strays] = time
        this.#strayGroup[strays++] = (code & ~UNMAPPED_MONEY) - 256
      }
      if (code >= 256 ? code >= UNMAPPED_MONEY : code >= MONEY) {
        const value = money === null ? 0 : money[paid++]!
        if (inside) {
          this.#moneyTime[payments] = time
          this.#moneyValue[payments] = value
          this.#moneyEvent[payments++] = e
        }
      }
      const step = code >= 256 ? -1 : (code & 127) - 1
      if (step < 0 || !inside) continue
      if (step === lastStep && time - lastTime <= VISIT_PAUSE_MS) {
        lastTime = time
        continue
      }
      visitStep[visits] = step
      visitTime[visits] = time
      visitEvent[visits++] = e
      lastStep = step
      lastTime = time
      if (time < toMs) inPeriod = visits
    }
    if (inPeriod === 0) {
      if (present) tally.outside++
      return paid
    }
    this.#stamp++
    tally.entrants++
    const touched = this.#steps(visits, inPeriod)
    const completed = payments > 0 && this.#completed(inPeriod, payments)
    this.#ending(visits, inPeriod, completed, strays, low, high)
    if (strays > 0) this.#strays(touched, strays)
    this.#settle(touched, visits, inPeriod, payments, low, high)
    return paid
  }

  /**
   * Visits from the last to the first: what came after each is known when it is reached.
   * TRICKY: what every visit touches is read into variables first, and what may be either way is a bit
   * and not a branch: a processor that guesses wrong loses more than the whole visit costs.
   *
   * @returns how many steps were visited in the period; they stand in #touched
   */
  #steps(visits: number, inPeriod: number): number {
    const tally = this.tally
    const stamp = this.#stamp
    const { windowMs, slices, period } = this.plan
    const { fromMs } = period
    const S = this.plan.steps.length
    const perMs = slices / (period.toMs - fromMs)
    const { soonMs, edgeTimes, nextTimes, edgeCounts, edgeCustomers } = tally
    const { sliceCustomers, sliceMoved } = tally
    const visitsOf = tally.visits
    const visitStep = this.#visitStep
    const visitTime = this.#visitTime
    const stack = this.#stack
    const flags = this.#flags
    const touchedSteps = this.#touched
    const nextAt = this.#nextAt
    const nextOf = this.#stepNext
    const firstMoved = this.#firstMoved
    const edgeSeen = this.#edgeSeen
    const backEdges = this.#backEdges
    const sliceSeen = this.#sliceSeen
    const sliceMovedSeen = this.#sliceMovedSeen
    let touched = 0
    let backs = 0
    let top = 0
    let following = -1
    let followingMs = 0
    for (let v = visits - 1; v >= 0; v--) {
      const step = visitStep[v]!
      const time = visitTime[v]!
      while (top > 0 && visitStep[stack[top - 1]!]! <= step) top--
      if (v < inPeriod) {
        let known = flags[step]!
        visitsOf[step] = visitsOf[step]! + 1
        // Written over by the next one unless this step is new.
        touchedSteps[touched] = step
        touched += (known & SEEN) ^ SEEN
        known |= SEEN
        const slice = step * slices + Math.min(slices - 1, Math.floor((time - fromMs) * perMs))
        if (sliceSeen[slice] !== stamp) {
          sliceSeen[slice] = stamp
          sliceCustomers[slice] = sliceCustomers[slice]! + 1
        }
        if (following >= 0 && following !== step) {
          const edge = step * S + following
          edgeCounts[edge] = edgeCounts[edge]! + 1
          edgeTimes.add(edge, followingMs - time)
          const back = following < step ? BACK : 0
          known |= back
          if (edgeSeen[edge] !== stamp) {
            edgeSeen[edge] = stamp
            edgeCustomers[edge] = edgeCustomers[edge]! + 1
            backEdges[backs] = edge
            backs += back >> BACK_SHIFT
          }
        }
        if (top > 0) {
          const later = visitTime[stack[top - 1]!]! - time
          if (later <= windowMs) {
            nextTimes.add(step, later)
            known |= MOVED
            firstMoved[step] = v
            if (later <= soonMs && sliceMovedSeen[slice] !== stamp) {
              sliceMovedSeen[slice] = stamp
              sliceMoved[slice] = sliceMoved[slice]! + 1
            }
          }
        }
        flags[step] = known | (nextAt[nextOf[step]!]! - time <= windowMs ? REACHED : 0)
      }
      nextAt[step] = time
      stack[top++] = v
      following = step
      followingMs = time
    }
    this.#backs = backs
    return touched
  }

  /** Reached the goal at or after a visit of the period, within the window of the latest such visit. */
  #completed(inPeriod: number, payments: number): boolean {
    const tally = this.tally
    let completed = false
    let v = -1
    for (let p = 0; p < payments; p++) {
      const event = this.#moneyEvent[p]!
      while (v + 1 < inPeriod && this.#visitEvent[v + 1]! <= event) v++
      if (v < 0 || this.#moneyTime[p]! - this.#visitTime[v]! > this.plan.windowMs) continue
      const value = this.#moneyValue[p]!
      // Money given back is no second success, and none at all without a first one.
      if (value >= 0) completed = true
      if (completed) tally.goalMoney += value
    }
    if (completed) tally.completions++
    return completed
  }

  /** What became of the customer after the last visit of the period, and how the journey fits the map. */
  #ending(
    visits: number,
    inPeriod: number,
    completed: boolean,
    strays: number,
    low: number,
    high: number,
  ): void {
    const tally = this.tally
    const last = inPeriod - 1
    const step = this.#visitStep[last]!
    const time = this.#visitTime[last]!
    const { windowMs, nowMs, sampleSize, unmappedGroups } = this.plan
    const over = nowMs - time > windowMs
    let left = false
    if (this.#stepGoal[step] === 1) tally.goalEnded++
    else if (last + 1 < visits && this.#visitTime[last + 1]! - time <= windowMs) tally.continued++
    else if (over) {
      left = true
      tally.left[step] = tally.left[step]! + 1
      if (sampleSize > 0) tally.leftSample[step]!.add(low, high, time)
      this.#wentBackFrom(step, tally.leftBack)
      const mark = ++this.#mark
      for (let s = 0; s < strays; s++) {
        const after = this.#strayTime[s]! - time
        if (after < 0 || after > windowMs) continue
        const at = step * unmappedGroups + this.#strayGroup[s]!
        tally.leftDidEvents[at] = tally.leftDidEvents[at]! + 1
        if (this.#groupMark[this.#strayGroup[s]!] === mark) continue
        this.#groupMark[this.#strayGroup[s]!] = mark
        tally.leftDid[at] = tally.leftDid[at]! + 1
      }
    } else {
      tally.open[step] = tally.open[step]! + 1
      if (sampleSize > 0) tally.openSample[step]!.add(low, high, time)
    }
    if (!completed && !over) tally.inProgress++
    if (completed || left) this.#conformance(inPeriod)
  }

  #conformance(inPeriod: number): void {
    const tally = this.tally
    const flags = this.#flags
    let furthest = -1
    let inOrder = true
    let ways = 0
    let before = -1
    for (let v = 0; v < inPeriod; v++) {
      const step = this.#visitStep[v]!
      ways += step < before ? 1 : 0
      before = step
      // Only first visits are judged.
      if ((flags[step]! & JUDGED) !== 0) continue
      flags[step] = flags[step]! | JUDGED
      if (step < furthest) inOrder = false
      else furthest = step
    }
    let skipped = 0
    const obligatory = this.#obligatory
    for (let i = 0; i < obligatory.length && obligatory[i]! < furthest; i++) {
      skipped += (flags[obligatory[i]!]! & SEEN) ^ SEEN
    }
    tally.finished++
    if (inOrder && skipped === 0) tally.conforming++
    tally.addFitness(1 - (skipped + ways) / (inPeriod + this.#obligatory.length))
  }

  /** Counts the customer at each step they visited, and leaves everything clean for the next one. */
  #settle(
    touched: number,
    visits: number,
    inPeriod: number,
    payments: number,
    low: number,
    high: number,
  ): void {
    const tally = this.tally
    const { customers, movedOn, wentBack, reachedNext, movedBack } = tally
    const { sampleSize } = this.plan
    const flags = this.#flags
    const S = this.plan.steps.length
    for (let b = 0; b < this.#backs; b++) {
      const edge = this.#backEdges[b]!
      if ((flags[Math.floor(edge / S)]! & MOVED) !== 0) movedBack[edge] = movedBack[edge]! + 1
    }
    for (let i = 0; i < touched; i++) {
      const step = this.#touched[i]!
      const known = flags[step]!
      customers[step] = customers[step]! + 1
      movedOn[step] = movedOn[step]! + ((known & MOVED) >> MOVED_SHIFT)
      wentBack[step] = wentBack[step]! + ((known & BACK) >> BACK_SHIFT)
      reachedNext[step] = reachedNext[step]! + ((known & REACHED) >> REACHED_SHIFT)
      const stage = this.#stepStage[step]!
      if (this.#stageSeen[stage] !== this.#stamp) {
        this.#stageSeen[stage] = this.#stamp
        tally.stageCustomers[stage] = tally.stageCustomers[stage]! + 1
      }
      if (sampleSize > 0 && tally.visitedSample[step]!.wants(high)) {
        const last = this.#visitStep.lastIndexOf(step, inPeriod - 1)
        tally.visitedSample[step]!.add(low, high, this.#visitTime[last]!)
      }
      if ((known & MOVED) !== 0) this.#risk(step, payments, low, high)
      flags[step] = 0
      this.#nextAt[step] = Number.POSITIVE_INFINITY
    }
    for (let v = inPeriod; v < visits; v++) {
      this.#nextAt[this.#visitStep[v]!] = Number.POSITIVE_INFINITY
    }
  }

  /** Of a step moved on from: the goal money within the window of the first visit that moved on. */
  #risk(step: number, payments: number, low: number, high: number): void {
    const tally = this.tally
    const group = (low ^ (low >>> 16)) & (BOOTSTRAP_GROUPS - 1)
    const at = step * BOOTSTRAP_GROUPS + group
    const v = this.#firstMoved[step]!
    tally.groupCounts[at] = tally.groupCounts[at]! + 1
    if (this.plan.sampleSize > 0 && tally.movedSample[step]!.wants(high)) {
      tally.movedSample[step]!.add(low, high, this.#visitTime[v]!)
    }
    if (payments === 0) return
    const untilMs = this.#visitTime[v]! + this.plan.windowMs
    const event = this.#visitEvent[v]!
    let sum = 0
    for (let p = 0; p < payments; p++) {
      if (this.#moneyEvent[p]! >= event && this.#moneyTime[p]! <= untilMs) {
        sum += this.#moneyValue[p]!
      }
    }
    tally.groupMoney[at] = tally.groupMoney[at]! + sum
  }

  /** Counts the customer at hand for each earlier step they went back to from this one. */
  #wentBackFrom(step: number, into: Float64Array): void {
    const first = step * this.plan.steps.length
    for (let b = 0; b < this.#backs; b++) {
      const edge = this.#backEdges[b]!
      if (edge >= first && edge < first + step) into[edge] = into[edge]! + 1
    }
  }

  #strays(touched: number, strays: number): void {
    const tally = this.tally
    const stamp = this.#stamp
    const { toMs } = this.plan.period
    const groups = this.plan.unmappedGroups
    for (let s = 0; s < strays; s++) {
      if (this.#strayTime[s]! >= toMs) continue
      const group = this.#strayGroup[s]!
      tally.unmappedEvents[group] = tally.unmappedEvents[group]! + 1
      if (this.#unmappedSeen[group] !== stamp) {
        this.#unmappedSeen[group] = stamp
        tally.unmappedCustomers[group] = tally.unmappedCustomers[group]! + 1
      }
    }
    for (let i = 0; i < touched; i++) {
      const step = this.#touched[i]!
      if ((this.#flags[step]! & MOVED) === 0) continue
      const fromMs = this.#visitTime[this.#firstMoved[step]!]!
      const mark = ++this.#mark
      for (let s = 0; s < strays; s++) {
        const after = this.#strayTime[s]! - fromMs
        const group = this.#strayGroup[s]!
        if (after < 0 || after > this.plan.windowMs || this.#groupMark[group] === mark) continue
        this.#groupMark[group] = mark
        const at = step * groups + group
        tally.movedDid[at] = tally.movedDid[at]! + 1
      }
    }
  }

  /** Scratch for a customer of twice as many events. */
  #makeRoom(): void {
    const room = this.#visitTime.length * 2
    this.#visitStep = new Int32Array(room)
    this.#visitTime = new Float64Array(room)
    this.#visitEvent = new Int32Array(room)
    this.#stack = new Int32Array(room)
    this.#moneyTime = new Float64Array(room)
    this.#moneyValue = new Float64Array(room)
    this.#moneyEvent = new Int32Array(room)
    this.#strayTime = new Float64Array(room)
    this.#strayGroup = new Int32Array(room)
  }
}
