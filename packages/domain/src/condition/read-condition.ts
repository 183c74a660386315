import { OPERATORS, isOperator } from './operator.ts'

/**
 * Other ways to write a condition that are understood, as the one way in which it is kept: `{ property, op, value }`,
 * `{ trait, op, value }`, `{ any: […] }`, `{ all: […] }`, `{ conditions: […] }`, and a value beside an operator
 * that takes none. Whatever else stands there is left as it is, for the schema to refuse.
 */
export function readCondition(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
  const fields: Readonly<Record<string, unknown>> = { ...given }
  if ('kind' in fields) {
    return 'rules' in fields
      ? { ...fields, rules: each(fields['rules']) }
      : withoutIdleValue(fields)
  }
  for (const [key, kind] of JOINED) {
    if (key in fields) {
      const { [key]: rules, ...rest } = fields
      return { kind, rules: each(rules), ...rest }
    }
  }
  if ('property' in fields) return withoutIdleValue({ kind: 'property', ...fields })
  if ('trait' in fields) return withoutIdleValue({ kind: 'trait', ...fields })
  return given
}

const JOINED = [
  ['all', 'all'],
  ['conditions', 'all'],
  ['any', 'any'],
] as const

function each(rules: unknown): unknown {
  return Array.isArray(rules) ? rules.map(readCondition) : rules
}

function withoutIdleValue(fields: Readonly<Record<string, unknown>>): unknown {
  const { op, value, ...rest } = fields
  const idle = typeof op === 'string' && isOperator(op) && OPERATORS[op].takes === 'none'
  return idle && typeof value === 'string' ? { ...rest, op } : fields
}
