import { type MapProposal, soundStages, type Stage, type Step } from '@parcurs/domain'

/** A change of a proposal before it is accepted. */
export type ProposalEdit =
  | { readonly kind: 'rename-map'; readonly name: string }
  | { readonly kind: 'rename-step'; readonly stepId: string; readonly name: string }
  | { readonly kind: 'toggle-optional'; readonly stepId: string }
  | { readonly kind: 'remove-step'; readonly stepId: string }
  /** One place earlier or later; over the end of a stage it enters the next one. */
  | { readonly kind: 'move-step'; readonly stepId: string; readonly by: -1 | 1 }
  | { readonly kind: 'goal'; readonly touchpointId: string | null }
  | { readonly kind: 'valued'; readonly valued: boolean }
  | { readonly kind: 'window'; readonly days: number }

/** The proposal after one change. A change that means nothing leaves it as it is. */
export function editProposal(proposal: MapProposal, edit: ProposalEdit): MapProposal {
  switch (edit.kind) {
    case 'rename-map':
      return { ...proposal, name: edit.name }
    case 'rename-step':
      return withStep(proposal, edit.stepId, (step) => ({ ...step, name: edit.name }))
    case 'toggle-optional':
      return withStep(proposal, edit.stepId, (step) => ({ ...step, optional: !step.optional }))
    case 'remove-step':
      return removed(proposal, edit.stepId)
    case 'move-step':
      return { ...proposal, stages: soundStages(moved(proposal.stages, edit.stepId, edit.by)) }
    case 'goal':
      return {
        ...proposal,
        goal:
          edit.touchpointId === null
            ? null
            : { touchpointId: edit.touchpointId, valued: proposal.goal?.valued ?? true },
      }
    case 'valued':
      return proposal.goal === null
        ? proposal
        : { ...proposal, goal: { ...proposal.goal, valued: edit.valued } }
    case 'window':
      return Number.isInteger(edit.days) && edit.days >= 1 && edit.days <= 366
        ? { ...proposal, windowDays: edit.days }
        : proposal
  }
}

function withStep(
  proposal: MapProposal,
  stepId: string,
  change: (step: Step) => Step,
): MapProposal {
  return {
    ...proposal,
    stages: proposal.stages.map((stage) => ({
      ...stage,
      steps: stage.steps.map((step) => (step.id === stepId ? change(step) : step)),
    })),
  }
}

/** Without the step, and without the touchpoints and the goal that only it had. */
function removed(proposal: MapProposal, stepId: string): MapProposal {
  const stages = soundStages(
    proposal.stages.map((stage) => ({
      ...stage,
      steps: stage.steps.filter((step) => step.id !== stepId),
    })),
  )
  const used = new Set(stages.flatMap((stage) => stage.steps.flatMap((step) => step.touchpointIds)))
  return {
    ...proposal,
    stages,
    touchpoints: proposal.touchpoints.filter(({ id }) => used.has(id)),
    goal: proposal.goal !== null && used.has(proposal.goal.touchpointId) ? proposal.goal : null,
  }
}

function moved(stages: readonly Stage[], stepId: string, by: -1 | 1): readonly Stage[] {
  const from = stages.findIndex((stage) => stage.steps.some((step) => step.id === stepId))
  const steps = stages[from]?.steps ?? []
  const at = steps.findIndex((step) => step.id === stepId)
  const step = steps[at]
  if (step === undefined) return stages
  const others = steps.filter((other) => other.id !== stepId)
  const place = at + by
  if (place >= 0 && place <= others.length) {
    return replaced(stages, from, others.toSpliced(place, 0, step))
  }
  const to = stages[from + by]
  if (to === undefined) return stages
  const entered = by === 1 ? [step, ...to.steps] : [...to.steps, step]
  return replaced(replaced(stages, from, others), from + by, entered)
}

function replaced(stages: readonly Stage[], at: number, steps: readonly Step[]): readonly Stage[] {
  return stages.map((stage, i) => (i === at ? { ...stage, steps } : stage))
}
