import type { MapBlock } from './map-block.ts'
import { GOAL, stepCode, unmappedCode, VALUED } from './map-code.ts'
import { LEAD_MS } from './visits.ts'
import { MapKernel } from './map-kernel.ts'
import type { MapPlan, PlannedStep } from './map-plan.ts'

/**
 * Journeys written by hand, for tests: steps are letters (A is the first), `x`, `y`, `z` are events that match no
 * step, `$` after a letter makes it the goal touchpoint's event, and a number after that is its money.
 */
export type Story = readonly (readonly [event: string, minute: number, money?: number])[]

export const MINUTE = 60_000
export const STRAYS = ['x', 'y', 'z'] as const

/**
 * Steps A, B, C, …: lower case = optional, `!` after a letter = goal step, `+` = repeatable, `(BC)` = alternatives,
 * `|` = next stage; behind a space the drawn loops, `D>B`.
 */
export function plannedSteps(design: string): readonly PlannedStep[] {
  const [order = '', ...loops] = design.split(' ')
  const letters = [...order.matchAll(/[a-zA-Z][!+]*/g)]
  let position = -1
  const steps = letters.map(({ 0: sign, index }) => {
    const before = order.slice(0, index)
    const within = before.lastIndexOf('(') > before.lastIndexOf(')')
    if (!within || before.endsWith('(')) position++
    const stepId = sign.charAt(0).toUpperCase()
    return {
      stepId,
      stage: before.split('|').length - 1,
      optional: sign.charAt(0) !== stepId,
      goal: sign.includes('!'),
      repeatable: sign.includes('+'),
      position,
    }
  })
  return steps.map((step) => ({
    ...step,
    next: steps.find((later) => later.position > step.position && !later.optional)?.position ?? -1,
    loops: loops.flatMap((loop) =>
      loop.startsWith(step.stepId)
        ? steps.flatMap((to) => (loop.endsWith(to.stepId) ? [to.position] : []))
        : [],
    ),
  }))
}

/** A period of 1,000 minutes from 0, a window of 60, asked long after. */
export function storyPlan(design: string, change: Partial<MapPlan> = {}): MapPlan {
  return {
    steps: plannedSteps(design),
    stageCount: design.split('|').length,
    period: { fromMs: 0, toMs: 1000 * MINUTE },
    nowMs: 100_000 * MINUTE,
    windowMs: 60 * MINUTE,
    unmappedGroups: STRAYS.length,
    slices: 10,
    sampleSize: 100,
    keptUntilMs: null,
    ...change,
  }
}

/** One block of the stories, customers numbered from `firstKey`; what is earlier than `LEAD_MS` before the period is not read. */
export function storyBlock(
  stories: readonly Story[],
  { fromMs }: MapPlan['period'] = storyPlan('A').period,
  firstKey = 1,
): MapBlock {
  const events: number[] = []
  const money: number[] = []
  const ends = stories.map((story) => {
    for (const [event, minute, value] of story) {
      const time = Math.round(minute * MINUTE) - fromMs + LEAD_MS
      if (time < 0) continue
      const letter = event.charAt(0)
      const stray = STRAYS.findIndex((known) => known === letter)
      const step = stray < 0 && letter !== '.' ? stepCode(letter.charCodeAt(0) - 65) : 0
      const paid = event.endsWith('$')
      if (paid) money.push((value ?? 0) * 10_000)
      const code = stray < 0 ? step | (paid ? GOAL : 0) : unmappedCode(stray)
      const word = (time % 65_536) * 65_536 + (code | (paid ? VALUED : 0))
      events.push(word, Math.floor(time / 65_536))
    }
    return events.length / 2
  })
  const keys = BigUint64Array.from(stories, (_, i) => BigInt(firstKey + i) * 0x9e3779b97f4a7c15n)
  return {
    rows: stories.length,
    customers: new Uint32Array(keys.buffer),
    ends,
    events: Uint32Array.from(events),
    money: Float64Array.from(money),
  }
}

export function tallyOf(design: string, stories: readonly Story[], change: Partial<MapPlan> = {}) {
  const plan = storyPlan(design, change)
  const kernel = new MapKernel(plan)
  kernel.add(storyBlock(stories, plan.period))
  return kernel.tally
}
