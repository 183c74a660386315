import type { MapPlan } from './map-plan.ts'
import type { MapTally } from './map-tally.ts'
import type { Visits } from './visits.ts'

/** What is known of a step and the customer at hand, in the bits of `Walk.known`. */
const SEEN = 1
export const MOVED_BIT = 1
export const MOVED = 1 << MOVED_BIT
export const BACK_BIT = 2
const BACK = 1 << BACK_BIT
export const REACHED_BIT = 3
const REACHED = 1 << REACHED_BIT
/** The window after the last visit of the period, the anchor, is over; and what followed the anchor within it. */
const SETTLED_BIT = 4
export const SETTLED = 1 << SETTLED_BIT
export const ON_BIT = 5
export const ON = 1 << ON_BIT
export const NEXT_BIT = 6
const NEXT = 1 << NEXT_BIT
export const RETURNED_BIT = 7
const RETURNED = 1 << RETURNED_BIT

/**
 * The way of the customer at hand over the map: what came after each visit, counted where it is seen, and
 * what is then known of each step. Scratch, clean between customers; steps also stand as bits of 32-bit words.
 */
export class Walk {
  readonly words: number
  /** [step] */
  readonly known: Uint8Array
  /** Steps visited in the period. */
  readonly seen: Int32Array
  /** [step] the visit that was the first, and the first from which the customer moved on. */
  readonly firstVisit: Int32Array
  readonly firstMoved: Int32Array
  /** Edges back to earlier steps, each once. */
  readonly backEdges: Int32Array
  backs = 0
  /** Visits that went back to an earlier step, both of the period. */
  waysBack = 0

  readonly #plan: MapPlan
  readonly #stepNext: Int32Array
  /** Steps that lie ahead of the visit at hand, the lowest of them nearest in time. */
  readonly #ahead: Int32Array
  /** When step i − 1 is visited next, infinity between customers; [0] is no step. */
  readonly #nextAt: Float64Array
  // Stamps hold the number of the customer who set them last.
  #stamp = 0
  readonly #sliceSeen: Int32Array
  readonly #sliceMovedSeen: Int32Array
  readonly #edgeSeen: Int32Array

  constructor(plan: MapPlan) {
    const steps = plan.steps.length
    this.words = Math.ceil(steps / 32)
    this.known = new Uint8Array(steps)
    this.seen = new Int32Array(this.words)
    this.firstVisit = new Int32Array(steps)
    this.firstMoved = new Int32Array(steps)
    this.backEdges = new Int32Array(steps * steps + 1)
    this.#plan = plan
    this.#stepNext = Int32Array.from(plan.steps, ({ next }) => next + 1)
    this.#ahead = new Int32Array(this.words)
    this.#nextAt = new Float64Array(steps + 1).fill(Number.POSITIVE_INFINITY)
    this.#sliceSeen = new Int32Array(steps * plan.slices)
    this.#sliceMovedSeen = new Int32Array(steps * plan.slices)
    this.#edgeSeen = new Int32Array(steps * steps)
  }

  /**
   * Visits from the last to the first: what came after each is known when it is reached.
   *
   * The next visit to a later step: of the visits seen so far only those count that no visit to as late
   * a step came before; they are one a step, the nearest in time the lowest step, so bits hold them.
   */
  over({ step: visitStep, time: visitTime, count, inPeriod }: Visits, tally: MapTally): void {
    const { windowMs, slices, period, nowMs } = this.#plan
    const { soonMs, edgeTimes, nextTimes, edgeCounts, edgeCustomers } = tally
    const { sliceCustomers, sliceMoved, visits, firstAnchor } = tally
    const stamp = ++this.#stamp
    const S = this.known.length
    const { words, seen, firstVisit, firstMoved, backEdges } = this
    const perMs = slices / (period.toMs - period.fromMs)
    const flags = this.known
    const ahead = this.#ahead
    const nextAt = this.#nextAt
    const nextOf = this.#stepNext
    const edgeSeen = this.#edgeSeen
    const sliceSeen = this.#sliceSeen
    const sliceMovedSeen = this.#sliceMovedSeen
    let backs = 0
    let waysBack = 0
    let following = S
    let followingMs = 0
    // The next visit that is to another step than `following`.
    let other = S
    let otherMs = 0
    const settledMs = nowMs - period.fromMs - windowMs
    for (let v = count - 1; v >= 0; v--) {
      const step = visitStep[v]!
      const time = visitTime[v]!
      const word = step >> 5
      const bit = 1 << (step & 31)
      // Later steps of the same word; those below are hidden by this visit.
      let bits = ahead[word]! & (-bit << 1)
      ahead[word] = bits | bit
      for (let w = 0; w < word; w++) ahead[w] = 0
      if (following !== step) {
        other = following
        otherMs = followingMs
      }
      if (v < inPeriod) {
        let later = word
        while (bits === 0 && ++later < words) bits = ahead[later]!
        const anchor = flags[step]! === 0
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
            backs += back >> BACK_BIT
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
        const reached = nextAt[nextOf[step]!]! - time <= windowMs
        if (anchor) {
          if (time < firstAnchor[step]!) firstAnchor[step] = time
          if (time < settledMs) {
            known |= SETTLED
            if (toLater <= windowMs) known |= ON
            if (reached) known |= NEXT
            if (other < step && otherMs - time <= windowMs) known |= RETURNED
          }
        }
        flags[step] = known | (reached ? REACHED : 0)
      }
      nextAt[step + 1] = time
      following = step
      followingMs = time
    }
    this.backs = backs
    this.waysBack = waysBack >> BACK_BIT
  }

  /** Forgets the customer. */
  clear({ step, count }: Visits): void {
    for (let v = 0; v < count; v++) {
      this.#nextAt[step[v]! + 1] = Number.POSITIVE_INFINITY
      this.known[step[v]!] = 0
    }
    for (let w = 0; w < this.words; w++) {
      this.seen[w] = 0
      this.#ahead[w] = 0
    }
  }
}
