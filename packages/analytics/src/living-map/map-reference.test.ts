import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareOf } from '../share.ts'
import type { StepOutcome } from './living-map.ts'
import { conformance, stepCounts, transitions } from './map-measures.ts'
import { MINUTE, plannedSteps, type Story, tallyOf } from './map-stories.ts'

// SPEC.md [LM19]: the kernel agrees with the definitions written down naively, each number on its own,
// with objects, filters and no thought of speed.

const DESIGN = 'Ab|CD!e'
const WINDOW = 60
const TO = 1000
const steps = plannedSteps(DESIGN)

interface Visit {
  readonly step: number
  readonly at: number
}

/** Runs of one step, cut at pauses over 30 minutes; what began before the period belongs to the former one. */
function visitsOf(story: Story): readonly Visit[] {
  const visits: Visit[] = []
  let last: { step: number; at: number } | null = null
  for (const [event, at] of story) {
    const step = event.charCodeAt(0) - 65
    if (step < 0 || step >= steps.length || at > TO + WINDOW) continue
    if (last === null || last.step !== step || at - last.at > 30) visits.push({ step, at })
    last = { step, at }
  }
  return visits.filter(({ at }) => at >= 0)
}

interface Journey {
  readonly visits: readonly Visit[]
  /** Of the period; the first ones. */
  readonly counted: readonly Visit[]
  readonly now: number
}

const laterThan = ({ visits }: Journey, visit: Visit) => visits.slice(visits.indexOf(visit) + 1)
const nextOf = (journey: Journey, visit: Visit) => laterThan(journey, visit)[0]
const movesOn = (journey: Journey, visit: Visit) =>
  laterThan(journey, visit).find(({ step }) => step > visit.step)
const inTime = (visit: Visit, later: Visit | undefined) =>
  later !== undefined && later.at - visit.at <= WINDOW

const last = (visits: readonly Visit[]) => visits.at(-1)
const isOver = (journey: Journey, visit: Visit) => journey.now - visit.at > WINDOW
const within = (journey: Journey, anchor: Visit) =>
  laterThan(journey, anchor).filter((later) => inTime(anchor, later))

/** What a customer did within the window after their last visit of the period to the step. */
function outcomeOf(journey: Journey, anchor: Visit): keyof StepOutcome {
  const then = within(journey, anchor)
  if (then.some(({ step }) => step > anchor.step)) return 'movedOn'
  if (then.some(({ step }) => step < anchor.step)) return 'wentBack'
  return steps[anchor.step]?.goal === true ? 'ended' : 'stopped'
}

function stateOf(journey: Journey): 'goal' | 'continued' | 'left' | 'open' {
  const last = journey.counted.at(-1)
  if (last === undefined) throw new Error('no entrant')
  if (steps[last.step]?.goal === true) return 'goal'
  if (inTime(last, nextOf(journey, last))) return 'continued'
  return journey.now - last.at > WINDOW ? 'left' : 'open'
}

const median = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const low = sorted[Math.floor(middle)]
  const high = sorted[Math.ceil(middle)]
  return low === undefined || high === undefined ? null : ((low + high) / 2) * MINUTE
}

function reference(stories: readonly Story[], now: number) {
  const journeys = stories
    .map((story): Journey => {
      const visits = visitsOf(story)
      return { visits, counted: visits.filter(({ at }) => at < TO), now }
    })
    .filter(({ counted }) => counted.length > 0)
  const at = (journey: Journey, step: number) =>
    journey.counted.filter((visit) => visit.step === step)
  const customers = (test: (journey: Journey) => boolean) => journeys.filter(test).length
  const settled = (step: number, test: (journey: Journey, anchor: Visit) => boolean) =>
    customers((journey) => {
      const anchor = last(at(journey, step))
      return anchor !== undefined && isOver(journey, anchor) && test(journey, anchor)
    })
  const ofSettled = (step: number, test: (journey: Journey, anchor: Visit) => boolean) =>
    shareOf(
      settled(step, test),
      settled(step, () => true),
    )
  const outcome = (step: number, name: keyof StepOutcome) =>
    settled(step, (journey, anchor) => outcomeOf(journey, anchor) === name)
  return {
    steps: steps.map(({ next }, step) => ({
      customers: customers((journey) => at(journey, step).length > 0),
      visits: journeys.reduce((sum, journey) => sum + at(journey, step).length, 0),
      movedOn: customers((journey) =>
        at(journey, step).some((visit) => inTime(visit, movesOn(journey, visit))),
      ),
      reachedNext:
        next < 0
          ? null
          : customers((journey) =>
              at(journey, step).some((visit) =>
                laterThan(journey, visit).some(
                  (later) => later.step === next && inTime(visit, later),
                ),
              ),
            ),
      wentBack: customers((journey) =>
        at(journey, step).some((visit) => (nextOf(journey, visit)?.step ?? 99) < step),
      ),
      settled: settled(step, () => true),
      outcome: {
        movedOn: outcome(step, 'movedOn'),
        wentBack: outcome(step, 'wentBack'),
        ended: outcome(step, 'ended'),
        stopped: outcome(step, 'stopped'),
      },
      movedOnShare:
        step === steps.length - 1
          ? null
          : ofSettled(step, (journey, anchor) => outcomeOf(journey, anchor) === 'movedOn'),
      nextShare:
        next < 0
          ? null
          : ofSettled(step, (journey, anchor) =>
              within(journey, anchor).some((later) => later.step === next),
            ),
      wentBackShare: ofSettled(step, (journey, anchor) => {
        const other = within(journey, anchor).find((later) => later.step !== step)
        return other !== undefined && other.step < step
      }),
      firstSettlesMs:
        settled(step, () => true) > 0
          ? null
          : journeys.reduce<number | null>((first, journey) => {
              const anchor = last(at(journey, step))
              if (anchor === undefined) return first
              const settlesMs = (anchor.at + WINDOW) * MINUTE + 1
              return first === null ? settlesMs : Math.min(first, settlesMs)
            }, null),
      left: customers(
        (journey) => journey.counted.at(-1)?.step === step && stateOf(journey) === 'left',
      ),
      inProgress: customers(
        (journey) => journey.counted.at(-1)?.step === step && stateOf(journey) === 'open',
      ),
      medianToNextMs: median(
        journeys.flatMap((journey) =>
          at(journey, step).flatMap((visit) => {
            const later = movesOn(journey, visit)
            return later !== undefined && inTime(visit, later) ? [later.at - visit.at] : []
          }),
        ),
      ),
    })),
    edges: new Map(
      steps.flatMap((_from, from) =>
        steps.flatMap((_to, to) => {
          const times = journeys.map((journey) =>
            at(journey, from).flatMap((visit) => {
              const next = nextOf(journey, visit)
              return from !== to && next?.step === to ? [next.at - visit.at] : []
            }),
          )
          const count = times.flat().length
          const who = times.filter((some) => some.length > 0).length
          const edge = { count, customers: who, medianMs: median(times.flat()) }
          return count === 0 ? [] : [[`${steps[from]?.stepId} ${steps[to]?.stepId}`, edge] as const]
        }),
      ),
    ),
    conforming: customers((journey) => {
      if (stateOf(journey) !== 'left') return false
      const firsts = [...new Set(journey.counted.map(({ step }) => step))]
      const furthest = Math.max(...firsts)
      const inOrder = firsts.every((step, i) => i === 0 || step > (firsts[i - 1] ?? 0))
      const skipped = steps.some((step, i) => i < furthest && !step.optional && !firsts.includes(i))
      return inOrder && !skipped
    }),
    finished: customers((journey) => stateOf(journey) === 'left'),
  }
}

const event = fc.tuple(
  fc.constantFrom('A', 'B', 'C', 'D', 'E', 'x', 'y', '.'),
  fc.integer({ min: -40, max: 1100 }),
)
const story = fc
  .array(event, { maxLength: 16 })
  .map((events): Story => events.toSorted((a, b) => a[1] - b[1]))

test('[LM19] every number agrees with the definition written down naively', () => {
  fc.assert(
    fc.property(
      fc.array(story, { maxLength: 10 }),
      fc.integer({ min: 0, max: 1300 }),
      (stories, now) => {
        const tally = tallyOf(DESIGN, stories, { nowMs: now * MINUTE })
        const expected = reference(stories, now)
        expect(stepCounts(tally, false)).toMatchObject(expected.steps)
        const edges = new Map(
          transitions(tally).map(({ from, to, ...edge }) => [`${from} ${to}`, edge] as const),
        )
        expect(edges).toEqual(expected.edges)
        // Nobody completes here (no event is the goal touchpoint's), so finished journeys are those that were left.
        expect(conformance(tally)).toMatchObject({
          finished: expected.finished,
          conforming: expected.conforming,
        })
      },
    ),
    { numRuns: 400 },
  )
})
