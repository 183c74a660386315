import type { MatchRule } from '../condition/event-condition.ts'
import type { ProposedTouchpoint } from '../map/map-proposal.ts'

/** Touchpoints of one step whose events add up: without those that another one stands for. */
export function touchpointsApart(
  touchpoints: readonly ProposedTouchpoint[],
): readonly ProposedTouchpoint[] {
  return touchpoints.filter(
    (one) => !touchpoints.some((other) => other !== one && standsFor(other.rule, one.rule)),
  )
}

function standsFor(whole: MatchRule, part: MatchRule): boolean {
  if (whole.kind === 'event' && part.kind === 'event') {
    const more = whole.names.length > part.names.length
    return more && part.names.every((name) => whole.names.includes(name))
  }
  if (whole.kind !== 'any') return false
  const text = JSON.stringify(part)
  return whole.rules.some((rule) => JSON.stringify(rule) === text)
}
