import type { z } from 'zod'
import { formOf } from './form.ts'
import type { Fault } from './problem.ts'

// Never echoed, not even to the sender: a problem ends in screenshots and tickets.
const SECRET = /pass|secret|token|key/i
const SHOWN = 80
const LISTED = 20

type Issue = z.core.$ZodIssue

/** What a schema found wrong, as places, values and expectations; `part` is `body`, `query` or `params`. */
export function faultsOf(part: string, issues: readonly Issue[], input: unknown): readonly Fault[] {
  return issues
    .slice(0, LISTED)
    .map(deepest)
    .map((issue) => {
      const value = valueAt(input, issue.path)
      return {
        place: placeOf(part, issue.path),
        value: issue.path.some((at) => SECRET.test(String(at))) ? null : shown(value),
        expected: expectedOf(issue),
        ...codeOf(issue, value),
      }
    })
}

/** One sentence for the terminal and the problem's `detail`. */
export function faultText({ place, value, expected }: Fault): string {
  return value === null
    ? `${place}: expected ${expected}`
    : `${place} is ${value}: expected ${expected}`
}

// A union fails with the faults of all its branches: the branch that got furthest is what was meant.
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue
  let best: Issue | null = null
  let depth = 0
  for (const branch of issue.errors) {
    for (const inner of branch) {
      const found = deepest({ ...inner, path: [...issue.path, ...inner.path] })
      if (found.path.length > Math.max(depth, issue.path.length)) {
        best = found
        depth = found.path.length
      }
    }
  }
  return best ?? issue
}

function expectedOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return article(issue.expected)
    case 'unrecognized_keys':
      return `no field ${issue.keys.map((key) => `'${cut(key)}'`).join(', ')}`
    case 'too_small':
      return `at least ${issue.minimum}${unit(issue.origin, issue.minimum)}`
    case 'too_big':
      return `at most ${issue.maximum}${unit(issue.origin, issue.maximum)}`
    case 'invalid_value':
      return issue.values.length === 1 ? JSON.stringify(issue.values[0]) : oneOf(issue.values)
    case 'invalid_format':
      // Our own patterns carry the expectation as their message.
      return issue.message.startsWith('Invalid') ? `a valid ${issue.format}` : issue.message
    case 'invalid_union':
      return unionText(issue)
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    case 'custom':
    case 'invalid_key':
    case 'invalid_element':
      return issue.message
  }
}

/** The same for other languages. Codes are public: never reused, never renamed. */
export const SCHEMA_FAULTS = [
  'missing',
  'wrong-type',
  'unknown-field',
  'too-short',
  'too-long',
  'too-few',
  'too-many',
  'too-small',
  'too-big',
  'not-one-of',
  'wrong-form',
  'wrong-shape',
  'not-a-multiple',
] as const
export type SchemaFaultCode = (typeof SCHEMA_FAULTS)[number]

interface Coded {
  readonly code: SchemaFaultCode
  readonly data?: Readonly<Record<string, string | number>>
}

function codeOf(issue: Issue, value: unknown): Coded {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined
        ? { code: 'missing' }
        : { code: 'wrong-type', data: { type: issue.expected } }
    case 'unrecognized_keys':
      return { code: 'unknown-field', data: { fields: issue.keys.map(cut).join(', ') } }
    case 'too_small':
      return {
        code: sized(issue.origin, 'too-short', 'too-few', 'too-small'),
        data: { count: Number(issue.minimum) },
      }
    case 'too_big':
      return {
        code: sized(issue.origin, 'too-long', 'too-many', 'too-big'),
        data: { count: Number(issue.maximum) },
      }
    case 'invalid_value':
      return { code: 'not-one-of', data: { choices: issue.values.map(String).join(', ') } }
    case 'invalid_format': {
      const form = formOf(issue.message)
      return form === null ? { code: 'wrong-shape' } : { code: 'wrong-form', data: { form } }
    }
    case 'not_multiple_of':
      return { code: 'not-a-multiple', data: { count: issue.divisor } }
    case 'invalid_union':
    case 'custom':
    case 'invalid_key':
    case 'invalid_element':
      return value === undefined ? { code: 'missing' } : { code: 'wrong-shape' }
  }
}

function sized(
  origin: string,
  text: SchemaFaultCode,
  list: SchemaFaultCode,
  number: SchemaFaultCode,
): SchemaFaultCode {
  if (origin === 'string') return text
  return origin === 'array' || origin === 'set' ? list : number
}

function unionText(issue: z.core.$ZodIssueInvalidUnion): string {
  if ('options' in issue && issue.options !== undefined) return oneOf(issue.options)
  const said = issue.errors.flatMap((branch) =>
    branch.filter((inner) => inner.path.length === 0).map(expectedOf),
  )
  return said.length === 0 ? issue.message : [...new Set(said)].join(' or ')
}

function oneOf(values: readonly z.core.util.Primitive[]): string {
  return `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`
}

function article(type: string): string {
  if (type === 'int') return 'a whole number'
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}

function unit(origin: string, count: number | bigint): string {
  const many = Number(count) === 1 ? '' : 's'
  if (origin === 'string') return ` character${many}`
  if (origin === 'array' || origin === 'set') return ` item${many}`
  return ''
}

function placeOf(part: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, at) =>
      typeof at === 'number'
        ? `${place}[${at}]`
        : /^[A-Za-z_$][\w$]*$/.test(String(at))
          ? `${place}.${String(at)}`
          : `${place}[${JSON.stringify(cut(String(at)))}]`,
    part,
  )
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let at = input
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = Reflect.get(at, key)
  }
  return at
}

/** JSON of a value, cut short; null when there is no value. */
function shown(value: unknown): string | null {
  if (value === undefined) return null
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'a list' : 'an object'
  return cut(JSON.stringify(value))
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
