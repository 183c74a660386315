import { type Refusal, refuse } from '@parcurs/contract'
import { followingFaults, memberFaults, segmentFaults, type SegmentRule } from '@parcurs/domain'
import { faultsRefusal } from '../touchpoints/touchpoint-routes.ts'
import type { Segment } from './saved-segments.ts'

/**
 * What is wrong with a rule, with the segments that it names, or with those that name it; null: nothing.
 *
 * @param id of the segment whose rule it is; null: it is not saved
 * @param name of the same
 * @param place where the rule stands in the body
 */
export function ruleRefusal(
  rule: SegmentRule,
  all: readonly Segment[],
  { id = null, name = '', place = 'rule' }: RuleOwner = {},
): Refusal | null {
  const byId = new Map(all.map((segment) => [segment.id, segment]))
  const segmentOf = (wanted: string) => {
    const found = byId.get(wanted) ?? null
    // While it is changed it leads where its new rule leads.
    return wanted === id
      ? { id: wanted, name: name || (found?.name ?? wanted), rule, version: found?.version ?? 0 }
      : found
  }
  const own = [...segmentFaults(rule, 'asked', place), ...memberFaults(id, rule, segmentOf, place)]
  const faults = own.length > 0 || id === null ? own : followingFaults(id, all, segmentOf, place)
  const circle = faults.find(({ code }) => code === 'segment-circle')
  const refusal = faultsRefusal(faults)
  if (refusal === null || circle === undefined) return refusal
  return refuse('segment-circle', `${circle.value}: expected ${circle.expected}`, {
    faults: refusal.faults ?? [],
  })
}

interface RuleOwner {
  readonly id?: string | null
  readonly name?: string
  readonly place?: string
}
