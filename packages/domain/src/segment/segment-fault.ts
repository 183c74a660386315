import type { EventLeaf, TouchpointLeaf } from '../condition/event-condition.ts'
import {
  blank,
  comparisonFaults,
  dateFaults,
  eventFaults,
  MAX_DAYS,
  MAX_RULE_PARTS,
  nestFaults,
  type RuleFault,
  wholeFaults,
} from '../condition/rule-fault.ts'
import { conditionCount, eventsOf, windowOf } from './segment-leaves.ts'
import {
  type EventRule,
  type NumberTest,
  type SegmentLeaf,
  type SegmentRule,
  STEP_STATES,
} from './segment-rule.ts'
import type { Window } from './window.ts'

/** Who waits for the answer: what is watched goes on without a question, so it cannot take its period. */
export type SegmentUse = 'asked' | 'watched'

const CENTURY = { hours: MAX_DAYS * 24, days: MAX_DAYS, weeks: 5219, months: 1200 } as const
const CENTURY_MS = MAX_DAYS * 86_400_000
const MOST_TIMES = 1_000_000
export const MAX_SEQUENCE_STEPS = 10

/**
 * What the shape alone does not say. Traits, events and touchpoints that nothing is like yet are no faults.
 *
 * @returns empty for a good rule; places as in JavaScript: `rule.rules[0].window.n`
 */
export function segmentFaults(
  rule: SegmentRule,
  use: SegmentUse = 'asked',
  place = 'rule',
): readonly RuleFault[] {
  const count = conditionCount(rule)
  if (count > MAX_RULE_PARTS) {
    const expected = `at most ${MAX_RULE_PARTS} conditions`
    return [{ code: 'too-many-conditions', place, value: `${count} conditions`, expected }]
  }
  return nestFaults(rule, place, (leaf, at) => leafFaults(leaf, at, use), 'allowed')
}

function leafFaults(leaf: SegmentLeaf, place: string, use: SegmentUse): readonly RuleFault[] {
  const window = windowOf(leaf)
  return [
    ...eventsOf(leaf).flatMap(([at, event]) => eventRuleFaults(event, `${place}.${at}`)),
    ...ownFaults(leaf, place),
    ...(window === null ? [] : windowFaults(window, `${place}.window`, use)),
  ]
}

function eventRuleFaults(event: EventRule, place: string): readonly RuleFault[] {
  return nestFaults<EventLeaf | TouchpointLeaf>(
    event,
    place,
    (leaf, at) => (leaf.kind === 'touchpoint' ? [] : eventFaults(leaf, at)),
    'allowed',
  )
}

function ownFaults(leaf: SegmentLeaf, place: string): readonly RuleFault[] {
  switch (leaf.kind) {
    case 'trait':
      return leaf.trait === ''
        ? [blank('no-trait', `${place}.trait`, 'the name of a trait')]
        : comparisonFaults(leaf, place)
    case 'did':
      return countFaults(leaf.times, `${place}.times`)
    case 'distinct':
      return [
        ...countFaults(leaf.test, `${place}.test`),
        ...(leaf.of.kind === 'property' ? propertyFaults(leaf.of.property, place) : []),
      ]
    case 'amount':
      return [
        ...testFaults(leaf.test, `${place}.test`),
        ...(leaf.of.kind === 'property' ? propertyFaults(leaf.of.property, place) : []),
      ]
    case 'sequence':
      return [
        ...(leaf.steps.length >= 2 && leaf.steps.length <= MAX_SEQUENCE_STEPS
          ? []
          : [
              {
                code: 'not-so-many-steps' as const,
                place: `${place}.steps`,
                value: `${leaf.steps.length} steps`,
                expected: `2 to ${MAX_SEQUENCE_STEPS} steps`,
              },
            ]),
        ...durationFaults(leaf.stepWithinMs, `${place}.stepWithinMs`),
        ...durationFaults(leaf.withinMs, `${place}.withinMs`),
      ]
    case 'on-map': {
      const ofStep = STEP_STATES.some((state) => state === leaf.state)
      return ofStep && (leaf.step ?? '') === ''
        ? [
            {
              code: 'no-step',
              place: `${place}.step`,
              value: 'null',
              expected: 'a step of the map',
            },
          ]
        : []
    }
    case 'said':
      return leaf.test === null ? [] : testFaults(leaf.test, `${place}.test`)
    case 'first':
    case 'last':
    case 'in':
      return []
  }
}

function propertyFaults(property: string, place: string): readonly RuleFault[] {
  return property === ''
    ? [blank('no-property', `${place}.of.property`, 'the name of a property')]
    : []
}

function countFaults(test: NumberTest, place: string): readonly RuleFault[] {
  return boundsOf(test).flatMap(([at, number]) =>
    Number.isInteger(number) && number >= 0 && number <= MOST_TIMES
      ? []
      : [
          {
            code: 'not-a-count' as const,
            place: `${place}.${at}`,
            value: String(number),
            expected: `a whole number from 0 to ${MOST_TIMES}`,
          },
        ],
  )
}

function testFaults(test: NumberTest, place: string): readonly RuleFault[] {
  if (test.op === 'between' && test.least > test.most) {
    const expected = `a number from ${test.least} on`
    return [{ code: 'empty-range', place: `${place}.most`, value: String(test.most), expected }]
  }
  return boundsOf(test).flatMap(([at, number]) =>
    Number.isFinite(number)
      ? []
      : [
          {
            code: 'not-a-number' as const,
            place: `${place}.${at}`,
            value: String(number),
            expected: 'a number such as 12.50',
          },
        ],
  )
}

function boundsOf(test: NumberTest): readonly (readonly [string, number])[] {
  return test.op === 'between'
    ? [
        ['least', test.least],
        ['most', test.most],
      ]
    : [['value', test.value]]
}

function durationFaults(ms: number | null, place: string): readonly RuleFault[] {
  if (ms === null) return []
  return wholeFaults('not-a-duration', ms, CENTURY_MS, place)
}

function windowFaults(window: Window, place: string, use: SegmentUse): readonly RuleFault[] {
  switch (window.kind) {
    case 'ever':
      return []
    case 'question': {
      const expected = 'a window that holds without a question'
      return use === 'asked'
        ? []
        : [{ code: 'question-window', place, value: 'the question’s period', expected }]
    }
    case 'hours':
      return wholeFaults('not-a-window', window.n, CENTURY.hours, `${place}.n`)
    case 'last':
    case 'next':
      return wholeFaults('not-a-window', window.n, CENTURY[window.unit], `${place}.n`)
    case 'before':
    case 'after':
      return dateFaults(window.date, `${place}.date`)
    case 'between': {
      const faults = [
        ...dateFaults(window.from, `${place}.from`),
        ...dateFaults(window.to, `${place}.to`),
      ]
      if (faults.length > 0 || window.from <= window.to) return faults
      const expected = `a date from ${window.from} on`
      return [
        { code: 'empty-window', place: `${place}.to`, value: JSON.stringify(window.to), expected },
      ]
    }
  }
}
