import { EVERYBODY, type SegmentRule } from '@parcurs/domain'
import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, within } from '@testing-library/react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { type Ask, AskContext } from '../api/ask.ts'
import { Problem } from '../api/problem.ts'
import { queryClient } from '../api/query-client.ts'
import { segmentAnswers } from '../fixture/segment-answers.ts'
import { speakEverything } from '../languages/every-word.ts'
import { numberFormats } from '../numbers/number-formats.ts'
import { NumbersContext } from '../numbers/numbers-context.ts'
import { WorkspaceContext } from '../shell/workspace-context.ts'
import { SegmentForm } from './segment-form.tsx'

beforeAll(() => speakEverything('en'))
afterEach(cleanup)

const leaf = (trait: string): SegmentRule => ({ kind: 'trait', trait, op: 'set' })
const ab: SegmentRule = { kind: 'all', rules: [leaf('a'), leaf('b')] }

interface Asked {
  readonly name: string
  readonly body: unknown
}

function shown(
  rule: SegmentRule,
  answers: Readonly<Record<string, (body: unknown) => unknown>> = {},
) {
  const asked: Asked[] = []
  const known: Readonly<Record<string, (body: unknown, params: never) => unknown>> = {
    touchpointLibrary: () => [],
    maps: () => [],
    ...segmentAnswers,
    ...answers,
  }
  const ask: Ask = async (name, asking = {}) => {
    asked.push({ name, body: asking.body })
    const answer = known[name]
    if (answer === undefined) throw new Problem(404, 'not-found', name)
    return JSON.parse(JSON.stringify(await answer(asking.body, {} as never)))
  }
  const view = render(
    <AskContext value={ask}>
      <QueryClientProvider client={queryClient()}>
        <NumbersContext value={numberFormats('en', 'EUR', 'UTC')}>
          <WorkspaceContext
            value={{
              id: 1,
              slug: 'demo',
              name: 'Demo',
              role: 'owner',
              currency: 'EUR',
              timeZone: 'UTC',
              weekStart: 'monday',
              simulated: true,
            }}
          >
            <SegmentForm
              workspace="demo"
              draft={{ id: null, version: 0, name: '', description: '', rule }}
              onSaved={() => undefined}
              onCancel={() => undefined}
            />
          </WorkspaceContext>
        </NumbersContext>
      </QueryClientProvider>
    </AskContext>,
  )
  const sentence = view.getByRole('group', { name: 'Sentence' })
  return {
    ...view,
    sentence,
    asked,
    lines: () =>
      within(sentence)
        .getAllByRole('group')
        .map((line) => line.getAttribute('aria-label')),
    press: (key: string, keys: { ctrlKey?: boolean; altKey?: boolean; shiftKey?: boolean } = {}) =>
      fireEvent.keyDown(document.activeElement ?? sentence, { key, ...keys }),
    stops: () =>
      [...sentence.querySelectorAll<HTMLElement>('button')].filter(
        ({ tabIndex }) => tabIndex === 0,
      ),
  }
}

test('[UI47] the sentence is one Tab stop: arrows move between its parts and lines, Home and End to the ends', () => {
  const { stops, press } = shown(ab)
  expect(stops()).toHaveLength(1)
  stops()[0]?.focus()
  const at = () => document.activeElement?.textContent
  expect(at()).toBe('for whom all of these hold')
  press('ArrowDown')
  expect(at()).toBe('whose')
  press('ArrowRight')
  expect(at()).toBe('a')
  press('ArrowDown')
  expect(at()).toBe('b')
  press('End')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('More for this line')
  press('Home', { ctrlKey: true })
  expect(at()).toBe('for whom all of these hold')
  press('End', { ctrlKey: true })
  expect(at()).toBe('Add a condition')
  expect(stops()).toHaveLength(1)
})

test('[UI47] Alt and arrows move a condition, Delete takes it out, Ctrl+Z and Ctrl+Shift+Z go back and forth', () => {
  const { lines, press, stops, getAllByRole } = shown(ab)
  const [a, b] = ['whose a is known', 'whose b is known']
  expect(lines()).toEqual([a, b])
  stops()[0]?.focus()
  press('ArrowDown')
  press('ArrowDown', { altKey: true })
  expect(lines()).toEqual([b, a])
  press('Delete')
  expect(lines()).toEqual([b])
  expect(getAllByRole('status').map((one) => one.textContent)).toContain(`Removed: ${a}`)
  press('z', { ctrlKey: true })
  expect(lines()).toEqual([b, a])
  press('z', { ctrlKey: true })
  expect(lines()).toEqual([a, b])
  press('z', { ctrlKey: true, shiftKey: true })
  press('y', { ctrlKey: true })
  expect(lines()).toEqual([b])
})

test('[UI47] a part opens a small choice; what is picked stands in the sentence', async () => {
  const { lines, getByRole, findByRole, getByText } = shown(ab)
  fireEvent.click(getByText('a'))
  const box = await findByRole('combobox', { name: 'Customer trait' })
  fireEvent.change(box, { target: { value: 'coun' } })
  await findByRole('option', { name: /country/ })
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(lines()[0]).toBe('whose country is known')
  expect(
    getByRole('group', { name: 'Sentence' }).querySelectorAll('[data-part="trait"]'),
  ).toHaveLength(2)
})

test('[UI48] size and examples follow the sentence; with a gap nothing is asked', async () => {
  const { asked, findByText, getByText, getByRole, press, stops } = shown(EVERYBODY)
  await findByText('Ioana Pop')
  const before = asked.filter(({ name }) => name === 'previewSegment').length
  expect(before).toBe(1)
  stops()[0]?.focus()
  fireEvent.click(getByText('Add a condition'))
  press('Enter')
  expect(getByText('choose an event')).toBeTruthy()
  await findByText('Fill the gap in the sentence to count.')
  expect(getByRole('complementary').getAttribute('aria-busy')).toBe('true')
  expect(asked.filter(({ name }) => name === 'previewSegment')).toHaveLength(before)
})

test('[UI48] what nothing is like yet, and what is wrong, is said under its condition', async () => {
  const unseen = shown(leaf('moon'))
  expect(await unseen.findByText('Nothing like this yet: trait “moon”')).toBeTruthy()
  cleanup()
  const wrong = shown({ kind: 'trait', trait: 'age', op: 'gte', value: 'ten' })
  expect(wrong.getByText(/ten.* is not a number/)).toBeTruthy()
})

test('[UI48] what the server refuses stands at its place, in words', async () => {
  const { findAllByText } = shown(ab, {
    previewSegment: () => {
      throw new Problem(400, 'bad-request', '', [
        {
          code: 'segment-unknown',
          place: 'rule.rules[1].id',
          value: '"sg_9"',
          expected: 'a segment of this workspace',
        },
      ])
    },
  })
  const said = await findAllByText(/There is no segment .*sg_9/)
  expect(said[0]?.closest('[role="group"]')?.getAttribute('aria-label')).toBe('whose b is known')
})

test('[UI48] it is saved with a name and without gaps, as plainly as it can be', async () => {
  const { asked, getByRole, getByText, getByLabelText } = shown({ kind: 'all', rules: [leaf('a')] })
  fireEvent.click(getByRole('button', { name: 'Save' }))
  expect(getByText('Give it a name.')).toBeTruthy()
  fireEvent.change(getByLabelText('Name'), { target: { value: ' Known ' } })
  fireEvent.click(getByRole('button', { name: 'Save' }))
  await expect
    .poll(() => asked.find(({ name }) => name === 'createSegment')?.body)
    .toEqual({ name: 'Known', description: '', rule: leaf('a') })
})

test('[UI53] the sentence as text is read back, and a text that is no sentence says from where', async () => {
  const { findByLabelText, getByRole, getByText, findByText } = shown(leaf('moon'))
  const summary = getByText('As text')
  const details = summary.closest('details')
  if (details === null) throw new Error('the text is not shown')
  details.open = true
  fireEvent(details, new Event('toggle'))
  const text = await findByLabelText('The sentence as plain text')
  const said = text instanceof HTMLTextAreaElement ? text.value : ''
  expect(said).toMatch(/^Customers whose moon/)
  fireEvent.change(text, { target: { value: said.replace('moon', 'sun') } })
  fireEvent.click(getByRole('button', { name: 'Use this text' }))
  expect((await findByLabelText('The sentence as plain text')).textContent).toContain('sun')
  fireEvent.change(text, { target: { value: 'Customers who flew' } })
  await findByText(/Not understood from “.*flew” on/)
})
