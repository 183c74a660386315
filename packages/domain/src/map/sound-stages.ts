import { mapPositions, type Stage, type Step } from './journey-map.ts'

/**
 * Stages after a step was taken out or moved: loops that no longer lead back go, and so does the mark of an
 * alternative that no longer stands beside the others.
 */
export function soundStages(stages: readonly Stage[]): readonly Stage[] {
  const seen = new Set<string>()
  const marked = stages.map((stage) => ({
    ...stage,
    steps: stage.steps.map((step, i): Step => {
      const group = step.alternativeGroup
      if (group === null) return step
      const beside = stage.steps[i - 1]?.alternativeGroup === group
      if (seen.has(group) && !beside) return { ...step, alternativeGroup: null }
      seen.add(group)
      return step
    }),
  }))
  const positions = mapPositions({ stages: marked })
  const ids = marked.flatMap(({ steps }) => steps.map(({ id }) => id))
  const placeOf = new Map(ids.map((id, i) => [id, positions[i] ?? 0]))
  const leadsBack = (from: Step, to: string) =>
    (placeOf.get(to) ?? Number.POSITIVE_INFINITY) < (placeOf.get(from.id) ?? 0)
  return marked.map((stage) => ({
    ...stage,
    steps: stage.steps.map((step) =>
      step.loopsTo.every((to) => leadsBack(step, to))
        ? step
        : { ...step, loopsTo: step.loopsTo.filter((to) => leadsBack(step, to)) },
    ),
  }))
}
