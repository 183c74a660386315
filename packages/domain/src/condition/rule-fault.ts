import { wallOfDate } from '../calendar/local-days.ts'
import { numberOf } from '../plain-number.ts'
import type { Comparison } from './comparison.ts'
import type { EventLeaf, MatchRule } from './event-condition.ts'
import { type AnyLeaf, isGroup, leavesOf, type Nest } from './nest.ts'

export const RULE_FAULTS = [
  'too-many-conditions',
  'too-deep',
  'no-conditions',
  'no-event-name',
  'no-channel',
  'no-path',
  'no-property',
  'not-a-number',
  'no-value',
  'too-many-values',
  'empty-range',
  'no-trait',
  'not-a-date',
  'not-a-number-of-days',
  'not-a-count',
  'not-a-window',
  'empty-window',
  'not-a-duration',
  'not-so-many-steps',
  'no-step',
  'question-window',
  'segment-circle',
  'segment-unknown',
  'segments-too-long',
] as const
export type RuleFaultCode = (typeof RULE_FAULTS)[number]

/** What is wrong with a rule: where (as in JavaScript), and what was expected; the code says it to other languages. */
export interface RuleFault {
  readonly code?: RuleFaultCode
  /** `rule.rules[0].value` */
  readonly place: string
  readonly value: string
  readonly expected: string
}

/** Deeper than this nobody can read. */
export const MAX_RULE_DEPTH = 5
/** Conditions of one rule, all levels together. */
export const MAX_RULE_PARTS = 100
/** A century. */
export const MAX_DAYS = 36_525
/** Values of one list. */
export const MAX_VALUES = 10_000

/**
 * What the shape alone does not say: that the rule can match something, and is not endless.
 *
 * @returns empty for a good rule
 */
export function ruleFaults(rule: MatchRule): readonly RuleFault[] {
  return nestFaults(rule, 'rule', eventFaults)
}

/** @param ofLeaf faults of one condition, with the place it stands at */
export function nestFaults<Leaf extends AnyLeaf>(
  nest: Nest<Leaf>,
  place: string,
  ofLeaf: (leaf: Leaf, place: string) => readonly RuleFault[],
  empty: Empty = 'refused',
): readonly RuleFault[] {
  const parts = leavesOf(nest).length
  if (parts > MAX_RULE_PARTS) {
    const expected = `at most ${MAX_RULE_PARTS} conditions`
    return [{ code: 'too-many-conditions', place, value: `${parts} conditions`, expected }]
  }
  return within(nest, place, 1, ofLeaf, empty)
}

/** Whether a group without conditions may stand. */
export type Empty = 'refused' | 'allowed'

function within<Leaf extends AnyLeaf>(
  nest: Nest<Leaf>,
  place: string,
  depth: number,
  ofLeaf: (leaf: Leaf, place: string) => readonly RuleFault[],
  empty: Empty,
): readonly RuleFault[] {
  if (!isGroup(nest)) return ofLeaf(nest, place)
  if (depth > MAX_RULE_DEPTH) {
    const expected = `at most ${MAX_RULE_DEPTH} levels of all, any and none`
    return [{ code: 'too-deep', place, value: `${depth} levels`, expected }]
  }
  if (nest.rules.length === 0 && empty === 'refused') {
    const expected = 'at least one condition'
    return [{ code: 'no-conditions', place: `${place}.rules`, value: '[]', expected }]
  }
  return nest.rules.flatMap((part, i) =>
    within(part, `${place}.rules[${i}]`, depth + 1, ofLeaf, empty),
  )
}

export function eventFaults(leaf: EventLeaf, place: string): readonly RuleFault[] {
  switch (leaf.kind) {
    case 'event':
      return texts(leaf.names, `${place}.names`, 'no-event-name', 'an event name')
    case 'channel':
      return texts(leaf.channels, `${place}.channels`, 'no-channel', 'a channel')
    case 'url':
      return leaf.value === ''
        ? [blank('no-path', `${place}.value`, 'a path such as /cart or /product/*')]
        : []
    case 'property':
      return leaf.property === ''
        ? [blank('no-property', `${place}.property`, 'the name of a property')]
        : comparisonFaults(leaf, place)
  }
}

export function comparisonFaults(comparison: Comparison, place: string): readonly RuleFault[] {
  switch (comparison.op) {
    case 'before':
    case 'after':
      return dateFaults(comparison.value, `${place}.value`)
    case 'in-last':
    case 'in-next':
    case 'anniversary':
      return wholeFaults('not-a-number-of-days', comparison.days, MAX_DAYS, `${place}.days`)
    case 'gte':
    case 'lte':
      return numberFaults(comparison.value, `${place}.value`)
    case 'between': {
      const { least, most } = comparison
      const faults = [
        ...numberFaults(least, `${place}.least`),
        ...numberFaults(most, `${place}.most`),
      ]
      if (faults.length > 0 || Number(least) <= Number(most)) return faults
      const expected = `a number from ${least} on`
      return [
        { code: 'empty-range', place: `${place}.most`, value: JSON.stringify(most), expected },
      ]
    }
    case 'one-of': {
      const { length } = comparison.values
      if (length === 0) {
        const expected = 'at least one value'
        return [{ code: 'no-value', place: `${place}.values`, value: '[]', expected }]
      }
      if (length <= MAX_VALUES) return []
      const expected = `at most ${MAX_VALUES} values`
      return [
        { code: 'too-many-values', place: `${place}.values`, value: `${length} values`, expected },
      ]
    }
    default:
      return []
  }
}

export function dateFaults(text: string, place: string): readonly RuleFault[] {
  if (wallOfDate(text) !== null) return []
  const expected = 'a date as it stands on a calendar, 2026-01-31'
  return [{ code: 'not-a-date', place, value: JSON.stringify(text), expected }]
}

/** @param most from 1 on */
export function wholeFaults(
  code: RuleFaultCode,
  number: number,
  most: number,
  place: string,
): readonly RuleFault[] {
  if (Number.isInteger(number) && number >= 1 && number <= most) return []
  return [{ code, place, value: String(number), expected: `a whole number from 1 to ${most}` }]
}

function numberFaults(text: string, place: string): readonly RuleFault[] {
  if (numberOf(text) !== null) return []
  const expected = 'a number such as 12.50'
  return [{ code: 'not-a-number', place, value: JSON.stringify(text), expected }]
}

function texts(
  all: readonly string[],
  place: string,
  code: RuleFaultCode,
  what: string,
): readonly RuleFault[] {
  if (all.length === 0) return [{ code, place, value: '[]', expected: `at least ${what}` }]
  return all.flatMap((text, i) => (text === '' ? [blank(code, `${place}[${i}]`, what)] : []))
}

export function blank(code: RuleFaultCode, place: string, expected: string): RuleFault {
  return { code, place, value: '""', expected }
}
