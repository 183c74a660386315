import type { ContextNeeds } from '../questions/question-context.ts'
import type { QuestionRunner } from '../questions/question-runner.ts'

/** What saying who is in a segment needs of the program. */
export interface MembershipNeeds extends ContextNeeds {
  readonly questions: Pick<QuestionRunner, 'run'>
}

/** Reads that no question's runner bounds. */
export const MAX_SECONDS = 60
