import { HOUR_MS, MINUTE_MS } from './trail.ts'
import type { Order, Trail } from './trail.ts'
import { PRODUCTS, SEARCHES } from './catalogue.ts'
import type { Product } from './catalogue.ts'
import { dayOf, storeTime } from './calendar.ts'
import type { Customer, Draws, World } from './customer.ts'
import { ENTRIES } from './persona.ts'
import type { Entry } from './persona.ts'
import { happens } from './problem.ts'
import type { ProblemId } from './problem.ts'
import { answerCes, answerCsat, answerCsatIn } from './voice.ts'
import type { Random } from './random.ts'

/** How a visit ended. */
export type Shopped =
  | {
      readonly kind: 'bought'
      readonly order: Order
      readonly product: Product
      /** null: online. */
      readonly store: string | null
    }
  | {
      readonly kind: 'left'
      /** Who came further comes back more surely. */
      readonly reached: 'shop' | 'product' | 'cart'
    }
  | { readonly kind: 'turned-away'; readonly problem: ProblemId }

/** Where those who are just looking stop, with weights. */
const STOPS = ['arrive', 'search', 'category', 'product', 'cart', 'checkout'] as const
const STOP_WEIGHTS = [28, 22, 19, 19, 8, 4]
/** Of the visits of those who have nothing to buy, those that end without an order. */
const LOOKS_ONLY = 0.985
/** Who has bought here before buys more easily: of their visits without an order, so many remain. */
const KNOWS_WHAT_TO_EXPECT = 0.75
/** Of the newsletters opened without a mind to buy, those read and put away. */
const READS_ONLY = 0.8
type Stop = (typeof STOPS)[number]

const LEFT: Shopped = { kind: 'left', reached: 'shop' }
const LEFT_PRODUCT: Shopped = { kind: 'left', reached: 'product' }
const LEFT_CART: Shopped = { kind: 'left', reached: 'cart' }

/** What a visitor came to do. Drawn before anything happens, so no problem changes it. */
interface Plan {
  readonly entry: Entry
  /** Reads the newsletter and does not follow it. */
  readonly readsOnly: boolean
  readonly stop: Stop | null
  readonly searches: boolean
  readonly looks: readonly Product[]
  readonly wayBack: number
  readonly readsSizeGuide: boolean
  readonly asksInChat: boolean
  readonly buysInStore: boolean
  readonly comesBackLater: boolean
  readonly secondDevice: boolean
  readonly quantity: number
  readonly removes: boolean
}

export function shop(
  world: World,
  customer: Customer,
  trail: Trail,
  draws: Draws,
  visit: number,
  met: Set<ProblemId>,
): Shopped {
  const plan = drawPlan(customer, draws.plan, visit, trail.orders > 0)
  const browse = draws.browse
  if (plan.readsOnly) {
    trail.known('email', 'newsletter_opened', { campaign: 'email-autumn' })
    return LEFT
  }
  arrive(trail, plan.entry, visit)
  if (plan.stop === 'arrive') return LEFT
  if (plan.searches || plan.stop === 'search') search(trail, browse)
  if (plan.stop === 'search') return LEFT
  const first = plan.looks[0] ?? PRODUCTS[0]
  if (first === undefined) throw new Error('expected the shop to sell something')
  if (!plan.searches || plan.stop === 'category') {
    trail.click()
    if (trail.device.surface === 'web') trail.page(first.categoryPath)
    trail.act('view_item_list', first.categoryPath, { category: first.category })
  }
  if (plan.stop === 'category') return LEFT
  for (const [i, product] of plan.looks.entries()) {
    if (i > 0 && browse.unit() < plan.wayBack) search(trail, browse)
    look(trail, product, browse)
  }
  const wanted = plan.looks.at(-1) ?? first
  if (draws.voice.chance(0.03)) answerCsat(trail, draws.voice, 'product-page', 0.72)
  if (plan.stop === 'product') return LEFT_PRODUCT

  if (plan.comesBackLater) comeBack(trail, customer, plan.secondDevice, wanted)
  if (plan.readsSizeGuide) {
    if (readSizeGuide(world, trail, draws, wanted, met) === 'gave-up') {
      return { kind: 'turned-away', problem: 'size-guide' }
    }
  }
  if (plan.asksInChat) askInChat(trail, draws)
  if (plan.buysInStore) return buyInStore(world, customer, trail, draws, wanted, plan.quantity)

  trail.click()
  trail.act('add_to_cart', wanted.path, describe(wanted, plan.quantity))
  trail.click()
  if (trail.device.surface === 'web') trail.page('/cart')
  trail.act('view_cart', '/cart')
  if (plan.removes) {
    trail.click()
    trail.act('remove_from_cart', '/cart', describe(wanted, 1))
    trail.click()
    trail.act('add_to_cart', '/cart', describe(wanted, plan.quantity))
  }
  if (plan.entry === 'email') {
    if (useVoucher(world, trail, browse, met) === 'leaves') {
      return { kind: 'turned-away', problem: 'refused-voucher' }
    }
  }
  if (plan.stop === 'cart') return LEFT_CART
  trail.click()
  trail.signIn()
  trail.act('begin_checkout', '/checkout')
  if (trail.device.surface === 'web') trail.page('/checkout')
  if (plan.stop === 'checkout') return LEFT_CART
  trail.click()
  trail.act('add_shipping_info', '/checkout', { shipping: 'home' })

  const paid = pay(world, trail, draws, met)
  if (paid === 'left') return LEFT_CART
  if (paid === 'turned-away') return { kind: 'turned-away', problem: 'ios-payment' }
  const value = Math.round(wanted.price * plan.quantity * 100) / 100
  const order = trail.order(value, null, describe(wanted, plan.quantity))
  if (draws.voice.chance(0.12)) {
    answerCes(trail, draws.voice, 'payment', paid === 'paid' ? 0.82 : 0.3)
  }
  return { kind: 'bought', order, product: wanted, store: null }
}

function drawPlan(customer: Customer, random: Random, visit: number, bought: boolean): Plan {
  const { persona } = customer
  const drawn = ENTRIES[random.weighted(persona.entries)] ?? 'direct'
  // Newsletters and bookmarks are for those who have been here.
  const returning = drawn === 'ad' ? 'email' : drawn === 'social' ? 'direct' : drawn
  const entry = visit > 1 ? returning : drawn
  const justLooking = customer.buying ? persona.justLooking : LOOKS_ONLY
  const stops = random.chance(bought ? justLooking * KNOWS_WHAT_TO_EXPECT : justLooking)
  const stop = STOPS[random.weighted(STOP_WEIGHTS)] ?? 'arrive'
  const readsOnly = random.chance(READS_ONLY) && stops && entry === 'email' && customer.isRecognized
  const favourite = random.below(PRODUCTS.length)
  const looks = Array.from({ length: 1 + random.below(2) }, (_, i) => {
    const product = PRODUCTS[(favourite + i * 3) % PRODUCTS.length]
    if (product === undefined) throw new Error('expected the shop to sell something')
    return product
  })
  return {
    entry,
    readsOnly,
    stop: stops ? stop : null,
    searches: random.chance(0.62),
    looks,
    wayBack: 0.16,
    readsSizeGuide: random.chance(persona.readsSizeGuide),
    asksInChat: random.chance(persona.asksInChat),
    buysInStore: random.chance(persona.buysInStore) && !stops,
    comesBackLater: random.chance(0.22),
    secondDevice: random.chance(0.6),
    quantity: 1 + (random.chance((persona.basket - 1) * 0.8) ? 1 : 0),
    removes: random.chance(0.06),
  }
}

function arrive(trail: Trail, entry: Entry, visit: number): void {
  const campaign = `${entry}-autumn`
  if (entry === 'ad') trail.actIn('ad', 'ad_clicked', { campaign })
  if (entry === 'social') trail.actIn('social', 'post_clicked', { campaign })
  if (entry === 'email') {
    // The newsletter names its reader, and the link in it signs the reader in.
    trail.known('email', 'newsletter_opened', { campaign })
    trail.wait(5_000, 60_000)
    trail.known('email', 'newsletter_clicked', { campaign })
  }
  trail.wait(1_000, 8_000)
  const seen: Record<string, string> = entry === 'direct' ? {} : { campaign }
  if (trail.device.surface === 'app') trail.act('app_opened', '', seen)
  else trail.page('/', entry === 'search-engine' ? { ...seen, referrer: 'google' } : seen)
  if (entry === 'email' || trail.device.surface === 'app' || visit > 2) trail.signIn()
}

function search(trail: Trail, browse: Random): void {
  trail.click()
  if (trail.device.surface === 'web') trail.page('/search')
  trail.act('view_search_results', '/search', { search_term: browse.pick(SEARCHES) })
}

function look(trail: Trail, product: Product, browse: Random): void {
  trail.click()
  if (trail.device.surface === 'web') trail.page(product.path)
  trail.act('view_item', product.path, describe(product, 1))
  if (browse.chance(0.15)) {
    trail.click()
    trail.act('photo_zoomed', product.path, { product: product.id })
  }
}

/** Hours or days later, often on the other device: anonymous at first, then signed in. */
function comeBack(trail: Trail, customer: Customer, switches: boolean, product: Product): void {
  const other = customer.second
  if (switches && other !== null) {
    trail.signIn()
    trail.wait(2 * HOUR_MS, 30 * HOUR_MS)
    trail.device = other
  } else trail.wait(2 * HOUR_MS, 50 * HOUR_MS)
  if (trail.device.surface === 'app') trail.act('app_opened', '')
  else trail.page('/')
  if (trail.device === other) {
    trail.click()
    trail.signIn()
  }
  trail.click()
  if (trail.device.surface === 'web') trail.page(product.path)
  trail.act('view_item', product.path, describe(product, 1))
}

function readSizeGuide(
  world: World,
  trail: Trail,
  draws: Draws,
  product: Product,
  met: Set<ProblemId>,
): 'read' | 'gave-up' {
  const { browse } = draws
  let sentBack = false
  for (let reading = 1; reading <= 3; reading++) {
    trail.click()
    if (trail.device.surface === 'web') trail.page(`/size-guide/${product.category}`)
    trail.act('size_guide_viewed', `/size-guide/${product.category}`, {
      category: product.category,
    })
    const confused = browse.unit() < 0.68
    const givesUp = browse.unit() < 0.5
    if (!happens(world, trail.timeMs, 'size-guide') || !confused) {
      if (draws.voice.chance(0.1))
        answerCsat(trail, draws.voice, 'size-guide', sentBack ? 0.3 : 0.6)
      return 'read'
    }
    met.add('size-guide')
    if (draws.voice.chance(0.12)) answerCsat(trail, draws.voice, 'size-guide', 0.12)
    if (givesUp && reading > 1) return 'gave-up'
    sentBack = true
    search(trail, browse)
    look(trail, product, browse)
  }
  return 'read'
}

function askInChat(trail: Trail, draws: Draws): void {
  trail.click()
  trail.actIn('chat', 'chat_started', { topic: 'advice' })
  trail.wait(2 * MINUTE_MS, 9 * MINUTE_MS)
  trail.actIn('chat', 'chat_ended', { topic: 'advice' })
  if (draws.voice.chance(0.35)) answerCes(trail, draws.voice, 'chat-advice', 0.86)
}

function useVoucher(
  world: World,
  trail: Trail,
  browse: Random,
  met: Set<ProblemId>,
): 'accepted' | 'stays' | 'leaves' {
  trail.click()
  const leaves = browse.unit() < 0.45
  if (!happens(world, trail.timeMs, 'refused-voucher')) {
    trail.act('voucher_accepted', '/cart', { voucher: 'AUTUMN10' })
    return 'accepted'
  }
  met.add('refused-voucher')
  trail.act('voucher_refused', '/cart', { voucher: 'AUTUMN10' })
  return leaves ? 'leaves' : 'stays'
}

function pay(
  world: World,
  trail: Trail,
  draws: Draws,
  met: Set<ProblemId>,
): 'paid' | 'paid-after-failure' | 'left' | 'turned-away' {
  const { payment } = draws
  const method = payment.chance(0.7) ? 'card' : 'wallet'
  const broken = happens(world, trail.timeMs, 'ios-payment') && trail.device.kind === 'ios'
  trail.click()
  if (trail.device.surface === 'web') trail.page('/checkout/payment')
  for (let attempt = 1; ; attempt++) {
    const luck = payment.unit()
    const patience = payment.unit()
    trail.click()
    trail.act('add_payment_info', '/checkout/payment', { method })
    if (luck >= (broken ? 0.72 : 0.03)) return attempt > 1 ? 'paid-after-failure' : 'paid'
    trail.wait(2_000, 20_000)
    trail.act('payment_failed', '/checkout/payment', { method })
    const natural = luck < 0.03
    if (!natural) met.add('ios-payment')
    if (draws.voice.chance(0.15)) answerCes(trail, draws.voice, 'payment', 0.08)
    if (attempt === 3 || patience > (natural ? 0.85 : 0.35)) return natural ? 'left' : 'turned-away'
  }
}

function buyInStore(
  world: World,
  customer: Customer,
  trail: Trail,
  draws: Draws,
  product: Product,
  quantity: number,
): Shopped {
  trail.click()
  trail.signIn()
  trail.act('reserve_in_store', '/stores', { store: customer.city })
  const tomorrow = dayOf(world.calendar, trail.timeMs) + 1
  trail.timeMs = storeTime(world.calendar, tomorrow, draws.after)
  const store = `${customer.city} ${customer.index % 2 === 0 ? 'Centre' : 'Mall'}`
  trail.known('store', 'store_visited', { store })
  const likes = draws.payment.unit() < 0.93
  trail.wait(5 * MINUTE_MS, 40 * MINUTE_MS)
  trail.known('store', 'item_tried', { store, product: product.id })
  if (draws.voice.chance(0.15)) {
    answerCsatIn(trail, draws.voice, 'store', 'store-visit', likes ? 0.85 : 0.5)
  }
  if (!likes) return LEFT
  trail.wait(2 * MINUTE_MS, 20 * MINUTE_MS)
  const value = Math.round(product.price * quantity * 100) / 100
  const order = trail.order(value, store, describe(product, quantity))
  return { kind: 'bought', order, product, store }
}

function describe(product: Product, quantity: number): Record<string, string> {
  return {
    product: product.id,
    category: product.category,
    price: String(product.price),
    quantity: String(quantity),
  }
}
