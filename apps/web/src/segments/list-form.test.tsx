import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render } from '@testing-library/react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { type Ask, AskContext } from '../api/ask.ts'
import { queryClient } from '../api/query-client.ts'
import { segmentAnswers } from '../fixture/segment-answers.ts'
import { speakEverything } from '../languages/every-word.ts'
import { numberFormats } from '../numbers/number-formats.ts'
import { NumbersContext } from '../numbers/numbers-context.ts'
import { ListForm } from './list-form.tsx'
import type { SavedSegment } from './use-segments.ts'

beforeAll(() => speakEverything('en'))
afterEach(cleanup)

const [saved] = segmentAnswers.segments()

function shown(notFound: { readonly ids: number; readonly examples: readonly string[] }) {
  if (saved === undefined) throw new Error('no such segment')
  const list: SavedSegment = {
    ...saved,
    name: 'Guests',
    version: 3,
    fixed: true,
    rule: { kind: 'in', of: 'list', id: 'ls_1' },
  }
  const asked: unknown[] = []
  const ask: Ask = async (name, asking = {}) => {
    asked.push([name, asking.body])
    const answer =
      name === 'changeList'
        ? {
            segment: { ...list, version: 4, rule: { kind: 'in', of: 'list', id: 'ls_2' } },
            notFound,
          }
        : list
    return JSON.parse(JSON.stringify(answer))
  }
  const done: string[] = []
  const view = render(
    <AskContext value={ask}>
      <QueryClientProvider client={queryClient()}>
        <NumbersContext value={numberFormats('en', 'EUR', 'UTC')}>
          <ListForm
            workspace="demo"
            draft={list}
            onSaved={() => done.push('saved')}
            onCancel={() => done.push('cancelled')}
          />
        </NumbersContext>
      </QueryClientProvider>
    </AskContext>,
  )
  const type = (label: string, value: string) =>
    fireEvent.change(view.getByLabelText(label), { target: { value } })
  return { ...view, asked, done, type, save: () => fireEvent.click(view.getByText('Save')) }
}

test('[UI56] a list is renamed, added to and taken from; each change is of the version before', async () => {
  const { asked, done, type, save, queryByRole } = shown({ ids: 0, examples: [] })
  expect(queryByRole('group', { name: 'Sentence' })).toBeNull()
  type('Name', 'Guests of May')
  type('Add customers', 'ana@example.org\n u-7 ,u-8\n\n')
  type('Take customers off', 'u-9')
  save()
  await expect.poll(() => done).toEqual(['saved'])
  expect(asked).toEqual([
    ['changeList', { version: 3, add: ['ana@example.org', 'u-7', 'u-8'], remove: ['u-9'] }],
    [
      'changeSegment',
      {
        name: 'Guests of May',
        description: '',
        rule: { kind: 'in', of: 'list', id: 'ls_2' },
        version: 4,
      },
    ],
  ])
})

test('[UI56] what was not found is said, and stays to be looked at', async () => {
  const { done, type, save, findByText } = shown({ ids: 2, examples: ['nobody', 'none'] })
  type('Add customers', 'nobody\nnone')
  save()
  await findByText('Saved. 2 were not found: nobody, none')
  expect(done).toEqual([])
})
