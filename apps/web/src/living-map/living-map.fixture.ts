import type { FoundReason, LivingMapAnswer, MapMeasures, StepMeasures } from '@parcurs/analytics'
import { type JourneyMap, type Step, type Touchpoint, PLAIN_STEP } from '@parcurs/domain'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 22, 9)

interface Row {
  readonly name: string
  readonly channel: string
  readonly customers: number
  readonly moved: number
  readonly back: number
  readonly left: number
  readonly open: number
  readonly medianMs: number
  readonly mean: number | null
  readonly n: number
  readonly believed: number | null
  readonly flags?: { readonly optional?: true; readonly truth?: true }
}

const STAGES: readonly (readonly [JourneyMap['stages'][number]['kind'], string, readonly Row[]])[] =
  [
    [
      'awareness',
      'Awareness',
      [
        row('Ad or search', 'ad', 13_480, 11_020, 0, 1_930, 530, 42_000, null, 0, 0.4),
        row('First visit', 'web', 17_204, 13_310, 640, 3_020, 874, 95_000, 0.31, 212, 0.5),
      ],
    ],
    [
      'consideration',
      'Consideration',
      [
        row('Search', 'web', 9_806, 8_120, 1_204, 1_260, 426, 61_000, 0.12, 98, 0.3),
        row('Product page', 'web', 13_912, 7_420, 2_380, 4_610, 1_882, 640_000, 0.64, 431, 1),
        row('Size guide', 'app', 3_105, 1_420, 1_288, 1_190, 495, 220_000, -0.92, 76, 0.5, {
          optional: true,
        }),
        row('Reviews', 'review', 4_212, 3_204, 402, 700, 308, 180_000, 0.88, 164, 0.8, {
          optional: true,
        }),
      ],
    ],
    [
      'purchase',
      'Purchase',
      [
        row('Cart', 'web', 6_981, 4_702, 906, 1_620, 659, 5_400_000, 0.22, 120, 0.6),
        row('Checkout', 'web', 4_702, 3_988, 322, 512, 202, 190_000, 0.05, 88, 0.2),
        row('Payment', 'app', 3_990, 2_904, 618, 874, 212, 74_000, -1.34, 143, 0.5, {
          truth: true,
        }),
        row('Order', 'web', 2_986, 2_720, 41, 118, 148, 187_000_000, 1.12, 305, 1.4, {
          truth: true,
        }),
      ],
    ],
    [
      'retention',
      'Retention',
      [
        row('Delivery', 'partner', 2_720, 1_310, 96, 1_020, 390, 610_000_000, -0.58, 391, 1, {
          truth: true,
        }),
        row('Support', 'call', 702, 388, 74, 214, 100, 93_000_000, -0.21, 122, -0.5, {
          optional: true,
        }),
        row('Second order', 'store', 812, 402, 30, 280, 130, 420_000_000, 1.31, 64, 1.2),
      ],
    ],
    [
      'advocacy',
      'Advocacy',
      [
        row('Review written', 'review', 431, 96, 18, 240, 95, 260_000_000, 0.97, 431, 1.5),
        row('Recommendation', 'social', 102, 0, 4, 71, 31, 0, null, 3, 1.8),
      ],
    ],
  ]

function row(
  name: string,
  channel: string,
  customers: number,
  moved: number,
  back: number,
  left: number,
  open: number,
  medianMs: number,
  mean: number | null,
  n: number,
  believed: number | null,
  flags: NonNullable<Row['flags']> = {},
): Row {
  return { name, channel, customers, moved, back, left, open, medianMs, mean, n, believed, flags }
}

const idOf = (name: string) => name.toLowerCase().replaceAll(' ', '-')

/** A shop, invented: five stages, fifteen steps. */
export const fixtureMap: JourneyMap = {
  id: 'shop',
  name: 'Shop, first order',
  goal: { touchpointId: 'tp-order', valued: true },
  windowDays: 30,
  version: 4,
  stages: STAGES.map(([kind, name, rows]) => ({
    id: kind,
    kind,
    name,
    steps: rows.map(
      (step): Step => ({
        id: idOf(step.name),
        name: step.name,
        touchpointIds: [`tp-${idOf(step.name)}`],
        ...PLAIN_STEP,
        optional: step.flags?.optional ?? false,
        momentOfTruth: step.flags?.truth ?? false,
        believedEmotion: step.believed,
      }),
    ),
  })),
}

export const fixtureTouchpoints: readonly Touchpoint[] = STAGES.flatMap(([, , rows]) =>
  rows.map(
    (step): Touchpoint => ({
      id: `tp-${idOf(step.name)}`,
      name: step.name,
      channel: step.channel,
      ownerTeam: step.channel === 'call' ? 'Service' : 'Shop',
      presence: step.channel === 'store' ? 'physical' : 'digital',
      rule: { kind: 'event', names: [idOf(step.name).replaceAll('-', '_')] },
      version: 1,
    }),
  ),
)

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)

const explained = { share: 0.4, low: 0.31, high: 0.48 }
const because = (given: WithoutPart<FoundReason>, atRisk: number) => {
  const reason: FoundReason = { ...given, explained }
  return {
    reason,
    reasons: [reason],
    explained,
    explainedMoney: atRisk * explained.share,
  }
}

type WithoutPart<Reason> = Reason extends unknown ? Omit<Reason, 'explained'> : never

/** Every count times `scale`, so that two periods differ. */
function measures(fromMs: number, toMs: number, scale: number): MapMeasures {
  const rows = STAGES.flatMap(([, , stageRows]) => stageRows)
  const scaled = (count: number, i: number) =>
    Math.round(count * scale * (1 + (scale === 1 ? 0 : 0.06 * Math.sin(i * 2.1))))
  const steps = rows.map((step, i): StepMeasures => {
    const customers = scaled(step.customers, i)
    const movedOn = Math.min(customers, scaled(step.moved, i + 3))
    const left = Math.min(customers, scaled(step.left, i + 5))
    const inProgress = scaled(step.open, i + 7)
    const mean = 42 + 9 * (i / rows.length)
    return {
      stepId: idOf(step.name),
      customers,
      visits: Math.round(customers * 1.6),
      movedOn,
      movedOnShare: share(movedOn, customers),
      reachedNext: i === rows.length - 1 ? null : Math.round(movedOn * 0.8),
      nextShare: i === rows.length - 1 ? null : share(Math.round(movedOn * 0.8), customers),
      wentBack: scaled(step.back, i),
      wentBackShare: share(scaled(step.back, i), customers),
      left,
      leftShare: share(left, customers),
      settled: customers,
      firstSettlesMs: null,
      outcome: {
        movedOn,
        wentBack: 0,
        wentAround: 0,
        ended: i === rows.length - 1 ? customers - movedOn : 0,
        stopped: i === rows.length - 1 ? 0 : customers - movedOn,
      },
      inProgress,
      medianToNextMs: movedOn === 0 ? null : step.medianMs,
      p90ToNextMs: movedOn === 0 ? null : step.medianMs * 6,
      instead: [
        { event: 'payment_failed', path: '', customers: Math.round(left * 0.41), events: left },
        {
          event: 'page_view',
          path: '/help/payment',
          customers: Math.round(left * 0.18),
          events: left,
        },
        { event: 'app_closed', path: '', customers: Math.round(left * 0.12), events: left },
      ],
      moneyAtRisk:
        movedOn === 0
          ? { amount: 0, low: null, high: null, n: 0 }
          : { amount: left * mean, low: left * mean * 0.88, high: left * mean * 1.13, n: movedOn },
      detail: null,
      emotion: {
        mean: step.mean,
        low: step.mean === null || step.n < 2 ? null : step.mean - 1.9 / Math.sqrt(step.n),
        high: step.mean === null || step.n < 2 ? null : step.mean + 1.9 / Math.sqrt(step.n),
        n: step.n,
      },
      lastEventMs: step.name === 'Support' ? NOW - 9 * DAY : NOW - 3_600_000,
      overlaps: step.name === 'Checkout' ? ['cart'] : [],
      trend: Array.from({ length: 30 }, (_, day) =>
        Math.round(
          (customers / 30) *
            (1 +
              0.25 * Math.sin((day + i) / 2.3) +
              (step.name === 'Payment' && day > 18 ? -0.35 : 0)),
        ),
      ),
    }
  })
  const jump = (from: string, to: string, customers: number) => ({
    from,
    to,
    count: Math.round(customers * 1.3 * scale),
    customers: Math.round(customers * scale),
    medianMs: 240_000,
  })
  return {
    period: { fromMs, toMs },
    entrants: Math.round(19_410 * scale),
    completions: Math.round(2_986 * scale),
    inProgress: Math.round(3_120 * scale),
    settled: Math.round(16_290 * scale),
    settledCompletions: Math.round(2_986 * scale),
    completionShare: share(2_986, 16_290),
    firstSettlesMs: null,
    completionEstimate: { share: 0.187, low: 0.181, high: 0.193 },
    goalEnded: 148,
    continued: 0,
    goalValue: 148_205.4 * scale,
    stages: STAGES.map(([kind], i) => ({
      stageId: kind,
      customers: Math.round(([18_960, 15_204, 7_310, 3_020, 498][i] ?? 0) * scale),
    })),
    steps,
    transitions: [
      ...steps.slice(1).map((step, i) => jump(steps[i]?.stepId ?? '', step.stepId, step.customers)),
      jump('first-visit', 'product-page', 3_980),
      jump('product-page', 'cart', 4_870),
      jump('search', 'cart', 410),
      jump('cart', 'payment', 620),
      jump('order', 'second-order', 320),
      jump('size-guide', 'search', 1_288),
      jump('product-page', 'search', 1_960),
      jump('payment', 'cart', 560),
      jump('cart', 'product-page', 802),
      jump('delivery', 'first-visit', 96),
    ],
    leaks: [
      {
        stepId: 'payment',
        left: Math.round(874 * scale),
        leftShare: 874 / 3_990,
        moneyAtRisk: { amount: 41_330 * scale, low: 36_900, high: 46_100, n: 2_904 },
        ...because(
          {
            kind: 'property',
            property: 'os',
            value: 'iOS',
            leftShare: 0.71,
            movedShare: 0.38,
          },
          41_330 * scale,
        ),
      },
      {
        stepId: 'product-page',
        left: Math.round(4_610 * scale),
        leftShare: 4_610 / 13_912,
        moneyAtRisk: { amount: 33_600 * scale, low: 30_100, high: 37_400, n: 7_420 },
        ...because(
          { kind: 'way-back', toStepId: 'search', share: 0.34, movedShare: 0.05 },
          33_600 * scale,
        ),
      },
      {
        stepId: 'delivery',
        left: Math.round(1_020 * scale),
        leftShare: 1_020 / 2_720,
        moneyAtRisk: { amount: 18_240 * scale, low: 14_900, high: 22_300, n: 1_310 },
        ...because(
          {
            kind: 'event',
            event: 'delivery_complaint',
            leftShare: 0.46,
            movedShare: 0.09,
          },
          18_240 * scale,
        ),
      },
    ],
    conformance: { finished: 15_980, conforming: 6_214, share: 6_214 / 15_980, meanFitness: 0.73 },
    unmapped: [
      { event: 'page_view', path: '/blog/*', customers: 3_204, events: 5_120 },
      { event: 'newsletter_opened', path: '', customers: 2_190, events: 6_030 },
      { event: 'wishlist_added', path: '', customers: 1_120, events: 1_804 },
    ],
    outside: 610,
  }
}

export const fixtureAnswer: LivingMapAnswer = {
  version: 1,
  kind: 'living-map',
  question: {
    version: 1,
    kind: 'living-map',
    mapId: 'shop',
    period: { fromMs: NOW - 30 * DAY, toMs: NOW },
    segment: null,
    compareTo: { fromMs: NOW - 60 * DAY, toMs: NOW - 30 * DAY },
    windowDays: null,
  },
  nowMs: NOW,
  timeZone: 'Europe/Athens',
  currency: 'EUR',
  simulated: true,
  windowDays: 30,
  definition: {
    key: 'the-living-map',
    parameters: { windowDays: 30 },
    timeZone: 'Europe/Athens',
    nowMs: NOW,
    sample: { unit: 'customers', n: 19_410, share: 1 },
    read: null,
    segments: [],
  },
  measured: measures(NOW - 30 * DAY, NOW, 1),
  firstEventMs: NOW - 200 * DAY,
  compared: measures(NOW - 60 * DAY, NOW - 30 * DAY, 0.93),
}
