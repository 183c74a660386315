// As `Way`: the way of the customer at hand over the map, from the last visit to the first.
import { addEdgeTime, addNextTime } from './durations'
import { at4, at8, count } from './memory'
import {
  anchorVisit,
  backEdges,
  edgeCustomers,
  edgeSeen,
  firstAnchor,
  firstMoved,
  flags,
  lengthMs,
  moves,
  NEVER,
  nextAt,
  nowMs,
  position,
  repeatable,
  repeats,
  sliceCustomers,
  sliceMoved,
  sliceMovedSeen,
  slices,
  sliceSeen,
  soonMs,
  stepNext,
  steps,
  visits,
  windowMs,
} from './plan'
import { again, inPeriod, visitCount, visitStep, visitTime } from './visits'

const SEEN: u32 = 1
export const MOVED: u32 = 2
export const BACK_BIT: u32 = 2
const BACK: u32 = 4
export const REACHED_BIT: u32 = 3
const REACHED: u32 = 8
export const SETTLED: u32 = 16
export const ON_BIT: u32 = 5
export const ON: u32 = 32
export const NEXT_BIT: u32 = 6
const NEXT: u32 = 64
export const RETURNED_BIT: u32 = 7
export const RETURNED: u32 = 128
export const AROUND_BIT: u32 = 8
export const AROUND: u32 = 256

const WAY_BACK: u32 = 1
export const LOOP: u32 = 2

/** Steps visited in the period, as bits. */
export let seen: u64 = 0
/** Edges that are ways back, and moves that were. */
export let backs: i32 = 0
export let waysBack: i32 = 0

/** Forward: which visits are further ones to a repeatable step. */
function findAgain(): void {
  let known: u64 = 0
  for (let v = 0; v < visitCount; v++) {
    const step = load<i32>(at4(visitStep, v))
    const visited = <u32>(known >> step) & 1
    store<u8>(again + v, load<u8>(repeatable + step) & visited)
    known |= (<u64>1) << step
  }
}

export function walkBack(stamp: u32): void {
  // What stands in a variable of the module is loaded again each time.
  const S = steps
  const stepAt = visitStep
  const timeAt = visitTime
  const sliceCount = slices
  const againAt = again
  const window = windowMs
  const soon = soonMs
  const length = <f64>lengthMs
  const perMs: f64 = <f64>sliceCount / length
  const settledMs = nowMs - window
  const counted = inPeriod
  const repeat = repeats
  if (repeat) findAgain()
  let ahead: u64 = 0
  let steppedOn: u64 = 0
  let edges = 0
  let ways = 0
  let following = S
  let followingMs: i64 = 0
  // The next visit that is to another step than `following`.
  let other = S
  let otherMs: i64 = 0
  let otherVisit = visitCount
  for (let v = visitCount - 1; v >= 0; v--) {
    const step = load<i32>(at4(stepAt, v))
    const time = load<i64>(at8(timeAt, v))
    const place = load<i32>(at4(position, step))
    const bit = (<u64>1) << place
    // Later positions; those below are hidden by this visit.
    const bits = ahead & ((0 - bit) << 1)
    ahead = bits | bit
    if (following != step) {
      other = following
      otherMs = followingMs
      otherVisit = v + 1
    }
    if (v < counted) {
      const flag = load<u32>(at4(flags, step))
      let known = flag | SEEN
      count(visits, step)
      steppedOn |= (<u64>1) << step
      const slice = step * sliceCount + min(sliceCount - 1, <i32>(<f64>time * perMs))
      if (load<u32>(at4(sliceSeen, slice)) != stamp) {
        store<u32>(at4(sliceSeen, slice), stamp)
        count(sliceCustomers, slice)
      }
      if (following != step && following != S) {
        const edge = step * S + following
        addEdgeTime(edge, followingMs - time)
        const back =
          load<u8>(moves + edge) == WAY_BACK && !(repeat && load<u8>(againAt + v + 1) == 1)
        if (back) {
          known |= BACK
          if (v < counted - 1) ways++
        }
        if (load<u32>(at4(edgeSeen, edge)) != stamp) {
          store<u32>(at4(edgeSeen, edge), stamp)
          count(edgeCustomers, edge)
          // Written over by the next one unless it is kept.
          store<i32>(at4(backEdges, edges), edge)
          edges += <i32>back
        } else if (back && load<u8>(repeatable + following) == 1) {
          // Only the first visit to a repeatable step is reached by a way back.
          store<i32>(at4(backEdges, edges++), edge)
        }
      }
      const ahead1 = bits == 0 ? 0 : <i32>ctz(bits) + 1
      const toLater = load<i64>(at8(nextAt, ahead1)) - time
      if (toLater <= window) {
        addNextTime(step, toLater)
        known |= MOVED
        store<i32>(at4(firstMoved, step), v)
        if (toLater <= soon && load<u32>(at4(sliceMovedSeen, slice)) != stamp) {
          store<u32>(at4(sliceMovedSeen, slice), stamp)
          count(sliceMoved, slice)
        }
      }
      const reached = load<i64>(at8(nextAt, load<i32>(at4(stepNext, step)))) - time <= window
      if (flag == 0) {
        store<i32>(at4(anchorVisit, step), v)
        if (<f64>time < load<f64>(at8(firstAnchor, step))) {
          store<f64>(at8(firstAnchor, step), <f64>time)
        }
        if (time < settledMs) {
          known |= SETTLED
          if (toLater <= window) known |= ON
          if (reached) known |= NEXT
          if (other < S && otherMs - time <= window) {
            const back =
              load<u8>(moves + step * S + other) == WAY_BACK &&
              !(repeat && load<u8>(againAt + otherVisit) == 1)
            if (back) known |= RETURNED
            else if (load<i32>(at4(position, other)) <= place) known |= AROUND
          }
        }
      }
      store<u32>(at4(flags, step), reached ? known | REACHED : known)
    }
    store<i64>(at8(nextAt, place + 1), time)
    following = step
    followingMs = time
  }
  seen = steppedOn
  backs = edges
  waysBack = ways
}

/** Forgets the customer. */
export function forgetWay(): void {
  for (let v = 0; v < visitCount; v++) {
    const step = load<i32>(at4(visitStep, v))
    store<i64>(at8(nextAt, load<i32>(at4(position, step)) + 1), NEVER)
    store<u32>(at4(flags, step), 0)
  }
}
