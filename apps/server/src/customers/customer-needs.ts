import type { ContextNeeds } from '../questions/question-context.ts'
import type { QuestionRunner } from '../questions/question-runner.ts'

/** What looking at customers needs of the program. */
export interface CustomerNeeds extends ContextNeeds {
  readonly questions: Pick<QuestionRunner, 'run'>
}
