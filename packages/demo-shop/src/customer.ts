import { afterPurchase } from './afterwards.ts'
import { arrivalDay, DAY_MS, dayOf, onlineTime } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import { CITIES, CITY_WEIGHTS, DEVICE_KINDS, FIRST_NAMES, PERSONAS } from './persona.ts'
import type { Persona } from './persona.ts'
import type { ProblemId, Switches } from './problem.ts'
import { Random } from './random.ts'
import { shop } from './shopping.ts'
import { Trail } from './trail.ts'
import type { Device, Sink } from './trail.ts'

export interface World {
  readonly seed: number
  readonly calendar: Calendar
  readonly switches: Switches
}

/** Who a customer is; drawn once, never changed by what happens to them. */
export interface Customer {
  readonly index: number
  readonly userId: string
  readonly persona: Persona
  readonly city: string
  /** Has something to buy this season. */
  readonly buying: boolean
  /** Known on every visit from the first on: a letter merely read can never be a stranger's. */
  readonly isRecognized: boolean
  readonly main: Device
  /** null: has one device. */
  readonly second: Device | null
}

/** What became of a customer, in numbers. */
export interface Outcome {
  readonly orders: number
  readonly revenue: number
  /** Problems that met the customer, turned away or not. */
  readonly met: ReadonlySet<ProblemId>
  /** Problems that ended a visit or a bond that would have gone on. */
  readonly turnedAwayBy: ReadonlySet<ProblemId>
}

/** The decisions of one visit, each with draws of its own. */
export interface Draws {
  readonly plan: Random
  readonly browse: Random
  readonly payment: Random
  readonly after: Random
  readonly voice: Random
  readonly bond: Random
}

export function makeDraws(): Draws {
  return {
    plan: new Random(),
    browse: new Random(),
    payment: new Random(),
    after: new Random(),
    voice: new Random(),
    bond: new Random(),
  }
}

const MOST_VISITS = 40
/** In a quarter so many of a list arrive, and so many knew the shop before the first day. */
const ARRIVE = 0.4
const KNOW_THE_SHOP = 0.6
const QUARTER_DAYS = 90
/** A filled cart calls its owner back, and soon. */
const BACK_TO_CART = 0.95
const BACK_TO_CART_DAYS = 3

/**
 * One customer's time with the shop: visit, perhaps buy, live with what was bought, perhaps come back.
 * @param sink null: nothing is written, only the outcome counts
 */
export function live(world: World, index: number, sink: Sink | null, draws: Draws): Outcome {
  const { seed, calendar } = world
  const self = draws.plan.restart(seed, index, 0)
  const customer = drawCustomer(self, seed, index)
  const pace = new Random().restart(seed, index, 1)
  const trail = new Trail({
    endMs: calendar.endMs,
    userId: customer.userId,
    idPrefix: `-${seed}-${index}-`,
    traits: {
      name: `${FIRST_NAMES[index % FIRST_NAMES.length]} ${String.fromCharCode(65 + (index % 23))}.`,
      persona: customer.persona.id,
      city: customer.city,
      loyalty: customer.persona.id === 'loyal-elena' ? 'gold' : index % 3 === 0 ? 'silver' : 'none',
    },
    device: customer.main,
    sink,
    pace,
  })
  const met = new Set<ProblemId>()
  const turnedAwayBy = new Set<ProblemId>()
  let day = firstDay(calendar, customer.persona, self)
  for (let visit = 1; visit <= MOST_VISITS; visit++) {
    const stream = visit * 8
    draws.plan.restart(seed, index, stream)
    draws.browse.restart(seed, index, stream + 1)
    draws.payment.restart(seed, index, stream + 2)
    draws.after.restart(seed, index, stream + 3)
    draws.voice.restart(seed, index, stream + 4)
    draws.bond.restart(seed, index, stream + 5)
    pace.restart(seed, index, stream + 6)
    const drawnMs = onlineTime(calendar, day, draws.bond)
    // A first visit that slipped past the end was a week earlier, so that everybody is seen once.
    const isLate = visit === 1 && drawnMs >= calendar.endMs
    const soonestMs = isLate ? Math.max(calendar.startMs, drawnMs - 7 * DAY_MS) : drawnMs
    trail.timeMs = Math.max(trail.timeMs, soonestMs)
    trail.device = customer.main
    if (trail.isOver) break
    if (visit === 1 && customer.main.signedIn) trail.introduce()
    const shopped = shop(world, customer, trail, draws, visit, met)
    let staying = customer.persona.loyalty
    let pause = customer.persona.pauseDays
    if (shopped.kind === 'left') {
      staying = shopped.reached === 'cart' ? BACK_TO_CART : customer.persona.returning
      if (shopped.reached === 'product') staying = (1 + staying) / 2
      if (shopped.reached === 'cart') pause = BACK_TO_CART_DAYS
    }
    if (shopped.kind === 'turned-away') {
      turnedAwayBy.add(shopped.problem)
      staying = 0.12
    }
    if (shopped.kind === 'bought') {
      pause /= 2
      const after = afterPurchase(world, customer, trail, draws, shopped)
      if (after.problem !== null) met.add(after.problem)
      if (after.problem !== null && after.complained) turnedAwayBy.add(after.problem)
      if (after.complained) staying = 0.06
    }
    const stays = draws.bond.chance(staying)
    const pauseDays = 1 + draws.bond.exponential(pause / 2) + draws.bond.exponential(pause / 2)
    if (!stays) break
    day = dayOf(calendar, trail.timeMs) + Math.ceil(pauseDays)
  }
  return { orders: trail.orders, revenue: trail.revenue, met, turnedAwayBy }
}

/** Who knows the shop is somewhere between two visits when the period begins. */
function firstDay(calendar: Calendar, persona: Persona, random: Random): number {
  // As many arrive on every day, however long it is watched.
  const arriving = (ARRIVE * calendar.days) / QUARTER_DAYS
  const known = random.chance(KNOW_THE_SHOP / (KNOW_THE_SHOP + arriving))
  const soon = Math.floor(random.exponential(persona.pauseDays))
  const arrives = arrivalDay(calendar, random)
  return known && soon < calendar.days ? soon : arrives
}

function drawCustomer(random: Random, seed: number, index: number): Customer {
  const persona = PERSONAS[random.weighted(PERSONAS.map(({ share }) => share))] ?? PERSONAS[0]
  if (persona === undefined) throw new Error('expected at least one persona')
  const kind = DEVICE_KINDS[random.weighted(persona.devices)] ?? 'desktop'
  const app = random.chance(persona.usesApp) && kind !== 'desktop'
  const member = random.chance(persona.member)
  const second = random.chance(persona.secondDevice)
  const buying = random.chance(persona.buying)
  return {
    index,
    userId: `c${String(index).padStart(6, '0')}`,
    persona,
    city: CITIES[random.weighted(CITY_WEIGHTS)] ?? 'Bucharest',
    buying,
    isRecognized: member || app,
    main: {
      kind,
      surface: app ? 'app' : 'web',
      anonymousId: `d${seed}-${index}-1`,
      signedIn: member && !app,
    },
    second: second
      ? {
          kind: kind === 'desktop' ? (random.chance(0.5) ? 'ios' : 'android') : 'desktop',
          surface: 'web',
          anonymousId: `d${seed}-${index}-2`,
          signedIn: false,
        }
      : null,
  }
}
