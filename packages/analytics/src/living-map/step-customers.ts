import type { Planned, QuestionContext, QuestionKind } from '../asking/question-kind.ts'
import { held } from '../at.ts'
import type { LivingMapQuestion } from './living-map.ts'
import { countMap } from './map-count.ts'
import type { ListedCustomers, StepState } from './map-counts.ts'
import type { MapCounted } from './map-counting.ts'
import { type MapAsked, planMap } from './map-kind.ts'

/** Who stands behind one number of a map. */
export interface StepCustomersQuestion {
  readonly map: LivingMapQuestion
  /** In map order, from 0. */
  readonly step: number
  readonly state: StepState
  /** Named at most. */
  readonly most: number
}

export interface StepCustomersFound {
  readonly counted: MapCounted
}

export interface StepCustomersPlan extends Planned {
  readonly question: StepCustomersQuestion
  readonly asked: MapAsked
}

export const stepCustomersKind: QuestionKind<
  StepCustomersQuestion,
  StepCustomersPlan,
  StepCustomersFound,
  ListedCustomers
> = {
  mapsOf: ({ map }) => [map.mapId],
  segmentOf: ({ map }) => map.segment,
  plan: (question, context: QuestionContext) => {
    const asked = planMap(question.map, context)
    if ('place' in asked) return asked
    const { period, settledMs } = asked
    return { question, asked, period, settledMs }
  },
  reads: ({ question: { step, state, most }, asked }, _found, context) => ({
    counted: countMap(asked, asked.question.period, most, context, { step, state }),
  }),
  shape: (_plan, { counted }) =>
    held(held(counted, 'counted map').counts.listed, 'customers of the step'),
}
