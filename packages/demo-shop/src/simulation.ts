import type { IncomingEvent, IncomingTraits } from '@parcurs/domain'
import { calendarEndingAt, DAY_MS } from './calendar.ts'
import { live, makeDraws } from './customer.ts'
import type { World } from './customer.ts'
import { ALL_ON, PROBLEMS } from './problem.ts'
import type { PlantedReason, ProblemId } from './problem.ts'
import type { ShopBatch } from './shop-batch.ts'

export interface ShopOptions {
  readonly seed: number
  /** Midnight that ends "yesterday" in the shop's zone; no event is at or after it. */
  readonly endMs: number
  readonly customers: number
  readonly days: number
}

/** A quarter to look at, and one before it to compare with; so many customers that it loads in about the time that one quarter took. */
export const DEMO_SHOP = { seed: 7, customers: 16_500, days: 200 } as const

/** What a problem really cost: the shop as it was against the same shop without this one problem. */
export interface ProblemTruth {
  readonly id: ProblemId
  readonly stepId: string
  readonly description: string
  readonly reason: PlantedReason
  readonly fromMs: number
  readonly toMs: number
  /** Customers who met it. */
  readonly customersMet: number
  /** Customers whom it turned away at the step. */
  readonly customersLost: number
  /** Orders and euros there would have been without it, by the end of the simulation, less those there were. */
  readonly ordersLost: number
  readonly revenueLost: number
}

export interface ShopTruth {
  readonly simulated: true
  readonly seed: number
  readonly startMs: number
  readonly endMs: number
  readonly customers: number
  readonly events: number
  readonly orders: number
  readonly revenue: number
  /** Costliest first. */
  readonly problems: readonly ProblemTruth[]
}

/** Storing has a cost per batch: 20,000 took 14 s for the demo, 50,000 takes 10 s, 100,000 8 s and 45 MB more. */
const BATCH_EVENTS = 50_000

/**
 * The whole shop as a stream of batches; memory holds one batch. The same options give the same
 * bytes, everywhere. Ends by returning the truth about what was planted.
 *
 * The cost of a problem: each customer who met it lives again, in silence, with the same draws and
 * that problem alone switched off; the difference in orders and revenue is its cost. Costs of
 * several problems of one customer may overlap, so they do not add up.
 */
export function* simulateShop(options: ShopOptions): Generator<ShopBatch, ShopTruth> {
  const calendar = calendarEndingAt(options.endMs, options.days, 0.5)
  const world: World = { seed: options.seed, calendar, switches: ALL_ON }
  const without = new Map(
    PROBLEMS.map(({ id }) => [id, { ...world, switches: { ...ALL_ON, [id]: false } }]),
  )
  const tallies = new Map(
    PROBLEMS.map(({ id }) => [id, { met: 0, lost: 0, ordersLost: 0, revenueLost: 0 }]),
  )
  const draws = makeDraws()
  let events: IncomingEvent[] = []
  let identifies: IncomingTraits[] = []
  let eventCount = 0
  let orders = 0
  let revenue = 0
  for (let index = 1; index <= options.customers; index++) {
    const lived = live(world, index, { events, identifies }, draws)
    orders += lived.orders
    revenue += lived.revenue
    for (const id of lived.met) {
      const spared = without.get(id)
      const tally = tallies.get(id)
      if (spared === undefined || tally === undefined) continue
      const other = live(spared, index, null, draws)
      tally.met += 1
      tally.lost += lived.turnedAwayBy.has(id) ? 1 : 0
      tally.ordersLost += other.orders - lived.orders
      tally.revenueLost += other.revenue - lived.revenue
    }
    if (events.length >= BATCH_EVENTS || index === options.customers) {
      eventCount += events.length
      yield { events, identifies, groups: [], aliases: [], customersDone: index }
      events = []
      identifies = []
    }
  }
  const problems = PROBLEMS.map((problem) => {
    const tally = tallies.get(problem.id)
    return {
      id: problem.id,
      stepId: problem.stepId,
      description: problem.description,
      reason: problem.reason,
      fromMs: Math.max(calendar.startMs, calendar.endMs - problem.sinceDays * DAY_MS),
      toMs: calendar.endMs - problem.untilDays * DAY_MS,
      customersMet: tally?.met ?? 0,
      customersLost: tally?.lost ?? 0,
      ordersLost: tally?.ordersLost ?? 0,
      revenueLost: Math.round((tally?.revenueLost ?? 0) * 100) / 100,
    }
  })
  return {
    simulated: true,
    seed: options.seed,
    startMs: calendar.startMs,
    endMs: calendar.endMs,
    customers: options.customers,
    events: eventCount,
    orders,
    revenue: Math.round(revenue * 100) / 100,
    problems: problems.toSorted((a, b) => b.revenueLost - a.revenueLost),
  }
}

/** The truth alone, for those who need no events: the same walk, nothing kept. */
export function truthOf(options: ShopOptions): ShopTruth {
  const walk = simulateShop(options)
  for (;;) {
    const step = walk.next()
    if (step.done === true) return step.value
  }
}
