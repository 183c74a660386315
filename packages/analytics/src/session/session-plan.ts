import { type EventKind, isView, type RuleOf } from '@parcurs/domain'
import { AUTOCAPTURED_EVENTS, FOREGROUND_PROPERTIES, shopNames } from '../metric/shop-events.ts'
import type { MatcherAsked } from '../question.ts'
import { hashOfText, valueText } from '../selection/event-value.ts'
import { type Matching, matchingOf } from '../selection/matching.ts'
import type { Misfit } from '../selection/misfit.ts'
import type { SelectionCode } from '../selection/selection.ts'
import { param, sql, type Sql } from '../sql.ts'
import type { SessionsQuestion } from './session.ts'
import { SESSION_BITS } from './session-kernel.ts'

/**
 * What each event is to a session, as SESSION_BITS in this order: page, interactive, autocaptured,
 * key, start, end. Interactive is what a customer did: no view, not autocaptured.
 */
export function sessionCode(
  question: Pick<SessionsQuestion, 'keyEvents' | 'startEvent' | 'endEvent'>,
  kinds: readonly EventKind[],
  touchpointRule: RuleOf,
): Extract<SelectionCode, { readonly as: 'mask' }> | Misfit {
  const pages = pageNames(kinds)
  const autocaptured = { kind: 'event', names: AUTOCAPTURED_EVENTS } as const
  const page = { kind: 'event', names: pages } as const
  const bits: Matching[] = [
    { rule: page, also: [] },
    { rule: { kind: 'none', rules: [page, autocaptured] }, also: [] },
    { rule: autocaptured, also: [] },
  ]
  const key = oneOf(question.keyEvents ?? [{ event: shopNames(kinds, 'purchase') }], touchpointRule)
  const named: readonly [string, Matching | null][] = [
    ['keyEvents', key],
    ['startEvent', bounding(question.startEvent, touchpointRule)],
    ['endEvent', bounding(question.endEvent, touchpointRule)],
  ]
  for (const [place, matching] of named) {
    if (matching === null) {
      return {
        place,
        value: null,
        expected: 'touchpoints of this workspace, and no traits in key events',
      }
    }
    bits.push(matching)
  }
  return { as: 'mask', bits }
}

/** Names under which this workspace's page and screen views come. */
export function pageNames(kinds: readonly EventKind[]): readonly string[] {
  // Also where none came yet, the rule has a name to ask for.
  return [...new Set(['page_view', ...kinds.filter(isView).map(({ name }) => name)])]
}

/** Foreground milliseconds that an event reports; NaN: none. */
export function foregroundMs(): Sql {
  const [first, second] = FOREGROUND_PROPERTIES.map(
    (name) => sql`toFloat64OrNull(properties[${param.text(name)}])`,
  )
  return sql`ifNull(coalesce(${first ?? sql`NULL`}, ${second ?? sql`NULL`}), nan)`
}

/** Whether an event reports foreground time at all. */
export function hasForeground(): Sql {
  const [first, second] = FOREGROUND_PROPERTIES.map(
    (name) => sql`mapContains(properties, ${param.text(name)})`,
  )
  return sql`(${first ?? sql`false`} OR ${second ?? sql`false`})`
}

/** The session an event names, as a number; 0: none. */
export function sessionValue(property: string): Sql {
  return hashOfText(valueText([property]))
}

function oneOf(matchers: readonly MatcherAsked[], touchpointRule: RuleOf): Matching | null {
  const parts = matchers.map((matcher) => matchingOf(matcher, touchpointRule))
  const rules = parts.flatMap((part) => (part === null || part.also.length > 0 ? [] : [part.rule]))
  return rules.length === parts.length ? { rule: { kind: 'any', rules }, also: [] } : null
}

function bounding(matcher: MatcherAsked | undefined, touchpointRule: RuleOf): Matching | null {
  if (matcher === undefined) return { rule: { kind: 'any', rules: [] }, also: [] }
  return matchingOf(matcher, touchpointRule)
}

/** The bits of the mask are those of the kernel: kept equal by a test. */
export const SESSION_BIT_ORDER = [
  SESSION_BITS.page,
  SESSION_BITS.interactive,
  SESSION_BITS.autocaptured,
  SESSION_BITS.key,
  SESSION_BITS.start,
  SESSION_BITS.end,
] as const
