import { BOOTSTRAP_GROUPS } from './bootstrap.ts'
import type { MapBlock } from './map-block.ts'
import type { MapPlan } from './map-plan.ts'
import { MapTally } from './map-tally.ts'
import { Visits } from './visits.ts'

/** What is known of a step and the customer at hand. */
const SEEN = 1
const MOVED_SHIFT = 1
const MOVED = 1 << MOVED_SHIFT
const BACK_SHIFT = 2
const BACK = 1 << BACK_SHIFT
const REACHED_SHIFT = 3
const REACHED = 1 << REACHED_SHIFT

/**
 * Everything the living map counts, in one pass over journeys, without an allocation per customer.
 *
 * Rules: SPEC.md, "The living map". What the kernel reads begins with the period and should reach one window
 * beyond it: visits of the period are counted, later ones only say what became of them.
 * Kernels over disjoint customers merge to the kernel over all.
 */
export class MapKernel {
  readonly plan: MapPlan
  readonly tally: MapTally

  readonly #visits = new Visits()
  readonly #lengthMs: number
  readonly #horizonMs: number
  readonly #steps: number
  /** Steps as bits of so many 32-bit words. */
  readonly #words: number
  readonly #obligatory: Int32Array
  readonly #stepGoal: Uint8Array
  readonly #stepNext: Int32Array
  readonly #stepStage: Int32Array

  // Scratch of the customer at hand; stamps hold the number of the customer who set them last.
  #stamp = 0
  /** What is known of each step, in bits; 0 between customers. */
  readonly #flags: Uint8Array
  /** Steps visited in the period; empty between customers. */
  readonly #seen: Int32Array
  /** Steps that lie ahead of the visit at hand, the lowest of them first; empty between customers. */
  readonly #ahead: Int32Array
  /** When step i − 1 is visited next, infinity between customers; [0] is no step. */
  readonly #nextAt: Float64Array
  readonly #firstVisit: Int32Array
  readonly #firstMoved: Int32Array
  /** The edges back to earlier steps, each once. */
  readonly #backEdges: Int32Array
  #backs = 0
  /** Visits that go back to an earlier step, from one of the period to one of the period. */
  #waysBack = 0
  readonly #sliceSeen: Int32Array
  readonly #sliceMovedSeen: Int32Array
  readonly #edgeSeen: Int32Array
  readonly #unmappedSeen: Int32Array
  /** Rises with every question "which groups did they do?"; a double, as it outgrows 32 bits. */
  #mark = 0
  readonly #groupMark: Float64Array

  constructor(plan: MapPlan) {
    const steps = plan.steps.length
    const words = Math.ceil(steps / 32)
    this.plan = plan
    this.tally = new MapTally(plan)
    this.#lengthMs = plan.period.toMs - plan.period.fromMs
    this.#horizonMs = this.#lengthMs + plan.windowMs
    this.#steps = steps
    this.#words = words
    this.#obligatory = new Int32Array(words)
    plan.steps.forEach(({ optional }, i) => {
      if (!optional) this.#obligatory[i >> 5] = this.#obligatory[i >> 5]! | (1 << (i & 31))
    })
    this.#stepGoal = Uint8Array.from(plan.steps, (step) => (step.goal ? 1 : 0))
    this.#stepNext = Int32Array.from(plan.steps, ({ next }) => next + 1)
    this.#stepStage = Int32Array.from(plan.steps, (step) => step.stage)
    this.#flags = new Uint8Array(steps)
    this.#seen = new Int32Array(words)
    this.#ahead = new Int32Array(words)
    this.#nextAt = new Float64Array(steps + 1).fill(Number.POSITIVE_INFINITY)
    this.#firstVisit = new Int32Array(steps)
    this.#firstMoved = new Int32Array(steps)
    this.#backEdges = new Int32Array(steps * steps + 1)
    this.#sliceSeen = new Int32Array(steps * plan.slices)
    this.#sliceMovedSeen = new Int32Array(steps * plan.slices)
    this.#edgeSeen = new Int32Array(steps * steps)
    this.#unmappedSeen = new Int32Array(plan.unmappedGroups)
    this.#groupMark = new Float64Array(plan.unmappedGroups)
  }

  add(block: MapBlock): void {
    const { customers, ends } = block
    const { tally } = this
    const visits = this.#visits
    const bound = tally.sampleBound
    let start = 0
    let paid = 0
    for (let row = 0; row < block.rows; row++) {
      const end = ends[row]!
      paid = visits.read(block, start, end, paid, this.#lengthMs, this.#horizonMs)
      start = end
      if (visits.inPeriod === 0) {
        if (visits.present) tally.outside++
        continue
      }
      const low = customers[row * 2]!
      const high = customers[row * 2 + 1]!
      this.#stamp++
      tally.entrants++
      this.#walk()
      const completed = visits.payments > 0 && this.#completed()
      this.#ending(completed, low, high)
      if (visits.strays > 0) this.#strays()
      this.#settle(low, high, high <= bound)
    }
  }

  /**
   * Visits from the last to the first: what came after each is known when it is reached.
   *
   * The next visit to a later step: of the visits seen so far only those count that no visit to as late
   * a step came before; they are one a step, the nearest in time the lowest step, so bits hold them.
   */
  #walk(): void {
    const { step: visitStep, time: visitTime, count, inPeriod } = this.#visits
    const { windowMs, slices } = this.plan
    const tally = this.tally
    const { soonMs, edgeTimes, nextTimes, edgeCounts, edgeCustomers } = tally
    const { sliceCustomers, sliceMoved, visits } = tally
    const stamp = this.#stamp
    const S = this.#steps
    const words = this.#words
    const perMs = slices / this.#lengthMs
    const flags = this.#flags
    const seen = this.#seen
    const ahead = this.#ahead
    const nextAt = this.#nextAt
    const nextOf = this.#stepNext
    const firstVisit = this.#firstVisit
    const firstMoved = this.#firstMoved
    const edgeSeen = this.#edgeSeen
    const backEdges = this.#backEdges
    const sliceSeen = this.#sliceSeen
    const sliceMovedSeen = this.#sliceMovedSeen
    let backs = 0
    let waysBack = 0
    let following = S
    let followingMs = 0
    for (let v = count - 1; v >= 0; v--) {
      const step = visitStep[v]!
      const time = visitTime[v]!
      const word = step >> 5
      const bit = 1 << (step & 31)
      // Later steps of the same word; those below are hidden by this visit.
      let bits = ahead[word]! & (-bit << 1)
      ahead[word] = bits | bit
      for (let w = 0; w < word; w++) ahead[w] = 0
      if (v < inPeriod) {
        let later = word
        while (bits === 0 && ++later < words) bits = ahead[later]!
        let known = flags[step]! | SEEN
        visits[step] = visits[step]! + 1
        seen[word] = seen[word]! | bit
        firstVisit[step] = v
        const slice = step * slices + Math.min(slices - 1, (time * perMs) | 0)
        if (sliceSeen[slice] !== stamp) {
          sliceSeen[slice] = stamp
          sliceCustomers[slice] = sliceCustomers[slice]! + 1
        }
        if (following !== step && following !== S) {
          const edge = step * S + following
          edgeCounts[edge] = edgeCounts[edge]! + 1
          edgeTimes.add(edge, followingMs - time)
          const back = following < step ? BACK : 0
          known |= back
          if (v < inPeriod - 1) waysBack += back
          if (edgeSeen[edge] !== stamp) {
            edgeSeen[edge] = stamp
            edgeCustomers[edge] = edgeCustomers[edge]! + 1
            // Written over by the next one unless it is kept.
            backEdges[backs] = edge
            backs += back >> BACK_SHIFT
          }
        }
        // 1 more than the number of the step, as in nextAt; 0: none.
        const ahead1 = bits === 0 ? 0 : (later << 5) + 32 - Math.clz32(bits & -bits)
        const toLater = nextAt[ahead1]! - time
        if (toLater <= windowMs) {
          nextTimes.add(step, toLater)
          known |= MOVED
          firstMoved[step] = v
          if (toLater <= soonMs && sliceMovedSeen[slice] !== stamp) {
            sliceMovedSeen[slice] = stamp
            sliceMoved[slice] = sliceMoved[slice]! + 1
          }
        }
        flags[step] = known | (nextAt[nextOf[step]!]! - time <= windowMs ? REACHED : 0)
      }
      nextAt[step + 1] = time
      following = step
      followingMs = time
    }
    this.#backs = backs
    this.#waysBack = waysBack >> BACK_SHIFT
  }

  /** Reached the goal at or after a visit of the period, within the window of the latest such visit. */
  #completed(): boolean {
    const { tally } = this
    const { time, inPeriod, paymentsBefore, payments, paymentTime, paymentValue } = this.#visits
    let completed = false
    let v = -1
    for (let p = 0; p < payments; p++) {
      while (v + 1 < inPeriod && paymentsBefore[v + 1]! <= p) v++
      if (v < 0 || paymentTime[p]! - time[v]! > this.plan.windowMs) continue
      const value = paymentValue[p]!
      // Money given back is no second success, and none at all without a first one.
      if (value >= 0) completed = true
      if (completed) tally.goalMoney += value
    }
    if (completed) tally.completions++
    return completed
  }

  /** What became of the customer after the last visit of the period, and how the journey fits the map. */
  #ending(completed: boolean, low: number, high: number): void {
    const { tally } = this
    const { step: steps, time: times, count, inPeriod } = this.#visits
    const last = inPeriod - 1
    const step = steps[last]!
    const time = times[last]!
    const { windowMs, nowMs, period } = this.plan
    const atMs = time + period.fromMs
    const over = nowMs - atMs > windowMs
    let left = false
    if (this.#stepGoal[step] === 1) tally.goalEnded++
    else if (last + 1 < count && times[last + 1]! - time <= windowMs) tally.continued++
    else if (over) {
      left = true
      tally.left[step] = tally.left[step]! + 1
      tally.leftSample[step]!.add(low, high, atMs)
      this.#wentBackFrom(step)
      this.#leftDid(step, last)
    } else {
      tally.open[step] = tally.open[step]! + 1
      tally.openSample[step]!.add(low, high, atMs)
    }
    if (!completed && !over) tally.inProgress++
    if (completed || left) this.#conformance()
  }

  #conformance(): void {
    const { tally } = this
    const seen = this.#seen
    const firstVisit = this.#firstVisit
    let inOrder = true
    let furthest = -1
    let before = -1
    for (let w = 0; w < this.#words; w++) {
      for (let bits = seen[w]!; bits !== 0; bits &= bits - 1) {
        furthest = (w << 5) + 31 - Math.clz32(bits & -bits)
        // Only first visits are judged.
        const first = firstVisit[furthest]!
        inOrder = inOrder && first > before
        before = first
      }
    }
    let skipped = 0
    for (let w = 0; w <= furthest >> 5; w++) {
      const missed = this.#obligatory[w]! & ~seen[w]!
      skipped += bitCount(w === furthest >> 5 ? missed & ((1 << (furthest & 31)) - 1) : missed)
    }
    tally.finished++
    if (inOrder && skipped === 0) tally.conforming++
    const unfit = skipped + this.#waysBack
    tally.addFitness(1 - unfit / (this.#visits.inPeriod + tally.obligatory))
  }

  /** Counts the customer at each step they visited, and leaves everything clean for the next one. */
  #settle(low: number, high: number, sampled: boolean): void {
    const { tally } = this
    const { customers, movedOn, wentBack, reachedNext, movedBack, stageCustomers } = tally
    const { groupCounts } = tally
    const { step: steps, payments, count, inPeriod } = this.#visits
    const flags = this.#flags
    const nextAt = this.#nextAt
    const S = this.#steps
    for (let b = 0; b < this.#backs; b++) {
      const edge = this.#backEdges[b]!
      if ((flags[Math.floor(edge / S)]! & MOVED) !== 0) movedBack[edge] = movedBack[edge]! + 1
    }
    const group = (low ^ (low >>> 16)) & (BOOTSTRAP_GROUPS - 1)
    let stage = -1
    for (let w = 0; w < this.#words; w++) {
      for (let bits = this.#seen[w]!; bits !== 0; bits &= bits - 1) {
        const step = (w << 5) + 31 - Math.clz32(bits & -bits)
        const known = flags[step]!
        customers[step] = customers[step]! + 1
        movedOn[step] = movedOn[step]! + ((known & MOVED) >> MOVED_SHIFT)
        wentBack[step] = wentBack[step]! + ((known & BACK) >> BACK_SHIFT)
        reachedNext[step] = reachedNext[step]! + ((known & REACHED) >> REACHED_SHIFT)
        if (this.#stepStage[step] !== stage) {
          stage = this.#stepStage[step]!
          stageCustomers[stage] = stageCustomers[stage]! + 1
        }
        if (sampled) this.#sample(step, (known & MOVED) !== 0, low, high)
        if ((known & MOVED) !== 0) {
          const at = step * BOOTSTRAP_GROUPS + group
          groupCounts[at] = groupCounts[at]! + 1
          if (payments > 0) this.#risk(step, at)
        }
        flags[step] = 0
        nextAt[step + 1] = Number.POSITIVE_INFINITY
      }
      this.#seen[w] = 0
      this.#ahead[w] = 0
    }
    for (let v = inPeriod; v < count; v++) nextAt[steps[v]! + 1] = Number.POSITIVE_INFINITY
  }

  #sample(step: number, moved: boolean, low: number, high: number): void {
    const { visitedSample, movedSample } = this.tally
    const { step: steps, time, inPeriod } = this.#visits
    const { fromMs } = this.plan.period
    if (visitedSample[step]!.wants(high)) {
      const last = steps.lastIndexOf(step, inPeriod - 1)
      visitedSample[step]!.add(low, high, time[last]! + fromMs)
    }
    if (moved) movedSample[step]!.add(low, high, time[this.#firstMoved[step]!]! + fromMs)
  }

  /**
   * Of a step moved on from: the goal money within the window of the first visit that moved on, at least
   * none: who gives back what they bought before has nothing at risk here, and takes nothing from others.
   */
  #risk(step: number, at: number): void {
    const { groupMoney } = this.tally
    const { time, payments, paymentsBefore, paymentTime, paymentValue } = this.#visits
    const v = this.#firstMoved[step]!
    const untilMs = time[v]! + this.plan.windowMs
    let sum = 0
    for (let p = paymentsBefore[v]!; p < payments && paymentTime[p]! <= untilMs; p++) {
      sum += paymentValue[p]!
    }
    if (sum > 0) groupMoney[at] = groupMoney[at]! + sum
  }

  /** Counts the customer, who left this step, for each earlier step they went back to from it. */
  #wentBackFrom(step: number): void {
    const { leftBack } = this.tally
    const first = step * this.#steps
    for (let b = 0; b < this.#backs; b++) {
      const edge = this.#backEdges[b]!
      if (edge >= first && edge < first + step) leftBack[edge] = leftBack[edge]! + 1
    }
  }

  /** The unmapped behaviour of the period, and of those who moved on from a step within the window after. */
  #strays(): void {
    const { tally } = this
    const { unmappedEvents, unmappedCustomers, movedDid } = tally
    const { strays, strayTime, strayGroup } = this.#visits
    const stamp = this.#stamp
    for (let s = 0; s < strays && strayTime[s]! < this.#lengthMs; s++) {
      const group = strayGroup[s]!
      unmappedEvents[group] = unmappedEvents[group]! + 1
      if (this.#unmappedSeen[group] !== stamp) {
        this.#unmappedSeen[group] = stamp
        unmappedCustomers[group] = unmappedCustomers[group]! + 1
      }
    }
    for (let w = 0; w < this.#words; w++) {
      for (let bits = this.#seen[w]!; bits !== 0; bits &= bits - 1) {
        const step = (w << 5) + 31 - Math.clz32(bits & -bits)
        if ((this.#flags[step]! & MOVED) === 0) continue
        this.#did(step, this.#firstMoved[step]!, movedDid, null)
      }
    }
  }

  #leftDid(step: number, visit: number): void {
    const { leftDid, leftDidEvents } = this.tally
    if (this.#visits.strays > 0) this.#did(step, visit, leftDid, leftDidEvents)
  }

  /** Counts the unmapped behaviour within the window after a visit: customers once a group, and events. */
  #did(step: number, visit: number, customers: Float64Array, events: Float64Array | null): void {
    const { time, strays, straysBefore, strayTime, strayGroup } = this.#visits
    const atMs = time[visit]!
    const untilMs = atMs + this.plan.windowMs
    const mark = ++this.#mark
    const first = step * this.plan.unmappedGroups
    let s = straysBefore[visit]!
    // What happened at the same instant counts as after it.
    while (s > 0 && strayTime[s - 1] === atMs) s--
    for (; s < strays && strayTime[s]! <= untilMs; s++) {
      const group = strayGroup[s]!
      if (events !== null) events[first + group] = events[first + group]! + 1
      if (this.#groupMark[group] === mark) continue
      this.#groupMark[group] = mark
      customers[first + group] = customers[first + group]! + 1
    }
  }
}

function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
