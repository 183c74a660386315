import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS } from '../calendar/local-days.ts'
import { type EventLeaf, type MatchRule } from '../condition/event-condition.ts'
import { GROUP_KINDS } from '../condition/nest.ts'
import { UTC, zoneNamed } from '../import/zone.ts'
import { decide } from './decide.ts'
import type { ResolvedSegment } from './resolve-segment.ts'
import type { SegmentEvent, SegmentFacts, SegmentMap, SegmentScope } from './segment-facts.ts'
import { MAP_STATES, type NumberTest } from './segment-rule.ts'
import { type Window, WINDOW_UNITS, windowPeriod, windowSpan } from './window.ts'

// SPEC.md, "Segments": [SR7] the law of `untilMs`, [SR8] windows.

/** Clocks of Athens go back on 25 October 2026 at 4:00, and on on 28 March 2027 at 3:00. */
const zone = zoneNamed('Europe/Athens') ?? UTC
const START = Date.UTC(2026, 9, 20)
const MAP: SegmentMap = {
  steps: ['a', 'b', 'c'].map((name, i) => ({
    id: name,
    rule: { kind: 'event', names: [name] },
    optional: i === 1,
    goal: i === 2,
    position: i,
    // C may return to A, and B may be met again.
    loops: i === 2 ? [0] : [],
    repeatable: i === 1,
  })),
  goal: { kind: 'event', names: ['c'] },
  valued: true,
  windowMs: 2 * DAY_MS,
}
const scope: SegmentScope = {
  zone,
  weekStart: 'monday',
  period: { fromMs: START, toMs: START + 5 * DAY_MS },
  touchpoint: (id) => (id === 't' ? { name: 'Tee', rule: named('a', 'b') } : null),
  map: (id) => (id === 'm' ? MAP : null),
}

function named(...names: readonly string[]): MatchRule {
  return { kind: 'event', names }
}

// Instants lie close together and often on an hour or at midnight: edges are what is looked for.
const time = fc.oneof(
  fc.nat({ max: 14 * 24 }).map((hours) => START + hours * 3_600_000),
  fc.nat({ max: 14 }).map((day) => zone.toUtc(START + day * DAY_MS)),
  fc.nat({ max: 14 * DAY_MS }).map((ms) => START + ms),
)
const number = fc.constantFrom(0, 1, 2, 3, 10)
const numberTest: fc.Arbitrary<NumberTest> = fc.oneof(
  fc.record({ op: fc.constantFrom('gte', 'lte', 'eq'), value: number }),
  fc.record({ op: fc.constant('between'), least: number, most: number }),
)
const date = fc
  .nat({ max: 12 })
  .map((day) => new Date(START + day * DAY_MS).toISOString().slice(0, 10))
const window: fc.Arbitrary<Window> = fc.oneof(
  fc.record({ kind: fc.constant('ever') }),
  fc.record({ kind: fc.constant('question') }),
  fc.record({ kind: fc.constant('hours'), n: fc.integer({ min: 1, max: 72 }) }),
  fc.record({
    kind: fc.constantFrom('last', 'next'),
    n: fc.integer({ min: 1, max: 4 }),
    unit: fc.constantFrom(...WINDOW_UNITS),
  }),
  fc.record({ kind: fc.constant('between'), from: date, to: date }),
  fc.record({ kind: fc.constantFrom('before', 'after'), date }),
)
const event: fc.Arbitrary<EventLeaf | { kind: 'touchpoint'; touchpoint: string }> = fc.oneof(
  fc.subarray(['a', 'b', 'c', 'd']).map((names): EventLeaf => ({ kind: 'event', names })),
  fc.constantFrom<EventLeaf>(
    { kind: 'property', property: 'p', op: 'gte', value: '2' },
    { kind: 'property', property: 'p', op: 'unset' },
  ),
  fc.constantFrom('t', 'gone').map((touchpoint) => ({ kind: 'touchpoint' as const, touchpoint })),
)
const of = fc.constantFrom({ kind: 'value' as const }, { kind: 'property' as const, property: 'p' })
const leaf: fc.Arbitrary<ResolvedSegment> = fc.oneof(
  fc.record({ kind: fc.constant('did'), event, times: numberTest, window }),
  fc.record({
    kind: fc.constant('amount'),
    amount: fc.constantFrom('sum', 'average', 'smallest', 'largest'),
    of,
    event,
    test: numberTest,
    window,
  }),
  fc.record({
    kind: fc.constant('distinct'),
    of: fc.constantFrom({ kind: 'days' }, { kind: 'property', property: 'p' }),
    event,
    test: numberTest,
    window,
  }),
  fc.record({ kind: fc.constantFrom('first', 'last'), event, window }),
  fc.record({
    kind: fc.constant('sequence'),
    steps: fc.array(event, { minLength: 2, maxLength: 3 }),
    stepWithinMs: fc.constantFrom(null, DAY_MS, 3 * DAY_MS),
    withinMs: fc.constantFrom(null, 2 * DAY_MS, 5 * DAY_MS),
    without: fc.option(event),
    window,
  }),
  fc.record({
    kind: fc.constant('said'),
    scale: fc.constantFrom('nps', 'csat'),
    which: fc.constantFrom('latest', 'any'),
    test: fc.option(numberTest),
    words: fc.constantFrom(null, 'Fine'),
    touchpoint: fc.constantFrom(null, 't', 'gone'),
    window,
  }),
  fc.record({
    kind: fc.constant('on-map'),
    map: fc.constantFrom('m', 'gone'),
    version: fc.constant(1),
    state: fc.constantFrom(...MAP_STATES),
    step: fc.constantFrom('a', 'b', 'c'),
    window,
  }),
  fc.record({ kind: fc.constant('in'), of: fc.constant('list'), id: fc.constantFrom('l', 'k') }),
  fc.record({
    kind: fc.constant('trait'),
    trait: fc.constantFrom('born', 'plan'),
    op: fc.constantFrom('in-last', 'in-next', 'anniversary'),
    days: fc.constantFrom(1, 2, 7, 365, 366, 400),
  }),
  fc.record({
    kind: fc.constant('trait'),
    trait: fc.constantFrom('born', 'plan'),
    op: fc.constantFrom('before', 'after'),
    value: date,
  }),
)
const rule: fc.Arbitrary<ResolvedSegment> = fc.letrec<{ rule: ResolvedSegment }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    leaf,
    fc.record({
      kind: fc.constantFrom(...GROUP_KINDS),
      rules: fc.array(tie('rule'), { maxLength: 3 }),
    }),
  ),
})).rule

const facts: fc.Arbitrary<SegmentFacts> = fc.record({
  events: fc
    .array(
      fc.record({
        timeMs: time,
        name: fc.constantFrom('a', 'b', 'c', 'd'),
        type: fc.constant('track' as const),
        channel: fc.constant('web'),
        path: fc.constant(''),
        value: fc.constantFrom(0, 10_000, -10_000, 25_000),
        properties: fc.dictionary(fc.constant('p'), fc.constantFrom('1', '2.5', 'x')),
      }),
      { maxLength: 12 },
    )
    .map((events): readonly SegmentEvent[] => events.toSorted((a, b) => a.timeMs - b.timeMs)),
  traits: fc.dictionary(
    fc.constantFrom('born', 'plan'),
    fc.constantFrom('1990-10-28', '2024-02-29', '2026-10-24T22:30:00Z', '1793000000', 'soon'),
  ),
  answers: fc
    .array(
      fc.record({
        timeMs: time,
        scale: fc.constantFrom('nps', 'csat'),
        score: fc.constantFrom(1, 3, 10),
        touchpoint: fc.constantFrom('', 'TEE', 't', 'other'),
        comment: fc.constantFrom(null, 'fine by me'),
        event: fc.constantFrom('a', 'd').map((name) => ({
          type: 'track' as const,
          name,
          channel: 'web',
          path: '',
          properties: {},
        })),
      }),
      { maxLength: 4 },
    )
    .map((answers) => answers.toSorted((a, b) => a.timeMs - b.timeMs)),
  lists: fc.subarray(['l', 'k']).map((ids) => new Set(ids)),
})

test('[SR7] until the instant that is told the answer is the same, and there it is another', () => {
  fc.assert(
    fc.property(
      rule,
      facts,
      time,
      fc.array(time),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (asked, known, nowMs, others, part) => {
        const { member, untilMs } = decide(asked, known, scope, nowMs)
        if (untilMs !== null) {
          expect(untilMs).toBeGreaterThan(nowMs)
          // Anniversaries go round for ever: after 250 years it is looked again.
          if (untilMs - nowMs < 200 * 365 * DAY_MS) {
            expect(decide(asked, known, scope, untilMs).member).toBe(!member)
          }
        }
        const within = [
          nowMs + Math.floor(((untilMs ?? nowMs + 60 * DAY_MS) - 1 - nowMs) * part),
          (untilMs ?? nowMs + 400 * DAY_MS) - 1,
          ...others.filter((at) => at >= nowMs && (untilMs === null || at < untilMs)),
        ]
        for (const at of within) expect(decide(asked, known, scope, at).member).toBe(member)
      },
    ),
    { numRuns: 800 },
  )
})

test('[SR8] an instant lies in a window exactly while its span lasts', () => {
  fc.assert(
    fc.property(window, time, time, (asked, atMs, nowMs) => {
      const within = (at: number, { fromMs, toMs }: { fromMs: number; toMs: number }) =>
        at >= fromMs && at < toMs
      const clock = { ...scope, nowMs }
      expect(within(atMs, windowPeriod(asked, clock))).toBe(
        within(nowMs, windowSpan(asked, atMs, scope)),
      )
    }),
    { numRuns: 1000 },
  )
})
