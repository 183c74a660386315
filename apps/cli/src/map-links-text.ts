import type { MapMeasures, StepMeasures } from '@parcurs/analytics'
import type { JourneyMap, Step } from '@parcurs/domain'
import { countOf, countText, shareText } from './number-text.ts'

/** A step by name, with what it is in the order of the map: `or` an alternative, (optional), repeated. */
export function stepLabel(step: Step, before: Step | undefined): string {
  const { alternativeGroup: group, name, optional, repeatable } = step
  const isOther = group !== null && before?.alternativeGroup === group
  return [isOther ? 'or' : '', optional ? `(${name})` : name, repeatable ? '↻' : '']
    .filter((part) => part !== '')
    .join(' ')
}

/** What is told here of the answer. */
export interface MeasuredLinks {
  readonly transitions: MapMeasures['transitions']
  readonly steps: readonly Pick<StepMeasures, 'stepId' | 'detail'>[]
}

/** How often drawn loops were walked, and what detailed maps say. */
export function linkLines(map: JourneyMap, measured: MeasuredLinks): readonly string[] {
  const steps = map.stages.flatMap((stage) => stage.steps)
  const lines = [
    ...steps.flatMap((step) => step.loopsTo.flatMap((to) => loopLine(steps, step, to, measured))),
    ...steps.flatMap((step) => detailLine(step, measured)),
  ]
  return lines.length === 0 ? [] : ['', ...lines]
}

function loopLine(
  steps: readonly Step[],
  from: Step,
  to: string,
  { transitions }: MeasuredLinks,
): readonly string[] {
  const target = steps.find(({ id }) => id === to)
  if (target === undefined) return []
  const walked = transitions.find((move) => move.from === from.id && move.to === to)
  const count =
    walked === undefined
      ? 'nobody yet'
      : `${countOf(walked.customers, 'customer')}, ${countText(walked.count)} times`
  return [`↺ ${from.name} back to ${target.name}: ${count}`]
}

function detailLine({ id, name }: Step, measured: MeasuredLinks): readonly string[] {
  const detail = measured.steps.find(({ stepId }) => stepId === id)?.detail
  if (detail === undefined || detail === null) return []
  const parts = [
    `${countText(detail.entrants)} entered`,
    `${countText(detail.completions)} reached the goal so far`,
    `completion ${shareText(detail.completionShare)}`,
  ]
  return [`⊞ ${name} in detail: ${detail.name}`, `  ${parts.join(' · ')}`]
}
