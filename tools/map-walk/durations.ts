// As `Durations`: a group is held as it is up to a size, above that as a histogram. Room is given out at first use.
import { at4, at8, count, room } from './memory'
import {
  edgeBuckets,
  edgeCounts,
  edgeExact,
  mostHeldEdges,
  mostHeldNext,
  nextBuckets,
  nextExact,
  nextTimes,
} from './plan'

const OCTAVES: i32 = 37
const EDGE_BITS: i32 = 5
const NEXT_BITS: i32 = 7

// The upper bits of a double are its exponent and the leading bits of its fraction: the number of the bucket.
function bucketOf(ms: i64, bits: i32): i32 {
  const bucket = <i32>(reinterpret<u64>(<f64>ms) >> (52 - bits)) - (1023 << bits) + 1
  return min(max(bucket, 0), OCTAVES << bits)
}

// A bucket is seldom in the nearest cache. Where a duration is found every visit would wait for its bucket; counted many at a
// time the waits overlap.
const MOST_WAITING: usize = 4096 * 4
const waiting: usize = memory.data(4096 * 4, 16)
let waits: usize = 0

function later(buckets: usize, bucket: i32): void {
  store<u32>(waiting + waits, <u32>at4(buckets, bucket))
  waits += 4
  if (waits == MOST_WAITING) countWaiting()
}

export function countWaiting(): void {
  for (let w: usize = 0; w < waits; w += 4) count(<usize>load<u32>(waiting + w), 0)
  waits = 0
}

/** Counts the edge, too. */
export function addEdgeTime(edge: i32, ms: i64): void {
  const n = count(edgeCounts, edge)
  const buckets = <usize>load<u32>(at4(edgeBuckets, edge))
  if (buckets) later(buckets, bucketOf(ms, EDGE_BITS))
  else hold(at4(edgeExact, edge), at4(edgeBuckets, edge), n, mostHeldEdges, EDGE_BITS, ms)
}

export function addNextTime(step: i32, ms: i64): void {
  const n = count(nextTimes, step)
  const buckets = <usize>load<u32>(at4(nextBuckets, step))
  if (buckets) later(buckets, bucketOf(ms, NEXT_BITS))
  else hold(at4(nextExact, step), at4(nextBuckets, step), n, mostHeldNext, NEXT_BITS, ms)
}

/** @param most a power of two, as every room is */
function hold(exact: usize, buckets: usize, n: u32, most: u32, bits: i32, ms: i64): void {
  let held = <usize>load<u32>(exact)
  if (n == most) {
    const poured = room((1 + (OCTAVES << bits)) * 4)
    for (let i = 0; i < <i32>n; i++) count(poured, bucketOf(<i64>load<f64>(at8(held, i)), bits))
    count(poured, bucketOf(ms, bits))
    store<u32>(buckets, <u32>poured)
    return
  }
  if (n == 0 || (n >= 16 && (n & (n - 1)) == 0)) {
    const grown = room((<usize>max<u32>(16, n * 2)) << 3)
    memory.copy(grown, held, (<usize>n) << 3)
    store<u32>(exact, <u32>grown)
    held = grown
  }
  store<f64>(at8(held, n), <f64>ms)
}
