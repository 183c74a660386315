// The memory of one count: what has a place that the compiler knows (plan.ts), and from the base on what is asked for, end to
// end. All is zero, and given back at once.

const BASE: usize = (__heap_base + 15) & ~15
let top: usize = BASE

/** Nothing may be taken any more; the program traps, and this tells why. */
export let full: bool = false

/** Forgets what lies here. */
export function clear(): void {
  memory.fill(0, 0, top)
  top = BASE
  full = false
}

/** @returns so many zero bytes that are not given out yet */
export function room(bytes: usize): usize {
  const at = top
  const end = (at + bytes + 15) & ~15
  const held = (<usize>memory.size()) << 16
  if (end > held) {
    const more = <i32>((end - held + 0xffff) >> 16)
    // A quarter more than is needed, so that much is not moved often; or what there is left.
    if (memory.grow(more + (memory.size() >> 2)) < 0 && memory.grow(more) < 0) {
      full = true
      unreachable()
    }
  }
  top = end
  return at
}

export function at4(array: usize, i: i32): usize {
  return array + ((<usize>i) << 2)
}

export function at8(array: usize, i: i32): usize {
  return array + ((<usize>i) << 3)
}

/** Adds 1 to a count. @returns what it was */
export function count(array: usize, i: i32): u32 {
  const at = at4(array, i)
  const was = load<u32>(at)
  store<u32>(at, was + 1)
  return was
}

/** Adds 1 if the bit of the number is set. */
export function countIf(array: usize, i: i32, bits: u32, bit: u32): void {
  const at = at4(array, i)
  store<u32>(at, load<u32>(at) + ((bits >> bit) & 1))
}
