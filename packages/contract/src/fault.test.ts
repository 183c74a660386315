import { expect, test } from 'vitest'
import { z } from 'zod'
import { faultsOf, faultText } from './fault.ts'
import { email } from './fields.ts'

const rule: z.ZodType = z.lazy(() =>
  z.union([
    z.strictObject({ kind: z.literal('event'), names: z.array(z.string()).min(1) }),
    z.strictObject({ kind: z.enum(['all', 'any']), rules: z.array(rule) }),
  ]),
)

const said = (schema: z.ZodType, input: unknown) => {
  const checked = schema.safeParse(input)
  return checked.success ? [] : faultsOf('body', checked.error.issues, input).map(faultText)
}

test.each([
  [z.strictObject({ a: z.int() }), { a: 1.5 }, 'body.a is 1.5: expected a whole number'],
  [z.strictObject({ a: z.int() }), {}, 'body.a: expected a number'],
  [
    z.strictObject({ a: z.enum(['x', 'y']) }),
    { a: 'z' },
    'body.a is "z": expected one of "x", "y"',
  ],
  [z.strictObject({ a: z.literal(3) }), { a: 4 }, 'body.a is 4: expected 3'],
  [z.array(z.string().max(2)), ['abc'], 'body[0] is "abc": expected at most 2 characters'],
  [z.record(z.string(), z.int()), { 'a b': 'x' }, 'body["a b"] is "x": expected a number'],
  [z.email('an email address'), 'no', 'body is "no": expected an email address'],
  [z.union([z.string(), z.int()]), true, 'body is true: expected a string or a number'],
  [
    z.strictObject({}),
    { windowSeconds: 1 },
    "body is an object: expected no field 'windowSeconds'",
  ],
  [rule, { kind: 'event', names: [] }, 'body.names is a list: expected at least 1 item'],
  [
    rule,
    { kind: 'all', rules: [{ kind: 'event', names: [5] }] },
    'body.rules[0].names[0] is 5: expected a string',
  ],
  [
    z.string().max(3),
    'x'.repeat(500),
    `body is "${'x'.repeat(79)}…: expected at most 3 characters`,
  ],
])('[OA7] %# names the place, the value and what was expected', (schema, input, text) => {
  expect(said(schema, input)).toEqual([text])
})

test('[OA7] a secret is never repeated, however deep it stands', () => {
  const schema = z.strictObject({
    password: z.string().min(10),
    nested: z.strictObject({ apiKey: z.int() }),
  })
  expect(said(schema, { password: 'hunter2', nested: { apiKey: 'hunter2' } })).toEqual([
    'body.password: expected at least 10 characters',
    'body.nested.apiKey: expected a number',
  ])
})

test('[OA7] of many faults the first twenty are listed', () => {
  expect(
    said(
      z.array(z.string()),
      Array.from({ length: 100 }, () => 1),
    ),
  ).toHaveLength(20)
})

test.each([
  [z.string(), undefined, { code: 'missing' }],
  [z.int(), 1.5, { code: 'wrong-type', data: { type: 'int' } }],
  [z.string().min(3), 'ab', { code: 'too-short', data: { count: 3 } }],
  [z.array(z.string()).max(1), ['a', 'b'], { code: 'too-many', data: { count: 1 } }],
  [z.number().max(5), 6, { code: 'too-big', data: { count: 5 } }],
  [z.enum(['x', 'y']), 'z', { code: 'not-one-of', data: { choices: 'x, y' } }],
  [email, 'no', { code: 'wrong-form', data: { form: 'email' } }],
  [z.strictObject({}), { a: 1 }, { code: 'unknown-field', data: { fields: 'a' } }],
])('[OA7] %# has a code, and what its words are filled in with', (schema, input, coded) => {
  const checked = schema.safeParse(input)
  expect(faultsOf('body', checked.error?.issues ?? [], input)).toMatchObject([coded])
})
