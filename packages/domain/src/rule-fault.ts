import { numberOf } from './plain-number.ts'
import type { MatchRule } from './touchpoint.ts'

export type RuleFaultCode =
  | 'too-many-conditions'
  | 'too-deep'
  | 'no-conditions'
  | 'no-event-name'
  | 'no-channel'
  | 'no-path'
  | 'no-property'
  | 'not-a-number'

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

/**
 * What the shape alone does not say: that the rule can match something, and is not endless.
 *
 * @returns empty for a good rule
 */
export function ruleFaults(rule: MatchRule): readonly RuleFault[] {
  const parts = partsOf(rule)
  if (parts > MAX_RULE_PARTS) {
    const expected = `at most ${MAX_RULE_PARTS} conditions`
    return [{ code: 'too-many-conditions', place: 'rule', value: `${parts} conditions`, expected }]
  }
  return faults(rule, 'rule', 1)
}

function faults(rule: MatchRule, place: string, depth: number): readonly RuleFault[] {
  switch (rule.kind) {
    case 'all':
    case 'any':
    case 'none': {
      if (depth > MAX_RULE_DEPTH) {
        const expected = `at most ${MAX_RULE_DEPTH} levels of all, any and none`
        return [{ code: 'too-deep', place, value: `${depth} levels`, expected }]
      }
      if (rule.rules.length === 0) {
        return [
          {
            code: 'no-conditions',
            place: `${place}.rules`,
            value: '[]',
            expected: 'at least one condition',
          },
        ]
      }
      return rule.rules.flatMap((part, i) => faults(part, `${place}.rules[${i}]`, depth + 1))
    }
    case 'event':
      return texts(rule.names, `${place}.names`, 'no-event-name', 'an event name')
    case 'channel':
      return texts(rule.channels, `${place}.channels`, 'no-channel', 'a channel')
    case 'url':
      return rule.value === ''
        ? [
            {
              code: 'no-path',
              place: `${place}.value`,
              value: '""',
              expected: 'a path such as /cart or /product/*',
            },
          ]
        : []
    case 'property':
      return propertyFaults(rule, place)
  }
}

function propertyFaults(
  rule: Extract<MatchRule, { kind: 'property' }>,
  place: string,
): readonly RuleFault[] {
  if (rule.property === '') {
    return [
      {
        code: 'no-property',
        place: `${place}.property`,
        value: '""',
        expected: 'the name of a property',
      },
    ]
  }
  if ((rule.op === 'gte' || rule.op === 'lte') && numberOf(rule.value) === null) {
    const value = JSON.stringify(rule.value)
    return [
      { code: 'not-a-number', place: `${place}.value`, value, expected: 'a number such as 12.50' },
    ]
  }
  return []
}

function texts(
  all: readonly string[],
  place: string,
  code: RuleFaultCode,
  what: string,
): readonly RuleFault[] {
  if (all.length === 0) return [{ code, place, value: '[]', expected: `at least ${what}` }]
  return all.flatMap((text, i) =>
    text === '' ? [{ code, place: `${place}[${i}]`, value: '""', expected: what }] : [],
  )
}

function partsOf(rule: MatchRule): number {
  return 'rules' in rule ? rule.rules.reduce((sum, part) => sum + partsOf(part), 0) : 1
}
