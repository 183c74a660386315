import { PROBLEMS } from '@parcurs/contract'
import { ruleFaults, type MatchRule } from '@parcurs/domain'
import { cleanup, render } from '@testing-library/react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { Problem } from '../api/problem.ts'
import { useRefusalText } from '../imports/refusal-text.ts'
import { speakEverything } from '../languages/every-word.ts'
import { useProblemText } from './problem-text.ts'

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
