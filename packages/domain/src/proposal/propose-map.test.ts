import { describe, expect, test } from 'vitest'
import type { EventKind } from '../event.ts'
import { humanName } from './event-words.ts'
import { groupKinds } from './kind-group.ts'
import { pathPatterns } from './path-pattern.ts'
import { type GroupUse, type Precedence, proposeMap } from './propose-map.ts'

// SPEC.md, "Map from data": [PM1] paths, [PM2] groups, [PM3] order and stages, [PM4] goal, [PM5] what is left out, [PM6] names.

const kind = (code: number, name: string, given: Partial<EventKind> = {}): EventKind => ({
  code,
  type: name === 'page_view' ? 'page' : 'track',
  name,
  channel: 'web',
  path: '',
  coarse: false,
  ...given,
})

interface Use {
  readonly customers?: number
  readonly position?: number
  readonly value?: number
  readonly endings?: number
}

/** Uses of track events by name: customers, where they are met, money. */
function uses(all: Readonly<Record<string, Use>>): readonly GroupUse[] {
  const names = Object.keys(all)
  return groupKinds(names.map((name, i) => kind(i + 1, name))).map((group) => {
    const use = all[group.events[0] ?? ''] ?? {}
    const customers = use.customers ?? 100
    return {
      group,
      events: customers,
      customers,
      position: use.position ?? 0.5,
      endings: use.endings ?? 0,
      valued: use.value === undefined ? 0 : 1,
      value: use.value ?? 0,
      channel: 'web',
    }
  })
}

function propose(all: Readonly<Record<string, Use>>, precedences: readonly Precedence[] = []) {
  const proposal = proposeMap(uses(all), { customers: 1000, name: 'Shop', precedences })
  if (proposal === null) throw new Error('expected a map')
  const goal = proposal.goal
  return {
    steps: proposal.stages.flatMap((stage) => stage.steps.map((step) => step.name)),
    stages: proposal.stages.map(
      ({ name, steps }) => `${name}: ${steps.map((step) => step.name).join(', ')}`,
    ),
    optional: proposal.stages.flatMap((stage) =>
      stage.steps.filter((step) => step.optional).map((step) => step.name),
    ),
    goal:
      goal === null ? null : proposal.touchpoints.find(({ id }) => id === goal.touchpointId)?.name,
    valued: goal?.valued ?? null,
    leftOut: proposal.leftOut.map(({ event, why }) => `${event}: ${why}`),
  }
}

test('[PM1] what varies in paths becomes *', () => {
  const many = Array.from(
    { length: 12 },
    (_, i) => `/docs/topic-${String.fromCharCode(97 + i)}/more`,
  )
  const patterns = pathPatterns([
    '/',
    '/about',
    '/product/17',
    '/product/42/reviews',
    '/p/red-shoe-881',
    ...many,
  ])
  expect([...patterns.values()].slice(0, 6)).toEqual([
    '/',
    '/about',
    '/product/*',
    '/product/*',
    '/p/*',
    '/docs/*',
  ])
})

describe('[PM2] groups of kinds', () => {
  test('GA4 and Segment words, and their pages, are one place', () => {
    const [product, cart] = groupKinds([
      kind(1, 'view_item'),
      kind(2, 'Product Viewed'),
      kind(3, 'page_view', { path: '/products/7' }),
      kind(4, 'add_to_cart'),
    ])
    expect(product).toMatchObject({ name: 'Product page', kinds: [1, 2, 3] })
    expect(product?.rule).toEqual({
      kind: 'any',
      rules: [
        { kind: 'event', names: ['view_item', 'Product Viewed'] },
        {
          kind: 'all',
          rules: [
            { kind: 'event', names: ['page_view'] },
            { kind: 'url', op: 'like', value: '/products/*' },
          ],
        },
      ],
    })
    expect(cart).toMatchObject({ name: 'Cart', rule: { kind: 'event', names: ['add_to_cart'] } })
  })
  test('other pages by path pattern', () => {
    const groups = groupKinds([
      kind(1, 'page_view', { path: '/pricing' }),
      kind(2, 'page_view', { path: '/team/1' }),
      kind(3, 'page_view', { path: '/team/2' }),
    ])
    expect(groups.map(({ name, kinds }) => [name, kinds])).toEqual([
      ['Pricing page', [1]],
      ['Team pages', [2, 3]],
    ])
  })
  test('few names on several channels: by channel, but a success stays one', () => {
    const channels = ['facebook', 'video', 'display']
    const groups = groupKinds([
      ...channels.map((channel, i) => kind(i + 1, 'impression', { channel })),
      ...channels.map((channel, i) => kind(i + 4, 'conversion', { channel })),
    ])
    expect(groups.map(({ name }) => name)).toEqual([
      'Facebook: Impression',
      'Video: Impression',
      'Display: Impression',
      'Conversion',
    ])
  })
})

describe('[PM3] order and stages', () => {
  test('a shop: by its words, others where customers meet them', () => {
    const { stages } = propose({
      purchase: { position: 0.8, value: 10 },
      view_item: { position: 0.2 },
      compare_sizes: { position: 0.3 },
      begin_checkout: { position: 0.7 },
      add_payment_info: { position: 0.75 },
      ad_clicked: { position: 0 },
      loyalty_card: { position: 0.95 },
      review_posted: { position: 0.97 },
    })
    expect(stages).toEqual([
      'Awareness: Advertisement',
      'Consideration: Product page, Compare sizes',
      'Purchase: Checkout, Payment, Order',
      'Retention: Loyalty card',
      'Advocacy: Review',
    ])
  })
  test('elsewhere: by where customers meet them, and by those who meet both', () => {
    const known = {
      register: { position: 0 },
      check: { position: 0.5 },
      decide: { position: 0.45 },
      inform: { position: 0.9, endings: 90 },
    }
    expect(propose(known).steps).toEqual(['Register', 'Decide', 'Check', 'Inform'])
    const precedences = [
      { before: 1, after: 2, customers: 9 },
      { before: 2, after: 1, customers: 1 },
    ]
    expect(propose(known, precedences).stages).toEqual([
      'Beginning: Register, Check',
      'Middle: Decide',
      'End: Inform',
    ])
  })
  test('a step that most who got further did without is optional', () => {
    const { optional } = propose({
      a: { position: 0, customers: 900 },
      b: { position: 0.3, customers: 200 },
      c: { position: 0.9, customers: 500, endings: 400 },
    })
    expect(optional).toEqual(['B'])
  })
})

describe('[PM4] the goal', () => {
  test.each<[string, Readonly<Record<string, Use>>, string | null, boolean | null]>([
    ['a purchase', { view: {}, purchase: { value: 5 } }, 'Order', true],
    ['without money', { view: {}, purchase: {} }, 'Order', false],
    ['what carries money', { visit: {}, donation: { value: 9 } }, 'Donation', true],
    ['not the cart', { add_to_cart: { value: 99 }, subscribe: {} }, 'Subscribe', false],
    [
      'a success by name',
      { start: {}, ticket_closed: { position: 0.9 }, wait: {} },
      'Ticket closed',
      false,
    ],
    [
      'the last of several',
      { accepted: { position: 0.3 }, approved: { position: 0.8 } },
      'Approved',
      false,
    ],
    [
      'not a rarity',
      { start: {}, upgraded: { customers: 4 }, closed: { customers: 400 } },
      'Closed',
      false,
    ],
    [
      'where journeys end',
      {
        one: { position: 0 },
        two: { position: 0.6, endings: 3 },
        three: { position: 0.9, endings: 70 },
      },
      'Three',
      false,
    ],
    ['all there is', { invoice_line: {} }, 'Invoice line', false],
  ])('%s', (_why, all, goal, valued) => {
    expect(propose(all)).toMatchObject({ goal, valued })
  })
})

describe('[PM4] the goal in many trades', () => {
  /** Events in the order in which customers meet them, with the customers of 1,000 who do; money where it is given. */
  const trade = (...met: readonly (readonly [string, number, number?])[]) =>
    Object.fromEntries(
      met.map(([name, customers, value], i): [string, Use] => [
        name,
        { customers, position: i / (met.length - 1), ...(value === undefined ? {} : { value }) },
      ]),
    )

  test.each<[string, Readonly<Record<string, Use>>, string]>([
    [
      'a fine: not what opens the case, though it carries an amount',
      trade(['Create Fine', 1000, 50_000], ['Send Fine', 700], ['Payment', 450, 20_000]),
      'Payment',
    ],
    [
      'tickets: what everybody meets is no success where a rarer one is there',
      trade(['Accepted', 1000], ['Queued', 600], ['Completed', 800]),
      'Completed',
    ],
    [
      'a web shop with few orders',
      trade(['Page opened', 1000], ['Size chosen', 300], ['Checkout Completed', 8]),
      'Order',
    ],
    [
      'an insurance claim',
      trade(['claim_filed', 1000], ['assessed', 900], ['approved', 600], ['claim_paid', 580]),
      'Claim paid',
    ],
    [
      'a trial of software',
      trade(
        ['signed_up', 1000],
        ['project_created', 500],
        ['onboarding_completed', 300],
        ['subscribed', 12],
      ),
      'Subscribed',
    ],
    [
      'a hospital',
      trade(['Registered', 1000], ['Triage', 990], ['X-ray', 300], ['Discharged', 900]),
      'Discharged',
    ],
    [
      'a hotel',
      trade(
        ['room_viewed', 1000],
        ['dates_chosen', 600],
        ['booking_confirmed', 90],
        ['stay_completed', 80],
      ),
      'Booking confirmed',
    ],
    [
      'admission to a school',
      trade(
        ['form_completed', 1000],
        ['interview_held', 500],
        ['offer_accepted', 200],
        ['enrolled', 180],
      ),
      'Enrolled',
    ],
    [
      'a repair shop',
      trade(['dropped_off', 1000], ['quote_approved', 700], ['repaired', 650], ['picked_up', 640]),
      'Picked up',
    ],
    [
      'a permit: its fee is paid on the way',
      trade(
        ['application_submitted', 1000],
        ['fee_paid', 900],
        ['reviewed', 850],
        ['permit_issued', 500],
      ),
      'Permit issued',
    ],
    [
      'a help desk: what is asked for is not yet there',
      trade(
        ['Insert ticket', 1000],
        ['Require upgrade', 60],
        ['Resolve ticket', 900],
        ['Closed', 990],
      ),
      'Resolve ticket',
    ],
    [
      'a case that is approved for some and closed for all',
      trade(['opened', 1000], ['approved', 600], ['case_closed', 1000]),
      'Approved',
    ],
  ])('%s', (_trade, all, goal) => {
    expect(propose(all).goal).toBe(goal)
  })

  test('carts alone, with a price, are no purchase', () => {
    expect(propose({ product_added: { value: 900 } })).toMatchObject({ goal: null })
  })
})

test('[PM5] background, failures, rarities and what is beyond 25 steps are left out and named', () => {
  const many = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`thing_${i}`, { customers: 50 + i }]),
  )
  const { steps, leftOut, goal } = propose({
    ...many,
    purchase: { customers: 6, value: 1 },
    session_start: { customers: 999 },
    payment_failed: { customers: 60 },
    odd: { customers: 2 },
  })
  expect(steps).toHaveLength(25)
  expect(steps).toContain('Order')
  expect(goal).toBe('Order')
  expect(leftOut).toContain('session_start: background')
  expect(leftOut).toContain('payment_failed: failure')
  expect(leftOut).toContain('odd: rare')
  expect(leftOut).toContain('thing_0: too-many-steps')
})

test.each([
  ['add_to_playlist', 'Add to playlist'],
  ['A_SUBMITTED', 'A submitted'],
  ['Product Added', 'Product added'],
  ['NextSong', 'Next song'],
  ['T02 Check receipt', 'T02 check receipt'],
  ['NPS sent', 'NPS sent'],
  ['支付', '支付'],
  ['__', '__'],
])('[PM6] %s is told as %s', (name, told) => {
  expect(humanName(name)).toBe(told)
})

test('[PM5] nothing happened: no map', () => {
  expect(proposeMap([], { customers: 0, name: '', precedences: [] })).toBeNull()
})
