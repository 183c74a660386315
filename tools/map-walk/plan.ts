// What is counted and where it is counted to. The order of the table is that of `walk-layout.ts`, which says what each is.
import { clear, room } from './memory'

// What is of steps, edges and slices has room for the largest map at a place that the compiler knows: a place in a
// variable is one more load each time.
const MOST_STEPS: i32 = 64
const MOST_SLICES: i32 = 30
const WORD: i32 = MOST_STEPS * 4
const SQUARE: i32 = MOST_STEPS * WORD

export const STEPS_BITS: u32 = 127
export const GOAL: u32 = 0x80
export const UNMAPPED: u32 = 0x4000
export const VALUED: u32 = 0x8000
export const PAUSE_MS: i64 = 1800000
/** No visit comes as late. */
export const NEVER: i64 = 1 << 60
export const PARTS: f64 = 1024
export const BOOTSTRAP_GROUPS: i32 = 512

export let steps: i32 = 0
export let slices: i32 = 0
export let groups: i32 = 0
/** Times are milliseconds since the start of the period. */
export let lengthMs: i64 = 0
export let horizonMs: i64 = 0
export let windowMs: i64 = 0
export let nowMs: i64 = 0
export let soonMs: i64 = 0
/** The period's start, since the epoch. */
export let fromMs: i64 = 0
/** Up to when who is settled is listed, since the period's start; `NEVER`: the tally is not kept. */
export let keptUntilMs: i64 = 0
export let sampleSize: i32 = 0
export let mostHeldEdges: u32 = 0
export let mostHeldNext: u32 = 0
export let repeats: bool = false
/** Positions that may not be skipped, as bits. */
export let obligatory: u64 = 0
export let obligatoryCount: i32 = 0

// Of each step, written by the host after `begin`.
export const position: usize = memory.data(WORD, 16)
export const stepNext: usize = memory.data(WORD, 16)
export const stepStage: usize = memory.data(WORD, 16)
export const stepGoal: usize = memory.data(MOST_STEPS, 16)
export const repeatable: usize = memory.data(MOST_STEPS, 16)
/** [from × steps + to] 1: a way back, 2: along a drawn loop. */
export const moves: usize = memory.data(MOST_STEPS * MOST_STEPS, 16)

export const numbers: usize = memory.data(16 * 8, 16)
export const stageCustomers: usize = memory.data(WORD, 16)
export const customers: usize = memory.data(WORD, 16)
export const visits: usize = memory.data(WORD, 16)
export const movedOn: usize = memory.data(WORD, 16)
export const reachedNext: usize = memory.data(WORD, 16)
export const wentBack: usize = memory.data(WORD, 16)
export const settled: usize = memory.data(WORD, 16)
export const settledOn: usize = memory.data(WORD, 16)
export const settledNext: usize = memory.data(WORD, 16)
export const settledBack: usize = memory.data(WORD, 16)
export const settledEnded: usize = memory.data(WORD, 16)
export const settledReturned: usize = memory.data(WORD, 16)
export const settledAround: usize = memory.data(WORD, 16)
export const completedParts: usize = memory.data((<i32>PARTS + 1) * 4, 16)
export const openParts: usize = memory.data((<i32>PARTS + 1) * 4, 16)
export const left: usize = memory.data(WORD, 16)
export const open: usize = memory.data(WORD, 16)
export const sliceCustomers: usize = memory.data(WORD * MOST_SLICES, 16)
export const sliceMoved: usize = memory.data(WORD * MOST_SLICES, 16)
export const edgeCounts: usize = memory.data(SQUARE, 16)
export const edgeCustomers: usize = memory.data(SQUARE, 16)
/** [group × steps + step]: what a customer counts lies together. */
export const groupCounts: usize = memory.data(WORD * BOOTSTRAP_GROUPS, 16)
export const groupMoney: usize = memory.data(WORD * BOOTSTRAP_GROUPS * 2, 16)
export let unmappedCustomers: usize = 0
export let unmappedEvents: usize = 0
export let leftDid: usize = 0
export let leftDidEvents: usize = 0
export let movedDid: usize = 0
export const leftBack: usize = memory.data(SQUARE, 16)
export const movedBack: usize = memory.data(SQUARE, 16)
export const firstAnchor: usize = memory.data(WORD * 2, 16)
export const firstEntry: usize = memory.data(8, 16)
// Durations: where those of each group lie as they are, and where their histogram lies; 0: nowhere. Of edges there are as
// many as `edgeCounts` says.
export const edgeExact: usize = memory.data(SQUARE, 16)
export const edgeBuckets: usize = memory.data(SQUARE, 16)
export const nextTimes: usize = memory.data(WORD, 16)
export const nextExact: usize = memory.data(WORD, 16)
export const nextBuckets: usize = memory.data(WORD, 16)
// Samples of each state and step: where those that are kept lie, and the bound. There are as many as were counted.
export const sampleHeaps: usize = memory.data(WORD * 4, 16)
export const sampleBounds: usize = memory.data(WORD * 8, 16)
// Lists that grow: where they lie, how many they hold, for how many there is room.
export const openEntries: usize = memory.data(16, 16)
export const dues: usize = memory.data(16, 16)

// Of the customer at hand, clean between customers; stamps hold the number of the customer who set them last.
export const flags: usize = memory.data(WORD, 16)
export const nextAt: usize = memory.data((MOST_STEPS + 1) * 8, 16)
export const anchorVisit: usize = memory.data(WORD, 16)
export const firstMoved: usize = memory.data(WORD, 16)
export const backEdges: usize = memory.data(SQUARE + 4, 16)
export const sliceSeen: usize = memory.data(WORD * MOST_SLICES, 16)
export const sliceMovedSeen: usize = memory.data(WORD * MOST_SLICES, 16)
export const edgeSeen: usize = memory.data(SQUARE, 16)
export let groupSeen: usize = 0
export let groupMark: usize = 0

const table: usize = memory.data(64 * 4, 16)
let told: usize = 0

/** The next place of the table. */
function tell(place: usize): void {
  store<u32>(table + told, <u32>place)
  told += 4
}

/** @param stepCount up to `MOST_STEPS`, as the stages are. @returns the table of places */
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
  sample: i32,
  heldEdges: i32,
  heldNext: i32,
  anyRepeats: i32,
  obligatoryLow: u32,
  obligatoryHigh: u32,
): usize {
  clear()
  steps = stepCount
  slices = sliceCount
  groups = groupCount
  lengthMs = <i64>length
  windowMs = <i64>window
  horizonMs = lengthMs + windowMs
  nowMs = <i64>now
  soonMs = <i64>soon
  fromMs = <i64>from
  keptUntilMs = keptUntil == Infinity ? NEVER : <i64>keptUntil
  sampleSize = sample
  mostHeldEdges = heldEdges
  mostHeldNext = heldNext
  repeats = anyRepeats != 0
  obligatory = <u64>obligatoryLow | ((<u64>obligatoryHigh) << 32)
  obligatoryCount = <i32>popcnt(obligatory)
  const ofGroups = <usize>groups * 4
  const ofStepsAndGroups = <usize>steps * ofGroups
  unmappedCustomers = room(ofGroups)
  unmappedEvents = room(ofGroups)
  leftDid = room(ofStepsAndGroups)
  leftDidEvents = room(ofStepsAndGroups)
  movedDid = room(ofStepsAndGroups)
  groupSeen = room(ofGroups)
  groupMark = room(ofGroups)
  told = 0
  tell(position)
  tell(stepNext)
  tell(stepStage)
  tell(stepGoal)
  tell(repeatable)
  tell(moves)
  tell(numbers)
  tell(stageCustomers)
  tell(customers)
  tell(visits)
  tell(movedOn)
  tell(reachedNext)
  tell(wentBack)
  tell(settled)
  tell(settledOn)
  tell(settledNext)
  tell(settledBack)
  tell(settledEnded)
  tell(settledReturned)
  tell(settledAround)
  tell(completedParts)
  tell(openParts)
  tell(left)
  tell(open)
  tell(sliceCustomers)
  tell(sliceMoved)
  tell(edgeCounts)
  tell(edgeCustomers)
  tell(groupCounts)
  tell(groupMoney)
  tell(unmappedCustomers)
  tell(unmappedEvents)
  tell(leftDid)
  tell(leftDidEvents)
  tell(movedDid)
  tell(leftBack)
  tell(movedBack)
  tell(firstAnchor)
  tell(firstEntry)
  tell(edgeExact)
  tell(edgeBuckets)
  tell(nextTimes)
  tell(nextExact)
  tell(nextBuckets)
  tell(sampleHeaps)
  tell(openEntries)
  tell(dues)
  for (let i = 0; i <= steps; i++) store<i64>(nextAt + ((<usize>i) << 3), NEVER)
  for (let i = 0; i < steps; i++) store<f64>(firstAnchor + ((<usize>i) << 3), Infinity)
  store<f64>(firstEntry, Infinity)
  for (let i = 0; i < 4 * steps; i++) store<u64>(sampleBounds + ((<usize>i) << 3), u64.MAX_VALUE)
  return table
}
