import type { QuestionContext } from '@parcurs/analytics'
import type { Refusal } from '@parcurs/contract'
import { memberFaults, segmentFaults, type SegmentRule } from '@parcurs/domain'
import { faultsRefusal } from '../touchpoints/touchpoint-routes.ts'

/**
 * What is wrong with a segment that is asked about.
 *
 * @param place where it stands in the request: `body.question.segment`
 */
export function segmentRefusal(
  segment: SegmentRule | null,
  { segment: segmentOf }: Pick<QuestionContext, 'segment'>,
  place: string,
): Refusal | null {
  if (segment === null) return null
  return faultsRefusal(
    [...segmentFaults(segment, 'asked', place), ...memberFaults(null, segment, segmentOf, place)],
    '',
  )
}
