import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conformance, stepCounts } from './map-measures.ts'
import { type Story, tallyOf } from './map-stories.ts'

// SPEC.md, "The living map": [LM27] alternatives, [LM28] drawn loops, [LM29] repeatable steps, by hand. The window is
// 60 minutes; everybody is settled.

/** "A B C": a visit every ten minutes. */
const walked = (...stories: readonly string[]): readonly Story[] =>
  stories.map((steps) => steps.split(' ').map((step, i) => [step, i * 10] as const))

/** Outcomes as on · back · around · ended · stopped. */
const outcomes = (design: string, ...stories: readonly string[]) =>
  Object.fromEntries(
    stepCounts(tallyOf(design, walked(...stories)), false).map(({ stepId, outcome: o }) => [
      stepId,
      [o.movedOn, o.wentBack, o.wentAround, o.ended, o.stopped],
    ]),
  )
const fits = (design: string, story: string) => {
  const { conforming, meanFitness } = conformance(tallyOf(design, walked(story)))
  return [conforming === 1, Math.round((meanFitness ?? 0) * 1000) / 1000]
}
const step = (design: string, id: string, ...stories: readonly string[]) =>
  stepCounts(tallyOf(design, walked(...stories)), false).find(({ stepId }) => stepId === id)

test('[LM27] going between alternatives is neither moved on nor way back', () => {
  expect(outcomes('A(BC)D', 'A B C')).toMatchObject({ B: [0, 0, 1, 0, 0], C: [0, 0, 0, 0, 1] })
  expect(outcomes('A(BC)D', 'A C B')).toMatchObject({ B: [0, 0, 0, 0, 1], C: [0, 0, 1, 0, 0] })
  expect(outcomes('A(BC)D', 'A C B D')).toMatchObject({ B: [1, 0, 0, 0, 0], C: [1, 0, 0, 0, 0] })
  expect(outcomes('A(BC)D', 'A C A')).toMatchObject({ C: [0, 1, 0, 0, 0] })
  // Without the mark B and C stand one behind the other.
  expect(outcomes('ABCD', 'A C B')).toMatchObject({ C: [0, 1, 0, 0, 0] })
})

test('[LM27] the next step after alternatives is behind them, and either of them is next', () => {
  expect(step('A(BC)D', 'A', 'A B', 'A C', 'A D')?.reachedNext).toBe(2)
  expect(step('A(BC)D', 'B', 'B C', 'B D')?.reachedNext).toBe(1)
  expect(step('A(BC)', 'B', 'B C')).toMatchObject({ movedOnShare: null, reachedNext: null })
  // Optional only when each of them is.
  expect(step('A(Bc)D', 'A', 'A D')?.reachedNext).toBe(0)
  expect(step('A(bc)D', 'A', 'A D')?.reachedNext).toBe(1)
})

test.each<[string, string, boolean, number]>([
  ['one of them suffices', 'A B D', true, 1],
  ['the other too', 'A C D', true, 1],
  ['in either order', 'A C B D', true, 1],
  // Of three positions that may not be skipped one was: 1 − 1 ÷ (2 + 3).
  ['none of them', 'A D', false, 0.8],
  ['tried again later, by a way back', 'A B D C D', true, 0.875],
])(
  '[LM27] a group is skipped only if none was visited: %s',
  (_what, story, conforming, fitness) => {
    expect(fits('A(BC)D', story)).toEqual([conforming, fitness])
  },
)

test('[LM27] alternatives count as one step with the touchpoints of all would', () => {
  const letters = fc.constantFrom('A', 'B', 'C', 'D', 'x')
  const events = fc.array(fc.tuple(letters, fc.integer({ min: 0, max: 900 })), { maxLength: 14 })
  fc.assert(
    fc.property(fc.array(events, { maxLength: 8 }), (drawn) => {
      const stories = drawn.map((story): Story => story.toSorted((a, b) => a[1] - b[1]))
      const merged = stories.map((story) =>
        story.map(([event, at]) => [event === 'C' ? 'B' : event, at] as const),
      )
      const apart = tallyOf('A(BC)D', stories)
      // Nobody comes to C here, and nobody must.
      const one = tallyOf('ABcD', merged)
      const of = (tally: typeof apart) =>
        stepCounts(tally, false)
          .filter(({ stepId }) => stepId === 'A' || stepId === 'D')
          .map(({ customers, movedOn, reachedNext, outcome, left }) => [
            [customers, movedOn, reachedNext, left],
            outcome,
          ])
      expect(of(apart)).toEqual(of(one))
      const fit = ({ entrants, finished, conforming }: typeof apart) => [
        entrants,
        finished,
        conforming,
      ]
      expect(fit(apart)).toEqual(fit(one))
    }),
    { numRuns: 200 },
  )
})

test('[LM28] the return of a drawn loop is no way back', () => {
  expect(outcomes('ABCD', 'A B C B')).toMatchObject({ C: [0, 1, 0, 0, 0] })
  expect(outcomes('ABCD C>B', 'A B C B')).toMatchObject({ C: [0, 0, 1, 0, 0] })
  // The loop was drawn from C to B: from D, and to A, there is none.
  expect(outcomes('ABCD C>B', 'A B D B', 'A B C A')).toMatchObject({
    C: [0, 1, 0, 0, 0],
    D: [0, 1, 0, 0, 0],
  })
  expect(step('ABCD C>B', 'C', 'A B C B C D')).toMatchObject({ wentBack: 0, movedOn: 1 })
  // It leads to the position: the other alternative is as good.
  expect(outcomes('A(BC)D D>B', 'A B D C')).toMatchObject({ D: [0, 0, 1, 0, 0] })
})

test.each<[string, string, string, boolean, number]>([
  ['round and on', 'ABCD C>B', 'A B C B C D', true, 1],
  ['not drawn: a way back lowers the fitness', 'ABCD', 'A B C B C D', true, 0.9],
  ['what was left out is made good on the way round', 'ABCD D>A', 'A D A B C D', true, 1],
  // By the way D to A that nobody drew: B and C came too late.
  ['the same without the loop', 'ABCD', 'A D A B C D', false, 0.9],
  ['first visited by the return itself', 'ABCD C>B', 'A C B C D', true, 1],
  // One way back, D to C: 1 − 1 ÷ (7 + 5).
  ['after the loop the order holds anew', 'ABCDE E>A', 'A B D E A D C', false, 0.917],
  ['skipped for good', 'ABCD D>A', 'A C D A', false, 0.875],
])('[LM28] a drawn loop does not break conformance: %s', (_what, design, story, ok, fitness) => {
  expect(fits(design, story)).toEqual([ok, fitness])
})

test('[LM29] further visits to a repeatable step are no way back, the first is', () => {
  expect(outcomes('AB+CD', 'A B C B')).toMatchObject({ C: [0, 0, 1, 0, 0] })
  expect(outcomes('AB+CD', 'A C B')).toMatchObject({ C: [0, 1, 0, 0, 0] })
  expect(step('AB+CD', 'C', 'A C B C B')).toMatchObject({ wentBack: 1 })
  expect(outcomes('AB+CD', 'A C B C B')).toMatchObject({ C: [0, 0, 1, 0, 0] })
  expect(fits('AB+CD', 'A B C B D')).toEqual([true, 1])
  // C came before B: only that one counts as a way back, 1 − 1 ÷ (6 + 4).
  expect(fits('AB+CD', 'A C B C B D')).toEqual([false, 0.9])
})

test('[LM29] a way back is told once, and only where it was one', () => {
  const { leftBack } = tallyOf('AB+C', walked('A C B C B C'))
  // From C (2) to B (1): one customer, by the first return alone.
  expect(leftBack[2 * 3 + 1]).toBe(1)
  expect(tallyOf('AB+C', walked('A B C B C')).leftBack[2 * 3 + 1]).toBe(0)
})
