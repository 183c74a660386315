// As `CustomerSample`: those with the lowest keys. A heap with the highest of them on top; 16 bytes a customer.
import { at4, at8, room } from './memory'
import { fromMs, sampleBounds, sampleHeaps, sampleSize, steps } from './plan'

export const LEFT: i32 = 0
export const OPEN: i32 = 1
export const MOVED_ON: i32 = 2
export const VISITED: i32 = 3

/**
 * @param there how many there were before
 * @param time of the visit that puts them there
 */
export function sample(state: i32, step: i32, there: u32, key: u64, time: i64): void {
  const group = state * steps + step
  if (key <= load<u64>(at8(sampleBounds, group))) {
    keep(group, <i32>there, key, <f64>(time + fromMs))
  }
}

function keep(group: i32, there: i32, key: u64, timeMs: f64): void {
  if (sampleSize == 0) return
  let heap = <usize>load<u32>(at4(sampleHeaps, group))
  if (heap == 0) {
    heap = room((<usize>sampleSize) << 4)
    store<u32>(at4(sampleHeaps, group), <u32>heap)
  }
  if (there < sampleSize) rise(heap, there, key, timeMs)
  else sink(heap, key, timeMs)
  // Whoever is not below the highest of a full heap is not kept.
  if (there >= sampleSize - 1) store<u64>(at8(sampleBounds, group), load<u64>(heap) - 1)
}

function at16(heap: usize, i: i32): usize {
  return heap + ((<usize>i) << 4)
}

function move(heap: usize, from: i32, to: i32): void {
  store<u64>(at16(heap, to), load<u64>(at16(heap, from)))
  store<f64>(at16(heap, to), load<f64>(at16(heap, from), 8), 8)
}

function put(heap: usize, i: i32, key: u64, timeMs: f64): void {
  store<u64>(at16(heap, i), key)
  store<f64>(at16(heap, i), timeMs, 8)
}

function rise(heap: usize, last: i32, key: u64, timeMs: f64): void {
  let i = last
  while (i > 0) {
    const above = (i - 1) >> 1
    if (load<u64>(at16(heap, above)) >= key) break
    move(heap, above, i)
    i = above
  }
  put(heap, i, key, timeMs)
}

function sink(heap: usize, key: u64, timeMs: f64): void {
  let i = 0
  while (true) {
    let below = 2 * i + 1
    if (below >= sampleSize) break
    if (below + 1 < sampleSize && load<u64>(at16(heap, below + 1)) > load<u64>(at16(heap, below))) {
      below++
    }
    if (load<u64>(at16(heap, below)) <= key) break
    move(heap, below, i)
    i = below
  }
  put(heap, i, key, timeMs)
}
