import type { z } from 'zod'
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
