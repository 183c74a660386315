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

/** Steps A, B, C, …: lower case = optional, `!` after a letter = goal step, `|` = next stage. */
export function plannedSteps(design: string): readonly PlannedStep[] {
  const letters = [...design.matchAll(/[a-zA-Z]!?/g)]
  return letters.map((match, i) => ({
    stepId: match[0].charAt(0).toUpperCase(),
    stage: design.slice(0, match.index).split('|').length - 1,
    optional: match[0].charAt(0) !== match[0].charAt(0).toUpperCase(),
    goal: match[0].endsWith('!'),
    next: letters.findIndex((later, j) => j > i && /[A-Z]/.test(later[0])),
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
