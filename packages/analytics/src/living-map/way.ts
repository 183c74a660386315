import type { MapPlan } from './map-plan.ts'
import type { MapTally } from './map-tally.ts'
import type { Visits } from './visits.ts'

/** What is known of a step and the customer at hand, in the bits of `Way.known`. */
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
/** The next visit to another step within the window after the anchor is to no later one, and no way back either. */
export const AROUND_BIT = 8
const AROUND = 1 << AROUND_BIT

/** What a move from one step to another is, by the map alone. */
const WAY_BACK = 1
export const LOOP = 2

/** Of every two steps: to an earlier position, or along a drawn loop, which leads to every alternative there. */
export function movesOf({ steps }: MapPlan): Uint8Array {
  return Uint8Array.from(
    steps.flatMap((from) =>
      steps.map((to) => {
        if (from.loops.includes(to.position)) return LOOP
        return to.position < from.position ? WAY_BACK : 0
      }),
    ),
  )
}

/**
 * The way of the customer at hand over the map: what came after each visit, counted where it is seen, and
 * what is then known of each step. Scratch, clean between customers; steps, and their positions in the order of
 * the map, also stand as bits of 32-bit words.
 */
export class Way {
  readonly words: number
  /** [step] */
  readonly known: Uint16Array
  /** Steps visited in the period. */
  readonly seen: Int32Array
  /** [step] the first visit from which the customer moved on. */
  readonly firstMoved: Int32Array
  /** Edges that are ways back, each once. */
  readonly backEdges: Int32Array
  backs = 0
  /** Moves that were ways back, both visits of the period. */
  waysBack = 0

  /** [step] where it stands in the order of the map; alternatives share one. */
  readonly position: Int32Array
  /** [from × steps + to] `WAY_BACK`, `LOOP` or neither. */
  readonly moves: Uint8Array

  readonly #plan: MapPlan
  readonly #stepNext: Int32Array
  /** [step] Coming here again is no way back; null: so it is of every step. */
  readonly #repeatable: Uint8Array | null
  /** [visit] Of a repeatable step, and not the first one to it. */
  #again = new Uint8Array(64)
  /** Positions that lie ahead of the visit at hand, the lowest of them nearest in time. */
  readonly #ahead: Int32Array
  /** When position i − 1 is visited next, infinity between customers; [0] is none. */
  readonly #nextAt: Float64Array
  // Stamps hold the number of the customer who set them last.
  #stamp = 0
  readonly #sliceSeen: Int32Array
  readonly #sliceMovedSeen: Int32Array
  readonly #edgeSeen: Int32Array

  constructor(plan: MapPlan) {
    const steps = plan.steps.length
    this.words = Math.ceil(steps / 32)
    this.known = new Uint16Array(steps)
    this.seen = new Int32Array(this.words)
    this.firstMoved = new Int32Array(steps)
    this.backEdges = new Int32Array(steps * steps + 1)
    this.position = Int32Array.from(plan.steps, ({ position }) => position)
    this.moves = movesOf(plan)
    const repeats = plan.steps.some(({ repeatable }) => repeatable)
    this.#repeatable = repeats ? Uint8Array.from(plan.steps, (s) => (s.repeatable ? 1 : 0)) : null
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
   * The next visit to a later position: of the visits seen so far only those count that no visit to as late
   * a position came before; they are one a position, the nearest in time the lowest, so bits hold them.
   */
  over(journey: Visits, tally: MapTally): void {
    const { step: visitStep, time: visitTime, count, inPeriod } = journey
    const { windowMs, slices, period, nowMs } = this.#plan
    const { soonMs, edgeTimes, nextTimes, edgeCounts, edgeCustomers } = tally
    const { sliceCustomers, sliceMoved, visits, firstAnchor } = tally
    const stamp = ++this.#stamp
    const S = this.known.length
    const { words, seen, firstMoved, backEdges, position, moves } = this
    const repeatable = this.#repeatable
    const again = repeatable === null ? null : this.#visitsAgain(journey, repeatable)
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
    let otherVisit = count
    const settledMs = nowMs - period.fromMs - windowMs
    for (let v = count - 1; v >= 0; v--) {
      const step = visitStep[v]!
      const time = visitTime[v]!
      const place = position[step]!
      const word = place >> 5
      const bit = 1 << (place & 31)
      // Later positions of the same word; those below are hidden by this visit.
      let bits = ahead[word]! & (-bit << 1)
      ahead[word] = bits | bit
      for (let w = 0; w < word; w++) ahead[w] = 0
      if (following !== step) {
        other = following
        otherMs = followingMs
        otherVisit = v + 1
      }
      if (v < inPeriod) {
        let later = word
        while (bits === 0 && ++later < words) bits = ahead[later]!
        const anchor = flags[step]! === 0
        let known = flags[step]! | SEEN
        visits[step] = visits[step]! + 1
        seen[step >> 5] = seen[step >> 5]! | (1 << (step & 31))
        const slice = step * slices + Math.min(slices - 1, (time * perMs) | 0)
        if (sliceSeen[slice] !== stamp) {
          sliceSeen[slice] = stamp
          sliceCustomers[slice] = sliceCustomers[slice]! + 1
        }
        if (following !== step && following !== S) {
          const edge = step * S + following
          edgeCounts[edge] = edgeCounts[edge]! + 1
          edgeTimes.add(edge, followingMs - time)
          const back = moves[edge] === WAY_BACK && again?.[v + 1] !== 1 ? BACK : 0
          known |= back
          if (v < inPeriod - 1) waysBack += back
          if (edgeSeen[edge] !== stamp) {
            edgeSeen[edge] = stamp
            edgeCustomers[edge] = edgeCustomers[edge]! + 1
            // Written over by the next one unless it is kept.
            backEdges[backs] = edge
            backs += back >> BACK_BIT
          } else if (back !== 0 && repeatable?.[following] === 1) {
            // The later moves along this edge were none: only the first visit to a repeatable step is reached by a way back.
            backEdges[backs++] = edge
          }
        }
        // 1 more than the number of the position, as in nextAt; 0: none.
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
            if (other < S && otherMs - time <= windowMs) {
              const back = moves[step * S + other] === WAY_BACK && again?.[otherVisit] !== 1
              if (back) known |= RETURNED
              else if (position[other]! <= place) known |= AROUND
            }
          }
        }
        flags[step] = known | (reached ? REACHED : 0)
      }
      nextAt[place + 1] = time
      following = step
      followingMs = time
    }
    this.backs = backs
    this.waysBack = waysBack >> BACK_BIT
  }

  /** Forward: which visits are further ones to a repeatable step. */
  #visitsAgain({ step, count }: Visits, repeatable: Uint8Array): Uint8Array {
    if (this.#again.length < count) this.#again = new Uint8Array(step.length)
    const again = this.#again
    const { known } = this
    for (let v = 0; v < count; v++) {
      again[v] = repeatable[step[v]!]! & known[step[v]!]!
      known[step[v]!] = SEEN
    }
    for (let v = 0; v < count; v++) known[step[v]!] = 0
    return again
  }

  /** Forgets the customer. */
  clear({ step, count }: Visits): void {
    for (let v = 0; v < count; v++) {
      this.#nextAt[this.position[step[v]!]! + 1] = Number.POSITIVE_INFINITY
      this.known[step[v]!] = 0
    }
    for (let w = 0; w < this.words; w++) {
      this.seen[w] = 0
      this.#ahead[w] = 0
    }
  }
}
