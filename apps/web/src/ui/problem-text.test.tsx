import { email, faultsOf, FORMS, PROBLEMS, SCHEMA_FAULTS } from '@parcurs/contract'
import { mapFaults, ruleFaults, type MatchRule, PLAIN_STEP } from '@parcurs/domain'
import { cleanup, render } from '@testing-library/react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { Problem } from '../api/problem.ts'
import { useRefusalText } from '../imports/refusal-text.ts'
import { speakEverything } from '../languages/every-word.ts'
import { FORM_NAMES, SCHEMA_CODES } from './fault-text.ts'
import { SAID, useProblemText } from './problem-text.ts'

beforeAll(() => speakEverything('el'))
afterEach(cleanup)

function Said({ error }: { readonly error: Error }) {
  return <p>{useProblemText()(error)}</p>
}

function said(error: Error): string {
  const { container } = render(<Said error={error} />)
  return container.textContent ?? ''
}

const GREEK = /\p{Script=Greek}{3,}/u

test.each<MatchRule>([
  { kind: 'event', names: [] },
  { kind: 'channel', channels: [''] },
  { kind: 'url', op: 'equals', value: '' },
  { kind: 'property', property: '', op: 'eq', value: '' },
  { kind: 'property', property: 'price', op: 'gte', value: 'dear' },
  { kind: 'property', property: 'brand', op: 'one-of', values: [] },
  { kind: 'property', property: 'brand', op: 'one-of', values: new Array(10_001).fill('a') },
  { kind: 'property', property: 'price', op: 'between', least: '5', most: '4' },
  { kind: 'all', rules: [] },
  { kind: 'any', rules: Array.from({ length: 101 }, () => ({ kind: 'event', names: ['a'] })) },
])('[UI34] what is wrong with a rule is said in the language spoken: %j', (rule) => {
  const faults = ruleFaults(rule)
  expect(faults.length).toBeGreaterThan(0)
  const text = said(new Problem(400, 'value-invalid', 'in English', faults))
  expect(text).toMatch(GREEK)
  expect(text).not.toContain('expected')
})

test('[UI34] a question that was given up, and every refusal a screen can cause, has its own words', () => {
  for (const code of ['question-cancelled', 'question-too-large', 'in-use', 'changed-meanwhile']) {
    expect(Object.keys(PROBLEMS)).toContain(code)
    const text = said(new Problem(503, code, 'in English'))
    expect([code, text]).toEqual([code, expect.stringMatching(GREEK)])
    expect(text).not.toContain('in English')
    cleanup()
  }
})

test('[UI34] every problem that the contract knows has words of its own', () => {
  expect(Object.keys(PROBLEMS).filter((code) => !SAID.some((one) => one === code))).toEqual([])
})

const schema = z.strictObject({
  name: z.string().min(3).max(5),
  days: z.int().min(1).max(366),
  role: z.enum(['owner', 'viewer']),
  email,
  steps: z.array(z.string()).min(1).max(2),
  at: z.union([z.number(), z.string()]),
})

const GOOD = { name: 'abc', days: 1, role: 'owner', email: 'a@b.eu', steps: ['x'], at: 1 }

test.each([
  [{ name: undefined }, 'missing'],
  [{ name: 'ab' }, 'too-short'],
  [{ name: 'abcdef' }, 'too-long'],
  [{ name: 7 }, 'wrong-type'],
  [{ days: 1.5 }, 'wrong-type'],
  [{ days: 0 }, 'too-small'],
  [{ days: 400 }, 'too-big'],
  [{ role: 'king' }, 'not-one-of'],
  [{ email: 'nobody' }, 'wrong-form'],
  [{ steps: [] }, 'too-few'],
  [{ steps: ['a', 'b', 'c'] }, 'too-many'],
  [{ at: true }, 'wrong-shape'],
  [{ more: 1 }, 'unknown-field'],
])('[UI34] what a schema refuses is said in the language spoken: %j', (part, code) => {
  const input = { ...GOOD, ...part }
  const checked = schema.safeParse(input)
  const faults = checked.success ? [] : faultsOf('body', checked.error.issues, input)
  expect(faults.map((fault) => fault.code)).toEqual([code])
  const text = said(new Problem(400, 'value-invalid', 'in English', faults))
  expect(text).toMatch(GREEK)
  expect(text).not.toContain('expected')
  expect(text).not.toContain('undefined')
})

test('[UI34] codes and forms are those of the contract', () => {
  expect([...SCHEMA_CODES].toSorted()).toEqual([...SCHEMA_FAULTS].toSorted())
  expect([...FORM_NAMES].toSorted()).toEqual(Object.keys(FORMS).toSorted())
})

test('[UI34] what is wrong with a map is said in the language spoken', () => {
  const step = {
    id: 'a',
    name: 'A',
    touchpointIds: ['gone'],
    ...PLAIN_STEP,
    optional: false,
    momentOfTruth: false,
    believedEmotion: null,
  }
  const stages = [
    { id: 's', kind: 'own' as const, name: 'S', steps: [step, { ...step, touchpointIds: [] }] },
  ]
  const faults = mapFaults({ stages, goal: null }, new Set(), {
    ownId: null,
    detailsOf: new Map(),
  })
  expect(faults.map(({ code }) => code)).toEqual(['touchpoint-unknown', 'id-twice'])
  const text = said(new Problem(400, 'value-invalid', 'in English', faults))
  expect(text).toMatch(GREEK)
  expect(text).not.toContain('expected')
})

function Refusals({ codes }: { readonly codes: readonly string[] }) {
  const text = useRefusalText()
  return <p>{codes.map((code) => text.row(code) ?? text.file(code) ?? code).join(' · ')}</p>
}

test('[UI34] why rows and files were refused is said in the language spoken; an unknown code stays', () => {
  const { container } = render(
    <Refusals codes={['time-unreadable', 'no-delimiter', 'from-the-future']} />,
  )
  const [row = '', file = '', unknown] = (container.textContent ?? '').split(' · ')
  expect(row).toMatch(GREEK)
  expect(file).toMatch(GREEK)
  expect(unknown).toBe('from-the-future')
})

test('[UI34] nothing that is written for programs reaches a person', () => {
  const place = 'body.timeZone'
  for (const [error, words] of [
    [new Error('Cannot read properties of undefined'), 'Κάτι χάλασε'],
    [new TypeError('Failed to fetch dynamically imported module: /assets/x.js'), 'διακομιστής'],
    [new Problem(500, 'of-tomorrow', 'The answer is written in English'), 'of-tomorrow'],
    [
      new Problem(400, 'value-invalid', 'in English', [
        { place, value: '"Mars"', expected: 'a zone of this planet' },
      ]),
      'Ζώνη ώρας',
    ],
    [
      new Problem(400, 'value-invalid', 'in English', [
        { place: 'query.name', value: null, expected: 'a name in English' },
      ]),
      'Όνομα',
    ],
  ] as const) {
    const text = said(error)
    expect(text).toContain(words)
    expect(text).not.toMatch(/English|body|query|timeZone|undefined|planet|module/)
    cleanup()
  }
})
