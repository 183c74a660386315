import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareOf } from '../share.ts'
import type { StepOutcome } from './living-map.ts'
import { conformance, stepCounts, transitions } from './map-measures.ts'
import type { PlannedStep } from './map-plan.ts'
import { MINUTE, plannedSteps, type Story, tallyOf } from './map-stories.ts'

// SPEC.md [LM19]: the kernel agrees with the definitions written down naively, each number on its own,
// with objects, filters and no thought of speed.

/** Each with what sets it apart: nothing, alternatives (one of them optional), loops, repeatable steps, all of it. */
const DESIGNS = [
  'Ab|CD!e',
  'A(Bc)|D!(eF)',
  'ABC|D!E D>B E>A',
  'AB+c|D+!E',
  'A(B+c)|D!E D>B E>C',
] as const
const WINDOW = 60
const TO = 1000

interface Visit {
  readonly step: number
  readonly at: number
}

/** Runs of one step, cut at pauses over 30 minutes; what began before the period belongs to the former one. */
function visitsOf(steps: readonly PlannedStep[], story: Story): readonly Visit[] {
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
  readonly steps: readonly PlannedStep[]
  readonly visits: readonly Visit[]
  /** Of the period; the first ones. */
  readonly counted: readonly Visit[]
  readonly now: number
}

const laterThan = ({ visits }: Journey, visit: Visit) => visits.slice(visits.indexOf(visit) + 1)
const nextOf = (journey: Journey, visit: Visit) => laterThan(journey, visit)[0]
const placeOf = ({ steps }: Journey, visit: Visit) => steps[visit.step]?.position ?? -1
const movesOn = (journey: Journey, visit: Visit) =>
  laterThan(journey, visit).find((later) => placeOf(journey, later) > placeOf(journey, visit))
/** The move runs along a drawn loop, which leads to every alternative there. */
const loops = (journey: Journey, from: Visit, to: Visit) =>
  journey.steps[from.step]?.loops.includes(placeOf(journey, to)) === true
/** To an earlier position, not along a drawn loop, and not again to a repeatable step. */
function isWayBack(journey: Journey, from: Visit, to: Visit): boolean {
  const { steps, visits } = journey
  const first = visits.findIndex(({ step }) => step === to.step) === visits.indexOf(to)
  const again = steps[to.step]?.repeatable === true && !first
  return placeOf(journey, to) < placeOf(journey, from) && !loops(journey, from, to) && !again
}
const inTime = (visit: Visit, later: Visit | undefined) =>
  later !== undefined && later.at - visit.at <= WINDOW

const last = (visits: readonly Visit[]) => visits.at(-1)
const isOver = (journey: Journey, visit: Visit) => journey.now - visit.at > WINDOW
const within = (journey: Journey, anchor: Visit) =>
  laterThan(journey, anchor).filter((later) => inTime(anchor, later))

/** What a customer did within the window after their last visit of the period to the step. */
function outcomeOf(journey: Journey, anchor: Visit): keyof StepOutcome {
  const then = within(journey, anchor)
  const here = placeOf(journey, anchor)
  if (then.some((visit) => placeOf(journey, visit) > here)) return 'movedOn'
  const other = then.find(({ step }) => step !== anchor.step)
  if (other !== undefined) return isWayBack(journey, anchor, other) ? 'wentBack' : 'wentAround'
  return journey.steps[anchor.step]?.goal === true ? 'ended' : 'stopped'
}

function stateOf(journey: Journey): 'goal' | 'continued' | 'left' | 'open' {
  const last = journey.counted.at(-1)
  if (last === undefined) throw new Error('no entrant')
  if (journey.steps[last.step]?.goal === true) return 'goal'
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

/** First visits to positions, in order of the map since the last return of a drawn loop; and none left out. */
function conforms(journey: Journey): boolean {
  const { steps, counted } = journey
  const places = counted.map((visit) => placeOf(journey, visit))
  const returns = counted.map((visit, i) => {
    const before = counted[i - 1]
    return before !== undefined && loops(journey, before, visit)
  })
  const inOrder = places.every((place, i) => {
    if (places.indexOf(place) < i || returns[i] === true) return true
    const since = Math.max(0, returns.lastIndexOf(true, i))
    return places.slice(since, i).every((earlier) => earlier < place)
  })
  const furthest = Math.max(...places)
  const skipped = steps.some(
    ({ position, optional }) => !optional && position < furthest && !places.includes(position),
  )
  return inOrder && !skipped
}

function fitness(journey: Journey): number {
  const { steps, counted } = journey
  const places = new Set(counted.map((visit) => placeOf(journey, visit)))
  const obligatory = new Set(steps.flatMap(({ position, optional }) => (optional ? [] : position)))
  const skipped = [...obligatory].filter(
    (position) => position < Math.max(...places) && !places.has(position),
  ).length
  const back = counted.filter((visit, i) => {
    const before = counted[i - 1]
    return before !== undefined && isWayBack(journey, before, visit)
  }).length
  return 1 - (skipped + back) / (counted.length + obligatory.size)
}

function reference(design: string, stories: readonly Story[], now: number) {
  const steps = plannedSteps(design)
  const lastPlace = steps.at(-1)?.position
  const journeys = stories
    .map((story): Journey => {
      const visits = visitsOf(steps, story)
      return { steps, visits, counted: visits.filter(({ at }) => at < TO), now }
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
    steps: steps.map(({ next, position }, step) => ({
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
                  (later) => placeOf(journey, later) === next && inTime(visit, later),
                ),
              ),
            ),
      wentBack: customers((journey) =>
        at(journey, step).some((visit) => {
          const following = nextOf(journey, visit)
          return following !== undefined && isWayBack(journey, visit, following)
        }),
      ),
      settled: settled(step, () => true),
      outcome: {
        movedOn: outcome(step, 'movedOn'),
        wentBack: outcome(step, 'wentBack'),
        wentAround: outcome(step, 'wentAround'),
        ended: outcome(step, 'ended'),
        stopped: outcome(step, 'stopped'),
      },
      movedOnShare:
        position === lastPlace
          ? null
          : ofSettled(step, (journey, anchor) => outcomeOf(journey, anchor) === 'movedOn'),
      nextShare:
        next < 0
          ? null
          : ofSettled(step, (journey, anchor) =>
              within(journey, anchor).some((later) => placeOf(journey, later) === next),
            ),
      wentBackShare: ofSettled(step, (journey, anchor) => {
        const other = within(journey, anchor).find((later) => later.step !== step)
        return other !== undefined && isWayBack(journey, anchor, other)
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
    conforming: customers((journey) => stateOf(journey) === 'left' && conforms(journey)),
    finished: customers((journey) => stateOf(journey) === 'left'),
    fitness: journeys
      .filter((journey) => stateOf(journey) === 'left')
      .reduce((sum, journey) => sum + fitness(journey), 0),
    /** Who left the step, and went back from it to that one in the period. */
    leftBack: steps.flatMap((_from, from) =>
      steps.map((_to, to) =>
        customers(
          (journey) =>
            stateOf(journey) === 'left' &&
            last(journey.counted)?.step === from &&
            journey.counted.some((visit) => {
              const following = nextOf(journey, visit)
              return (
                visit.step === from &&
                following?.step === to &&
                isWayBack(journey, visit, following)
              )
            }),
        ),
      ),
    ),
  }
}

const event = fc.tuple(
  fc.constantFrom('A', 'B', 'C', 'D', 'E', 'x', 'y', '.'),
  fc.integer({ min: -40, max: 1100 }),
)
const story = fc
  .array(event, { maxLength: 16 })
  .map((events): Story => events.toSorted((a, b) => a[1] - b[1]))

test.each(DESIGNS)('[LM19] on %s every number agrees with its definition', (design) => {
  fc.assert(
    fc.property(
      fc.array(story, { maxLength: 10 }),
      fc.integer({ min: 0, max: 1300 }),
      (stories, now) => {
        const tally = tallyOf(design, stories, { nowMs: now * MINUTE })
        const expected = reference(design, stories, now)
        expect(stepCounts(tally, false)).toMatchObject(expected.steps)
        const edges = new Map(
          transitions(tally).map(({ from, to, ...edge }) => [`${from} ${to}`, edge] as const),
        )
        expect(edges).toEqual(expected.edges)
        expect([...tally.leftBack]).toEqual(expected.leftBack)
        // Nobody completes here (no event is the goal touchpoint's), so finished journeys are those that were left.
        expect(conformance(tally)).toMatchObject({
          finished: expected.finished,
          conforming: expected.conforming,
        })
        expect(tally.fitness).toBeCloseTo(expected.fitness, 9)
      },
    ),
    { numRuns: 150 },
  )
})
