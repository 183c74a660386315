// AssemblyScript. What `MapKernel` counts of maps of up to 64 steps, over the rows of the engine's blocks where they lie,
// unaligned as they are; the kernel is the reference, and each file says which of its files it follows.
import { countWaiting } from './durations'
import { at4, at8, count, countIf } from './memory'
import { addDue, addOpen } from './moments'
import {
  backEdges,
  begin as lay,
  BOOTSTRAP_GROUPS,
  completedParts,
  customers,
  firstEntry,
  firstMoved,
  flags,
  groupCounts,
  groupMark,
  groupMoney,
  groups,
  groupSeen,
  anchorVisit,
  left,
  leftBack,
  leftDid,
  leftDidEvents,
  lengthMs,
  movedBack,
  movedDid,
  movedOn,
  moves,
  nowMs,
  numbers,
  obligatory,
  obligatoryCount,
  open,
  openParts,
  PARTS,
  position,
  reachedNext,
  settled,
  settledAround,
  settledBack,
  settledEnded,
  settledNext,
  settledOn,
  settledReturned,
  stageCustomers,
  stepGoal,
  steps,
  stepStage,
  unmappedCustomers,
  unmappedEvents,
  wentBack,
  windowMs,
} from './plan'
import { LEFT, MOVED_ON, OPEN, sample, VISITED } from './samples'
import {
  forgetRoom,
  inPeriod,
  money,
  moneyFrom,
  outside,
  payments,
  paymentsBefore,
  paymentTime,
  paymentValue,
  readVisits,
  strayGroup,
  strays,
  straysBefore,
  strayTime,
  visitCount,
  visitStep,
  visitTime,
} from './visits'
import {
  AROUND,
  AROUND_BIT,
  BACK_BIT,
  backs,
  forgetWay,
  LOOP,
  MOVED,
  NEXT_BIT,
  ON,
  ON_BIT,
  REACHED_BIT,
  RETURNED,
  RETURNED_BIT,
  seen,
  SETTLED,
  walkBack,
  waysBack,
} from './way'

export { full, room } from './memory'

// Places of `numbers`, in the order of a tally's.
const ENTRANTS: i32 = 0
const OUTSIDE: i32 = 1
const COMPLETIONS: i32 = 2
const IN_PROGRESS: i32 = 3
const GOAL_ENDED: i32 = 4
const CONTINUED: i32 = 5
const GOAL_MONEY: i32 = 6
const FINISHED: i32 = 7
const CONFORMING: i32 = 8
const SETTLED_ENTRANTS: i32 = 9
const SETTLED_COMPLETIONS: i32 = 10
const FITNESS_HIGH: i32 = 11
const FITNESS_LOW: i32 = 12

const HALF_BITS: f64 = 67108864

/** The number of the customer at hand, and of the question which groups they did. */
let stamp: u32 = 0
let mark: u32 = 0

export function begin(
  stepCount: i32,
  stageCount: i32,
  sliceCount: i32,
  groupCount: i32,
  length: f64,
  window: f64,
  now: f64,
  soon: f64,
  from: f64,
  keptUntil: f64,
  sampleSize: i32,
  heldEdges: i32,
  heldNext: i32,
  anyRepeats: i32,
  obligatoryLow: u32,
  obligatoryHigh: u32,
): usize {
  forgetRoom()
  stamp = 0
  mark = 0
  return lay(
    stepCount,
    stageCount,
    sliceCount,
    groupCount,
    length,
    window,
    now,
    soon,
    from,
    keptUntil,
    sampleSize,
    heldEdges,
    heldNext,
    anyRepeats,
    obligatoryLow,
    obligatoryHigh,
  )
}

/**
 * Rows `from` to `to` − 1 of a block; `ends` count events from `events`, `paid` is where the first row's money lies.
 *
 * @returns where the money of the next row lies
 */
export function run(
  events: usize,
  ends: usize,
  keys: usize,
  paid: usize,
  from: i32,
  to: i32,
): usize {
  let start = from == 0 ? events : at8(events, <i32>load<u64>(at8(ends, from - 1)))
  moneyFrom(paid)
  for (let row = from; row < to; row++) {
    const end = at8(events, <i32>load<u64>(at8(ends, row)))
    readVisits(start, end)
    start = end
    if (inPeriod == 0) {
      if (outside) add(OUTSIDE, 1)
      continue
    }
    const key = load<u64>(at8(keys, row))
    stamp++
    add(ENTRANTS, 1)
    walkBack(stamp)
    const completed = payments > 0 && complete()
    enter()
    becomeOf(completed, key)
    addDue(key)
    if (strays > 0) countStrays()
    settle(key)
    forgetWay()
  }
  countWaiting()
  return money
}

function add(number: i32, amount: f64): void {
  const at = at8(numbers, number)
  store<f64>(at, load<f64>(at) + amount)
}

function timeOf(visit: i32): i64 {
  return load<i64>(at8(visitTime, visit))
}

/** Reached the goal at or after a visit of the period, within the window of the latest such visit. */
function complete(): bool {
  let completed = false
  for (let p = 0, v = -1; p < payments; p++) {
    while (v + 1 < inPeriod && load<i32>(at4(paymentsBefore, v + 1)) <= p) v++
    if (v < 0 || load<i64>(at8(paymentTime, p)) - timeOf(v) > windowMs) continue
    const value = load<f64>(at8(paymentValue, p))
    // Money given back is no second success, and none at all without a first one.
    if (value >= 0) completed = true
    if (completed) add(GOAL_MONEY, value)
  }
  if (completed) add(COMPLETIONS, 1)
  return completed
}

/** Reached the goal within the window of the first visit of the period, or still may. */
function enter(): void {
  const entry = timeOf(0)
  let goalMs: i64 = -1
  for (let p = load<i32>(paymentsBefore); p < payments; p++) {
    const after = load<i64>(at8(paymentTime, p)) - entry
    if (after > windowMs) break
    if (load<f64>(at8(paymentValue, p)) < 0) continue
    goalMs = after
    break
  }
  const watchedMs = nowMs - entry
  if (<f64>entry < load<f64>(firstEntry)) store<f64>(firstEntry, <f64>entry)
  if (goalMs >= 0) count(completedParts, partOf(goalMs))
  else if (watchedMs <= windowMs) {
    count(openParts, partOf(max<i64>(0, watchedMs)))
    addOpen(entry)
  }
  if (watchedMs <= windowMs) return
  add(SETTLED_ENTRANTS, 1)
  if (goalMs >= 0) add(SETTLED_COMPLETIONS, 1)
}

function partOf(ms: i64): i32 {
  return <i32>ceil((<f64>ms / <f64>windowMs) * PARTS)
}

/** What became of the customer after the last visit of the period, and how the journey fits the map. */
function becomeOf(completed: bool, key: u64): void {
  const last = inPeriod - 1
  const step = load<i32>(at4(visitStep, last))
  const time = timeOf(last)
  const over = nowMs - time > windowMs
  let gone = false
  if (load<u8>(stepGoal + step) == 1) add(GOAL_ENDED, 1)
  else if (last + 1 < visitCount && timeOf(last + 1) - time <= windowMs) add(CONTINUED, 1)
  else if (over) {
    gone = true
    sample(LEFT, step, count(left, step), key, time)
    countBack(step)
    if (strays > 0) countDid(step, last, leftDid, leftDidEvents)
  } else {
    sample(OPEN, step, count(open, step), key, time)
  }
  if (!completed && !over) add(IN_PROGRESS, 1)
  if (completed || gone) conform()
}

/** Counts the customer, who left this step, for each earlier step they went back to from it. */
function countBack(step: i32): void {
  const first = step * steps
  for (let b = 0; b < backs; b++) {
    const edge = load<i32>(at4(backEdges, b))
    if (edge >= first && edge < first + step) count(leftBack, edge)
  }
}

/** Only first visits to a position are judged: against the furthest one since a drawn loop was last walked. */
function conform(): void {
  let visited: u64 = 0
  let inOrder = true
  let furthest = -1
  let reached = -1
  let before = -1
  for (let v = 0; v < inPeriod; v++) {
    const step = load<i32>(at4(visitStep, v))
    const place = load<i32>(at4(position, step))
    const bit = (<u64>1) << place
    if (v > 0 && load<u8>(moves + before * steps + step) == LOOP) reached = place
    else if (place < reached && (visited & bit) == 0) inOrder = false
    visited |= bit
    reached = max(reached, place)
    furthest = max(furthest, place)
    before = step
  }
  const skipped = <i32>popcnt(obligatory & ~visited & (((<u64>1) << furthest) - 1))
  add(FINISHED, 1)
  if (inOrder && skipped == 0) add(CONFORMING, 1)
  const fitness: f64 = 1 - <f64>(skipped + waysBack) / <f64>(inPeriod + obligatoryCount)
  const high = floor(fitness * HALF_BITS)
  add(FITNESS_HIGH, high)
  add(FITNESS_LOW, floor((fitness * HALF_BITS - high) * HALF_BITS + 0.5))
}

/** The unmapped behaviour of the period, and of those who moved on from a step within the window after. */
function countStrays(): void {
  for (let s = 0; s < strays && load<i64>(at8(strayTime, s)) < lengthMs; s++) {
    const group = load<i32>(at4(strayGroup, s))
    count(unmappedEvents, group)
    if (load<u32>(at4(groupSeen, group)) == stamp) continue
    store<u32>(at4(groupSeen, group), stamp)
    count(unmappedCustomers, group)
  }
  for (let bits = seen; bits != 0; bits &= bits - 1) {
    const step = <i32>ctz(bits)
    if ((load<u32>(at4(flags, step)) & MOVED) == 0) continue
    countDid(step, load<i32>(at4(firstMoved, step)), movedDid, 0)
  }
}

/** Counts the unmapped behaviour within the window after a visit: customers once a group, and events. */
function countDid(step: i32, visit: i32, who: usize, events: usize): void {
  const time = timeOf(visit)
  const until = time + windowMs
  const first = step * groups
  mark++
  let s = load<i32>(at4(straysBefore, visit))
  // What happened at the same instant counts as after it.
  while (s > 0 && load<i64>(at8(strayTime, s - 1)) == time) s--
  for (; s < strays && load<i64>(at8(strayTime, s)) <= until; s++) {
    const group = load<i32>(at4(strayGroup, s))
    if (events) count(events, first + group)
    if (load<u32>(at4(groupMark, group)) == mark) continue
    store<u32>(at4(groupMark, group), mark)
    count(who, first + group)
  }
}

/** Counts the customer at each step they visited. */
function settle(key: u64): void {
  for (let b = 0; b < backs; b++) {
    const edge = load<i32>(at4(backEdges, b))
    if (load<u32>(at4(flags, edge / steps)) & MOVED) count(movedBack, edge)
  }
  const low = <u32>key
  const group = <i32>((low ^ (low >> 16)) & (BOOTSTRAP_GROUPS - 1)) * steps
  let stage = -1
  for (let bits = seen; bits != 0; bits &= bits - 1) {
    const step = <i32>ctz(bits)
    const known = load<u32>(at4(flags, step))
    const before = count(customers, step)
    countIf(wentBack, step, known, BACK_BIT)
    countIf(reachedNext, step, known, REACHED_BIT)
    if (known & SETTLED) countSettled(step, known)
    const at = load<i32>(at4(stepStage, step))
    if (at != stage) {
      stage = at
      count(stageCustomers, stage)
    }
    sample(VISITED, step, before, key, timeOf(load<i32>(at4(anchorVisit, step))))
    if (!(known & MOVED)) continue
    const visit = load<i32>(at4(firstMoved, step))
    const time = timeOf(visit)
    sample(MOVED_ON, step, count(movedOn, step), key, time)
    // A mean of those whose time is over: who moved on just now has had none to buy in.
    if (nowMs - time <= windowMs) continue
    count(groupCounts, group + step)
    if (payments > 0) risk(visit, at8(groupMoney, group + step))
  }
}

/** What a customer did whose window after the last visit here is over. */
function countSettled(step: i32, known: u32): void {
  count(settled, step)
  countIf(settledOn, step, known, ON_BIT)
  countIf(settledNext, step, known, NEXT_BIT)
  countIf(settledBack, step, known, RETURNED_BIT)
  const still = known & ON ? 0 : known
  countIf(settledReturned, step, still, RETURNED_BIT)
  countIf(settledAround, step, still, AROUND_BIT)
  if (load<u8>(stepGoal + step) == 1 && !(known & (ON | RETURNED | AROUND))) {
    count(settledEnded, step)
  }
}

/** Of a step moved on from: the goal money within the window of the first visit that moved on, at least none. */
function risk(visit: i32, at: usize): void {
  const until = timeOf(visit) + windowMs
  let sum: f64 = 0
  for (
    let p = load<i32>(at4(paymentsBefore, visit));
    p < payments && load<i64>(at8(paymentTime, p)) <= until;
    p++
  ) {
    sum += load<f64>(at8(paymentValue, p))
  }
  if (sum > 0) store<f64>(at, load<f64>(at) + sum)
}
