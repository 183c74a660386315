import { BOOTSTRAP_GROUPS } from './bootstrap.ts'
import { COMPLETION_PARTS } from './completion-estimate.ts'
import { CustomerSample, type SampleParts } from './customer-sample.ts'
import { COARSE_BITS, Durations, type DurationsParts, FINE_BITS } from './durations.ts'
import { Moments, type MomentsParts } from './moments.ts'
import { type MapPlan, obligatoryPositions } from './map-plan.ts'

const DAY_MS = 86_400_000

export const NUMBERS = [
  'entrants',
  'outside',
  'completions',
  'inProgress',
  'goalEnded',
  'continued',
  'goalMoney',
  'finished',
  'conforming',
  'settledEntrants',
  'settledCompletions',
  'fitnessHigh',
  'fitnessLow',
] as const

/** Halves of the 52 bits that a share needs. */
const HALF_BITS = 2 ** 26
export const ARRAYS = [
  'stageCustomers',
  'customers',
  'visits',
  'movedOn',
  'reachedNext',
  'wentBack',
  'settled',
  'settledOn',
  'settledNext',
  'settledBack',
  'settledEnded',
  'settledReturned',
  'settledAround',
  'completedParts',
  'openParts',
  'left',
  'open',
  'sliceCustomers',
  'sliceMoved',
  'edgeCounts',
  'edgeCustomers',
  'groupCounts',
  'groupMoney',
  'unmappedCustomers',
  'unmappedEvents',
  'leftDid',
  'leftDidEvents',
  'movedDid',
  'leftBack',
  'movedBack',
] as const
/** Least values: merged by the lesser. */
export const LEASTS = ['firstAnchor', 'firstEntry'] as const
export const SAMPLES = ['leftSample', 'openSample', 'movedSample', 'visitedSample'] as const

/** What a tally has counted, as plain data in the order of the lists above: it may cross to another thread. */
export interface TallyParts {
  readonly numbers: readonly number[]
  readonly arrays: readonly Float64Array[]
  readonly leasts: readonly Float64Array[]
  readonly edgeTimes: DurationsParts
  readonly nextTimes: DurationsParts
  readonly samples: readonly (readonly SampleParts[])[]
  /** null: the tally is not kept. */
  readonly moments: MomentsParts | null
}

/** What a kernel has counted so far. Tallies over disjoint customers merge to the tally over all. */
export class MapTally {
  readonly plan: MapPlan
  readonly soonMs: number
  entrants = 0
  /** Customers with an event in the period and no visit. */
  outside = 0
  completions = 0
  inProgress = 0
  goalEnded = 0
  continued = 0
  goalMoney = 0
  finished = 0
  conforming = 0
  /** Entrants whose window from their first visit of the period is over, and those of them who reached the goal within it. */
  settledEntrants = 0
  settledCompletions = 0
  // Whole numbers, so that the sum does not depend on the order in which threads and shards are added up:
  // exact for 134 million journeys.
  fitnessHigh = 0
  fitnessLow = 0
  readonly stageCustomers: Float64Array
  readonly customers: Float64Array
  readonly visits: Float64Array
  readonly movedOn: Float64Array
  readonly reachedNext: Float64Array
  readonly wentBack: Float64Array
  /** [step] customers whose window after their anchor, the last visit here in the period, is over; and what they did within it. */
  readonly settled: Float64Array
  readonly settledOn: Float64Array
  readonly settledNext: Float64Array
  /** The next visit to another step is a way back. */
  readonly settledBack: Float64Array
  /** Of a goal step: no visit to another step followed. */
  readonly settledEnded: Float64Array
  /** Back, and not on. */
  readonly settledReturned: Float64Array
  /** To an alternative, along a drawn loop or to a repeatable step again, and not on. */
  readonly settledAround: Float64Array
  /** [step] the earliest anchor, [0] the earliest first visit; milliseconds since the start of the period, infinity: none. */
  readonly firstAnchor: Float64Array
  readonly firstEntry: Float64Array
  /** [part of the window] since their first visit: entrants who reached the goal then; who have not, and are watched that long. */
  readonly completedParts: Float64Array
  readonly openParts: Float64Array
  readonly left: Float64Array
  readonly open: Float64Array
  /** [step × slices] customers, and those of them who moved on soon. */
  readonly sliceCustomers: Float64Array
  readonly sliceMoved: Float64Array
  /** [from × steps + to] */
  readonly edgeCounts: Float64Array
  readonly edgeCustomers: Float64Array
  readonly edgeTimes: Durations
  readonly nextTimes: Durations
  /** [step × BOOTSTRAP_GROUPS] customers who moved on, and their goal money. */
  readonly groupCounts: Float64Array
  readonly groupMoney: Float64Array
  /** [group] */
  readonly unmappedCustomers: Float64Array
  readonly unmappedEvents: Float64Array
  /** [step × groups] customers who left the step (moved on from it) and did this within the window after. */
  readonly leftDid: Float64Array
  readonly leftDidEvents: Float64Array
  readonly movedDid: Float64Array
  /** [step × steps] customers who left the step (moved on from it) and in the period went back from it to that one. */
  readonly leftBack: Float64Array
  readonly movedBack: Float64Array
  /** [step] */
  readonly leftSample: readonly CustomerSample[]
  readonly openSample: readonly CustomerSample[]
  readonly movedSample: readonly CustomerSample[]
  readonly visitedSample: readonly CustomerSample[]
  /** null: the tally is not kept. */
  readonly moments: Moments | null

  /** How many positions may not be skipped. */
  readonly obligatory: number

  /** No sample of those who visited or moved on wants a key whose upper half is greater. */
  get sampleBound(): number {
    return [...this.visitedSample, ...this.movedSample].reduce(
      (bound, sample) => Math.max(bound, sample.bound),
      -1,
    )
  }

  /** @param fitness of one journey, 0–1 */
  addFitness(fitness: number): void {
    const high = Math.floor(fitness * HALF_BITS)
    this.fitnessHigh += high
    this.fitnessLow += Math.round((fitness * HALF_BITS - high) * HALF_BITS)
  }

  /** Sum of all journeys' fitness. */
  get fitness(): number {
    return this.fitnessHigh / HALF_BITS + this.fitnessLow / HALF_BITS / HALF_BITS
  }

  constructor(plan: MapPlan) {
    const steps = plan.steps.length
    const groups = plan.unmappedGroups
    this.plan = plan
    this.obligatory = obligatoryPositions(plan.steps).length
    this.soonMs = soonOf(plan)
    this.stageCustomers = new Float64Array(plan.stageCount)
    this.customers = new Float64Array(steps)
    this.visits = new Float64Array(steps)
    this.movedOn = new Float64Array(steps)
    this.reachedNext = new Float64Array(steps)
    this.wentBack = new Float64Array(steps)
    this.settled = new Float64Array(steps)
    this.settledOn = new Float64Array(steps)
    this.settledNext = new Float64Array(steps)
    this.settledBack = new Float64Array(steps)
    this.settledEnded = new Float64Array(steps)
    this.settledReturned = new Float64Array(steps)
    this.settledAround = new Float64Array(steps)
    this.firstAnchor = new Float64Array(steps).fill(Number.POSITIVE_INFINITY)
    this.firstEntry = new Float64Array(1).fill(Number.POSITIVE_INFINITY)
    this.completedParts = new Float64Array(COMPLETION_PARTS + 1)
    this.openParts = new Float64Array(COMPLETION_PARTS + 1)
    this.left = new Float64Array(steps)
    this.open = new Float64Array(steps)
    this.sliceCustomers = new Float64Array(steps * plan.slices)
    this.sliceMoved = new Float64Array(steps * plan.slices)
    this.edgeCounts = new Float64Array(steps * steps)
    this.edgeCustomers = new Float64Array(steps * steps)
    const kept = plan.keptUntilMs !== null
    this.edgeTimes = new Durations(steps * steps, COARSE_BITS, kept)
    this.nextTimes = new Durations(steps, FINE_BITS, kept)
    this.moments = kept ? new Moments(plan) : null
    this.groupCounts = new Float64Array(steps * BOOTSTRAP_GROUPS)
    this.groupMoney = new Float64Array(steps * BOOTSTRAP_GROUPS)
    this.unmappedCustomers = new Float64Array(groups)
    this.unmappedEvents = new Float64Array(groups)
    this.leftDid = new Float64Array(steps * groups)
    this.leftDidEvents = new Float64Array(steps * groups)
    this.movedDid = new Float64Array(steps * groups)
    this.leftBack = new Float64Array(steps * steps)
    this.movedBack = new Float64Array(steps * steps)
    // As many in reserve, so that some may go.
    const size = kept ? plan.sampleSize * 2 : plan.sampleSize
    const samples = () => plan.steps.map(() => new CustomerSample(size))
    this.leftSample = samples()
    this.openSample = samples()
    this.movedSample = samples()
    this.visitedSample = samples()
  }

  get leasts(): readonly Float64Array[] {
    return LEASTS.map((name) => this[name])
  }

  get parts(): TallyParts {
    return {
      numbers: NUMBERS.map((name) => this[name]),
      arrays: ARRAYS.map((name) => this[name]),
      leasts: this.leasts,
      edgeTimes: this.edgeTimes.parts,
      nextTimes: this.nextTimes.parts,
      samples: SAMPLES.map((name) => this[name].map((sample) => sample.parts)),
      moments: this.moments?.parts ?? null,
    }
  }

  /** @param other of the same plan, over other customers */
  merge(other: TallyParts): void {
    NUMBERS.forEach((name, i) => {
      this[name] += other.numbers[i]!
    })
    ARRAYS.forEach((name, i) => addTo(this[name], other.arrays[i]!))
    LEASTS.forEach((name, i) => leastOf(this[name], other.leasts[i]!))
    this.edgeTimes.merge(other.edgeTimes)
    this.nextTimes.merge(other.nextTimes)
    SAMPLES.forEach((name, i) => {
      this[name].forEach((sample, step) => sample.merge(other.samples[i]![step]!))
    })
    if (other.moments !== null) this.moments?.merge(other.moments)
  }

  /**
   * Takes out what some of the customers counted, all but the least values.
   *
   * @param other of a plan like this one that keeps all customers of its samples
   * @returns false: some of it was not there, so this tally is of no use any more
   */
  take(other: TallyParts): boolean {
    NUMBERS.forEach((name, i) => {
      this[name] -= other.numbers[i]!
    })
    ARRAYS.forEach((name, i) => takeFrom(this[name], other.arrays[i]!))
    const taken = [
      this.edgeTimes.take(other.edgeTimes),
      this.nextTimes.take(other.nextTimes),
      ...SAMPLES.flatMap((name, i) =>
        this[name].map((sample, step) => sample.take(other.samples[i]![step]!)),
      ),
      other.moments === null || this.moments?.take(other.moments) === true,
    ]
    return taken.every((whole) => whole)
  }

  /** Some group of durations, or a sample, shrank below what it holds all of. */
  get short(): boolean {
    return (
      this.edgeTimes.short ||
      this.nextTimes.short ||
      SAMPLES.some((name) => this[name].some((sample) => sample.holdsLess(this.plan.sampleSize)))
    )
  }
}

/** How soon a move counts for a slice of the period: a slice must not wait a whole window to be judged. */
export function soonOf({ period, slices, windowMs }: MapPlan): number {
  const sliceMs = (period.toMs - period.fromMs) / slices
  return Math.min(windowMs, Math.max(DAY_MS, 2 * sliceMs))
}

function leastOf(ours: Float64Array, theirs: Float64Array): void {
  for (let i = 0; i < ours.length; i++) ours[i] = Math.min(ours[i]!, theirs[i]!)
}

function takeFrom(ours: Float64Array, theirs: Float64Array): void {
  for (let i = 0; i < ours.length; i++) ours[i] = ours[i]! - theirs[i]!
}

function addTo(ours: Float64Array, theirs: Float64Array): void {
  for (let i = 0; i < ours.length; i++) ours[i] = ours[i]! + theirs[i]!
}
