import {
  bucketCount,
  COARSE_BITS,
  type DurationsParts,
  FINE_BITS,
} from '../living-map/durations.ts'
import type { SampleParts } from '../living-map/customer-sample.ts'
import type { MapPlan } from '../living-map/map-plan.ts'
import {
  ARRAYS,
  LEASTS,
  MapTally,
  NUMBERS,
  SAMPLES,
  type TallyParts,
} from '../living-map/map-tally.ts'
import type { MomentsParts } from '../living-map/moments.ts'
import { type Place, type Places, sampleRoom } from './walk-layout.ts'

/** What was counted, taken out of the machine's memory. */
export function walkedParts(plan: MapPlan, memory: ArrayBuffer, place: Places): TallyParts {
  const steps = plan.steps.length
  const laid = new MapTally({ ...plan, sampleSize: 0 }).parts
  const counts = (name: Place, length: number) => new Uint32Array(memory, place(name), length)
  const doubles = (name: Place, length: number) =>
    new Float64Array(memory, place(name), length).slice()
  const timesOf = (
    [held, exact, buckets]: readonly [Place, Place, Place],
    groups: number,
    bits: number,
  ) =>
    durations(
      memory,
      {
        counts: counts(held, groups),
        exact: counts(exact, groups),
        buckets: counts(buckets, groups),
      },
      bits,
    )
  const room = sampleRoom(plan)
  const heaps = counts('sampleHeaps', SAMPLES.length * steps)
  return {
    numbers: [...doubles('numbers', NUMBERS.length)],
    arrays: ARRAYS.map((name, i) => {
      const { length } = laid.arrays[i]!
      // Money is a sum of ten-thousandths; everything else is counted.
      if (name === 'groupMoney') return byStep(doubles(name, length), steps)
      const held = counts(name, length)
      return name === 'groupCounts' ? byStep(held, steps) : Float64Array.from(held)
    }),
    leasts: LEASTS.map((name, i) => doubles(name, laid.leasts[i]!.length)),
    edgeTimes: timesOf(['edgeCounts', 'edgeExact', 'edgeBuckets'], steps * steps, COARSE_BITS),
    nextTimes: timesOf(['nextTimes', 'nextExact', 'nextBuckets'], steps, FINE_BITS),
    samples: SAMPLES.map((name, state) => {
      const there = counts(SAMPLED[name], steps)
      return plan.steps.map((_, step) =>
        sample(memory, heaps[state * steps + step]!, there[step]!, room),
      )
    }),
    moments: plan.keptUntilMs === null ? null : moments(memory, place),
  }
}

/** [group × steps + step] as [step × groups + group]. */
function byStep(held: Uint32Array | Float64Array, steps: number): Float64Array {
  const groups = held.length / steps
  return Float64Array.from(held, (_, i) => held[(i % groups) * steps + Math.floor(i / groups)]!)
}

/** How many customers a sample is taken of. */
const SAMPLED: Readonly<Record<(typeof SAMPLES)[number], Place>> = {
  leftSample: 'left',
  openSample: 'open',
  movedSample: 'movedOn',
  visitedSample: 'customers',
}

interface Held {
  readonly counts: Uint32Array
  /** Where the durations of a group lie, and where its histogram; 0: nowhere. */
  readonly exact: Uint32Array
  readonly buckets: Uint32Array
}

function durations(memory: ArrayBuffer, held: Held, bits: number): DurationsParts {
  const { counts, exact, buckets } = held
  const width = bucketCount(bits)
  const poured = [...buckets].flatMap((at, group) => (at === 0 ? [] : [{ at, group }]))
  const pool = new Uint32Array(poured.length * width)
  const bases = new Int32Array(counts.length).fill(-1)
  poured.forEach(({ at, group }, i) => {
    bases[group] = i * width
    pool.set(new Uint32Array(memory, at, width), i * width)
  })
  return {
    exact: Array.from(counts, (n, group) =>
      n === 0 || bases[group]! >= 0 ? null : new Float64Array(memory, exact[group], n).slice(),
    ),
    bases,
    pool,
    counts: Float64Array.from(counts),
  }
}

/** Of 16 bytes each, the key and the time, with the highest key first. */
function sample(memory: ArrayBuffer, heap: number, there: number, room: number): SampleParts {
  const kept = heap === 0 ? 0 : Math.min(there, room)
  const words = new Uint32Array(memory, heap, kept * 4)
  const doubles = new Float64Array(memory, heap, kept * 2)
  const ranked = Array.from({ length: kept }, (_, i) => i).toSorted(
    (a, b) => words[a * 4 + 1]! - words[b * 4 + 1]! || words[a * 4]! - words[b * 4]!,
  )
  return {
    whole: room === 0 || there <= room,
    lows: Uint32Array.from(ranked, (i) => words[i * 4]!),
    highs: Uint32Array.from(ranked, (i) => words[i * 4 + 1]!),
    times: Float64Array.from(ranked, (i) => doubles[i * 2 + 1]!),
  }
}

/** Lists of where they lie, how many they hold, and for how many there is room. */
function moments(memory: ArrayBuffer, place: Places): MomentsParts {
  const [openAt = 0, opened = 0] = new Uint32Array(memory, place('openEntries'), 2)
  const [duesAt = 0, due = 0] = new Uint32Array(memory, place('dues'), 2)
  const words = new Uint32Array(memory, duesAt, due * 4)
  const doubles = new Float64Array(memory, duesAt, due * 2)
  return {
    open: new Float64Array(memory, openAt, opened).slice(),
    customers: Uint32Array.from({ length: due * 2 }, (_, i) => words[(i >> 1) * 4 + (i & 1)]!),
    dueMs: Float64Array.from({ length: due }, (_, i) => doubles[i * 2 + 1]!),
  }
}
