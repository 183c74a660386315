import {
  type GroupKind,
  GROUP_KINDS,
  MAP_STATES,
  MAX_RULE_DEPTH,
  operatorsOf,
  OPERATORS,
  readSegment,
  segmentFaults,
  type SegmentRule,
  URL_OPERATORS,
  WINDOW_UNITS,
} from '@parcurs/domain'

/**
 * A rule as an address carries it; absent: everybody. Also a list of conditions all of which hold, as addresses had it
 * before there were rules. What is no rule is left out, never an error.
 */
export function segmentSearch(raw: unknown): SegmentRule | undefined {
  const given = Array.isArray(raw) ? { kind: 'all', rules: raw } : raw
  const rule = readSegment(given)
  if (!isRule(rule, MAX_RULE_DEPTH) || segmentFaults(rule).length > 0) return undefined
  return 'rules' in rule && rule.kind === 'all' && rule.rules.length === 0 ? undefined : rule
}

/** The address carries something as a rule that is none. */
export function isUnreadRule(raw: unknown): boolean {
  if (raw === undefined || raw === null || raw === '') return false
  const rule = readSegment(Array.isArray(raw) ? { kind: 'all', rules: raw } : raw)
  return !isRule(rule, MAX_RULE_DEPTH) || segmentFaults(rule).length > 0
}

/** As a route takes it in an address. */
export function segmentText(segment: SegmentRule | undefined): string | undefined {
  return segment === undefined ? undefined : JSON.stringify(segment)
}

/** The rule of one saved segment. */
export function inSegment(id: string): SegmentRule {
  return { kind: 'in', of: 'segment', id }
}

type Fields = Readonly<Record<string, unknown>>
type Test = (value: unknown) => boolean

const text: Test = (value) => typeof value === 'string'
const number: Test = (value) => typeof value === 'number'
const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value)
const oneOf =
  (all: readonly string[]): Test =>
  (value) =>
    all.some((known) => known === value)
const listOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test)

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

function has(value: unknown, shape: Readonly<Record<string, Test>>): boolean {
  const fields = fieldsOf(value)
  return fields !== null && Object.entries(shape).every(([key, test]) => test(fields[key]))
}

/** The shapes of `SegmentRule`, field by field: the schemas of the contract stay out of the browser. */
function isRule(value: unknown, depth: number): value is SegmentRule {
  return nests(value, depth, isCondition)
}

function nests(value: unknown, depth: number, isLeaf: Test): boolean {
  const fields = fieldsOf(value)
  if (fields === null) return false
  if (!GROUP_KINDS.some((kind: GroupKind) => kind === fields['kind'])) return isLeaf(fields)
  return depth > 0 && listOf((part) => nests(part, depth - 1, isLeaf))(fields['rules'])
}

const isEvent: Test = (value) => nests(value, MAX_RULE_DEPTH, isEventLeaf)

const isEventLeaf: Test = (value) => {
  switch (fieldsOf(value)?.['kind']) {
    case 'event':
      return has(value, { names: listOf(text) })
    case 'channel':
      return has(value, { channels: listOf(text) })
    case 'url':
      return has(value, { op: oneOf(URL_OPERATORS), value: text })
    case 'property':
      return has(value, { property: text }) && compares(value, operatorsOf('property'))
    case 'touchpoint':
      return has(value, { touchpoint: text })
    default:
      return false
  }
}

const isTest: Test = (value) =>
  has(value, { op: oneOf(['gte', 'lte', 'eq']), value: number }) ||
  has(value, { op: oneOf(['between']), least: number, most: number })

const isWindow: Test = (value) => {
  switch (fieldsOf(value)?.['kind']) {
    case 'ever':
    case 'question':
      return true
    case 'hours':
      return has(value, { n: number })
    case 'last':
    case 'next':
      return has(value, { n: number, unit: oneOf(WINDOW_UNITS) })
    case 'between':
      return has(value, { from: text, to: text })
    case 'before':
    case 'after':
      return has(value, { date: text })
    default:
      return false
  }
}

function isCondition(value: unknown): boolean {
  switch (fieldsOf(value)?.['kind']) {
    case 'trait':
      return has(value, { trait: text }) && compares(value, operatorsOf('trait'))
    case 'did':
      return has(value, { event: isEvent, times: isTest, window: isWindow })
    case 'amount':
      return has(value, {
        amount: oneOf(['sum', 'average', 'smallest', 'largest']),
        of: (of) => has(of, { kind: oneOf(['value']) }) || has(of, { property: text }),
        event: isEvent,
        test: isTest,
        window: isWindow,
      })
    case 'distinct':
      return has(value, {
        of: (of) => has(of, { kind: oneOf(['days']) }) || has(of, { property: text }),
        event: isEvent,
        test: isTest,
        window: isWindow,
      })
    case 'first':
    case 'last':
      return has(value, { event: isEvent, window: isWindow })
    case 'sequence':
      return has(value, {
        steps: listOf(isEvent),
        stepWithinMs: orNull(number),
        withinMs: orNull(number),
        without: orNull(isEvent),
        window: isWindow,
      })
    case 'on-map':
      return has(value, {
        map: text,
        version: number,
        state: oneOf(MAP_STATES),
        step: orNull(text),
        window: isWindow,
      })
    case 'said':
      return has(value, {
        scale: oneOf(['csat', 'nps', 'ces', 'sentiment']),
        which: oneOf(['latest', 'any']),
        test: orNull(isTest),
        words: orNull(text),
        touchpoint: orNull(text),
        window: isWindow,
      })
    case 'in':
      return has(value, { of: oneOf(['segment', 'list']), id: text })
    default:
      return false
  }
}

function compares(value: unknown, operators: readonly (keyof typeof OPERATORS)[]): boolean {
  const op = operators.find((known) => known === fieldsOf(value)?.['op'])
  switch (op === undefined ? undefined : OPERATORS[op].takes) {
    case undefined:
      return false
    case 'none':
      return true
    case 'texts':
      return has(value, { values: listOf(text) })
    case 'range':
      return has(value, { least: text, most: text })
    case 'days':
      return has(value, { days: number })
    default:
      return has(value, { value: text })
  }
}
