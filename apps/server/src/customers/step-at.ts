import type { Period } from '@parcurs/analytics'
import type { JourneyMap, Step } from '@parcurs/domain'

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 30

/** A step and its place in map order; null: the map has none of that id. */
export function stepAt(
  map: JourneyMap,
  stepId: string,
): { readonly step: Step; readonly index: number } | null {
  const steps = map.stages.flatMap((stage) => stage.steps)
  const index = steps.findIndex(({ id }) => id === stepId)
  const step = steps[index]
  return step === undefined ? null : { step, index }
}

/** What is not said: the last 30 days. */
export function periodAsked(
  { fromMs, toMs }: { readonly fromMs?: number; readonly toMs?: number },
  nowMs: number,
): Period {
  return { fromMs: fromMs ?? nowMs - DEFAULT_DAYS * DAY_MS, toMs: toMs ?? nowMs }
}
