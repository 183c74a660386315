/** A value of a question that does not fit the rest of it, or the workspace. */
export interface Misfit {
  /** As in JavaScript, from the question: `steps[2].touchpoint`. */
  readonly place: string
  readonly value: unknown
  readonly expected: string
}

export function isMisfit(plan: object): plan is Misfit {
  return 'expected' in plan && 'place' in plan
}
