import { describe, expect, test } from 'vitest'
import { cartOutcome } from './abandonment.ts'
import { addToMetrics, emptyMetricTally, METRIC_BITS, type MetricRules } from './metric-kernel.ts'
import { pageViews } from './page-times.ts'

const DAY = 86_400
const FILL = 1
const BUY = 2

const EMPTY = 4

/** `f0 b60`: f fills the cart, b buys, e empties it; seconds. */
const BIT: Readonly<Record<string, number>> = { f: FILL, b: BUY, e: EMPTY }

function outcome(story: string, nowS: number, untilS = Number.POSITIVE_INFINITY) {
  const words = story.split(' ')
  const times = Float64Array.from(words, (word) => Number(word.slice(1)) * 1000)
  const masks = Uint32Array.from(words, (word) => BIT[word[0] ?? ''] ?? 0)
  const within = { from: 0, to: words.filter((word) => Number(word.slice(1)) < untilS).length }
  return cartOutcome(
    { times, masks, within },
    { fill: FILL, buy: BUY, empty: EMPTY, withinMs: DAY * 1000, nowMs: nowS * 1000 },
  )
}

describe('[SE4] abandonment', () => {
  test.each([
    ['bought within the day', `f0 b${DAY}`, 9 * DAY, 'bought'],
    ['bought too late', `f0 b${DAY + 1}`, 9 * DAY, 'abandoned'],
    ['bought before filling it again', 'b0 f1', 9 * DAY, 'abandoned'],
    ['from the last time it was filled', `f0 f${DAY} b${DAY + 5}`, 9 * DAY, 'bought'],
    ['at one instant the order that helps', 'b0 f0', 9 * DAY, 'bought'],
    ['still inside the day', 'f0', DAY, 'in-progress'],
    ['bought, but the day is not over', 'f0 b60', DAY, 'in-progress'],
    ['the day is over', 'f0', DAY + 1, 'abandoned'],
    ['never filled it', 'b0', 9 * DAY, 'none'],
    ['emptied it', 'f0 e60', 9 * DAY, 'emptied'],
    ['emptied it just now', 'f0 e60', 120, 'emptied'],
    ['emptied it and filled it again', 'f0 e60 f90', 9 * DAY, 'abandoned'],
    ['emptied it when the day was over', `f0 e${DAY + 1}`, 9 * DAY, 'abandoned'],
    ['emptied it as the day was over', `f0 e${DAY}`, 9 * DAY, 'emptied'],
    ['emptied it and bought all the same', 'f0 e60 b90', 9 * DAY, 'bought'],
    ['emptied and filled it at one instant', 'e0 f0', 9 * DAY, 'abandoned'],
    ['emptied it after buying', 'f0 b60 e90', 9 * DAY, 'bought'],
  ] as const)('%s', (_name, story, nowS, expected) => {
    expect(outcome(story, nowS)).toBe(expected)
  })
})

test('[SE4] what happens after the period says what became of a cart, and fills none', () => {
  expect(outcome('f0 b60', 9 * DAY, 30)).toBe('bought')
  expect(outcome(`f0 f60 b${DAY + 30}`, 9 * DAY, 30)).toBe('abandoned')
  expect(outcome('f60 b90', 9 * DAY, 30)).toBe('none')
})

describe('[SE5] time on page', () => {
  const views = (times: number[], items: number[], foreground: number[] | null = null) =>
    pageViews(
      {
        times: Float64Array.from(times, (s) => s * 1000),
        items: Uint32Array.from(items),
        foregroundMs: foreground === null ? null : Float64Array.from(foreground),
      },
      1_800_000,
    ).map(({ ms }) => ms)
  const none = Number.NaN
  test('to the next page view of the session; what happens on the page does not end it', () => {
    expect(views([0, 1, 14], [1, 0, 2])).toEqual([14_000, null])
    expect(views([0, 1, 14, 9000], [1, 0, 2, 1])).toEqual([14_000, null, null])
  })
  test('the last page of a session is unknown, also with events on it', () => {
    expect(views([0, 10], [1, 0])).toEqual([null])
  })
  test('a new session ends it', () => {
    expect(views([0, 9000], [1, 2])).toEqual([null, null])
  })
  test('reported foreground time goes first, also of the last page', () => {
    expect(views([0, 10, 60], [1, 2, 0], [4000, none, 7000])).toEqual([4000, 7000])
  })
})

describe('[SE6] rates', () => {
  const rules: MetricRules = {
    sessions: {
      gapMs: 1_800_000,
      midnights: null,
      maxMs: null,
      byValue: false,
      bounded: false,
      bounce: 'one-event',
      begun: null,
    },
    bounce: 'one-event',
    per: 'customers',
    abandonAfterMs: DAY * 1000,
    nowMs: 9 * DAY * 1000,
  }
  const journey = {
    times: Float64Array.from([0, 10_000, 9_000_000]),
    masks: Uint32Array.from([METRIC_BITS.purchase | METRIC_BITS.goal, METRIC_BITS.refund, 0]),
    foregroundMs: null,
  }
  test('customers with the goal of those who were active, and bounces of sessions', () => {
    const tally = emptyMetricTally()
    addToMetrics(tally, journey, rules)
    expect([tally.converted, tally.units, tally.sessions, tally.bounced]).toEqual([1, 1, 2, 1])
  })
  test('[SE10] of a period: customers by their events in it, sessions by whether they began in it', () => {
    const tally = emptyMetricTally()
    // From 5 s on: the first session began before, the second in it; the goal lies before.
    const begun = { fromMs: 5000, toMs: 9_500_000 }
    addToMetrics(tally, journey, { ...rules, sessions: { ...rules.sessions, begun } })
    expect([tally.customers, tally.converted, tally.sessions, tally.bounced]).toEqual([1, 0, 1, 1])
    const after = { fromMs: 9_100_000, toMs: 9_500_000 }
    addToMetrics(tally, journey, { ...rules, sessions: { ...rules.sessions, begun: after } })
    expect(tally.customers).toBe(1)
  })
  test('per session', () => {
    const tally = emptyMetricTally()
    addToMetrics(tally, journey, { ...rules, per: 'sessions' })
    expect([tally.converted, tally.units]).toEqual([1, 2])
  })
})
