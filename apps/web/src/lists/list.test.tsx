import { cleanup, fireEvent, render, within } from '@testing-library/react'
import i18next from 'i18next'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { Problem } from '../api/problem.ts'
import { DeviceContext, type DeviceMemory, deviceMemory } from '../device/device-memory.ts'
import { speakEverything } from '../languages/every-word.ts'
import { Words, WordsContext } from '../languages/words.ts'
import { numberFormats } from '../numbers/number-formats.ts'
import { NumbersContext } from '../numbers/numbers-context.ts'
import type { Asked } from '../ui/asked.ts'
import type { Column } from './column.ts'
import { List } from './list.tsx'
import type { BulkAction } from './list-bulk.tsx'

beforeAll(() => speakEverything('en'))
afterEach(cleanup)

interface Row {
  readonly id: string
  readonly name: string
  readonly events: number
}

const rows: readonly Row[] = Array.from({ length: 120 }, (_, i) => ({
  id: `r${i}`,
  name: `Row ${i}`,
  events: (i * 37) % 120,
}))

const opened: string[] = []
const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    title: 'Name',
    fixed: true,
    text: ({ name }) => name,
    cell: ({ id, name }) => (
      <button type="button" onClick={() => opened.push(id)}>
        {name}
      </button>
    ),
  },
  {
    id: 'events',
    title: 'Events',
    kind: 'number',
    text: ({ events }) => String(events),
    order: ({ events }) => events,
  },
]

function Around(props: { readonly memory?: DeviceMemory; readonly children: ReactNode }) {
  const memory = props.memory ?? deviceMemory(() => null)
  return (
    <DeviceContext value={memory}>
      <WordsContext value={new Words(i18next, () => Promise.resolve({}), memory)}>
        <NumbersContext value={numberFormats('en', 'EUR', 'UTC')}>{props.children}</NumbersContext>
      </WordsContext>
    </DeviceContext>
  )
}

function shown(
  asked: Asked<readonly Row[]>,
  bulk: readonly BulkAction<Row>[] = [],
  memory?: DeviceMemory,
) {
  return render(
    <Around {...(memory === undefined ? {} : { memory })}>
      <List
        name="rows"
        label="Rows"
        asked={asked}
        rowId={({ id }) => id}
        columns={columns}
        empty={<p>Nothing yet</p>}
        bulk={bulk}
      />
    </Around>,
  )
}

const answered: Asked<readonly Row[]> = { state: 'answered', answer: rows }

test('[UI37] a long list is drawn page by page', () => {
  const { getByRole, getAllByRole, getByText } = shown(answered)
  expect(getAllByRole('row')).toHaveLength(51)
  expect(getByText('1–50 of 120')).toBeTruthy()
  fireEvent.click(getByRole('button', { name: 'Next page' }))
  fireEvent.click(getByRole('button', { name: 'Next page' }))
  expect(getAllByRole('row')).toHaveLength(21)
})

test('[UI44] what cannot be undone is asked about before it is done to several rows', async () => {
  const removed: string[] = []
  const bulk: BulkAction<Row> = {
    id: 'remove',
    text: 'Remove',
    danger: true,
    run: ({ id }) => Promise.resolve(removed.push(id)),
    after: () => Promise.resolve(),
  }
  const { getAllByRole, getByRole, findByText, queryByText } = shown(answered, [bulk])
  const boxes = getAllByRole('checkbox')
  if (boxes[1] === undefined) throw new Error('no row can be chosen')
  fireEvent.click(boxes[1])
  fireEvent.click(getByRole('button', { name: 'Remove' }))
  await findByText('This cannot be undone.')
  fireEvent.click(getByRole('button', { name: 'Cancel' }))
  expect([removed, queryByText('This cannot be undone.')]).toEqual([[], null])
  fireEvent.click(getByRole('button', { name: 'Remove' }))
  fireEvent.click(getByRole('button', { name: 'Remove' }))
  await expect.poll(() => removed).toHaveLength(1)
})

test('[UI39] the list is one Tab stop: arrows, Home and End move, Enter opens, Space chooses', async () => {
  const removed: string[] = []
  const bulk: BulkAction<Row> = {
    id: 'remove',
    text: 'Remove',
    run: ({ id }) => Promise.resolve(removed.push(id)),
    after: () => Promise.resolve(),
  }
  const { getByRole, findByText } = shown(answered, [bulk])
  const grid = getByRole('grid', { name: 'Rows' })
  const stops = () =>
    [...grid.querySelectorAll<HTMLElement>('*')].filter((one) => one.tabIndex === 0)
  expect(stops()).toHaveLength(1)
  const press = (key: string, ctrlKey = false) =>
    fireEvent.keyDown(document.activeElement ?? grid, { key, ctrlKey })
  stops()[0]?.focus()
  const at = () => document.activeElement?.closest('tr')?.rowIndex
  expect(at()).toBe(1)
  press('ArrowDown')
  press('ArrowDown')
  press('End')
  expect([at(), document.activeElement?.textContent]).toEqual([3, '74'])
  expect(stops()).toHaveLength(1)
  opened.length = 0
  press('Enter')
  expect(opened).toEqual(['r2'])
  press(' ')
  await findByText('1 selected')
  press('Home', true)
  expect(at()).toBe(0)
  press('End', true)
  expect(at()).toBe(50)
  expect(stops()).toHaveLength(1)
  fireEvent.click(getByRole('button', { name: 'Remove' }))
  await expect.poll(() => removed).toEqual(['r2'])
})

test('[UI39] what could not be done to one row is said, and done to the others', async () => {
  const done: string[] = []
  const { getByRole, findByRole } = shown(answered, [
    {
      id: 'remove',
      text: 'Remove',
      run: ({ id }) =>
        id === 'r1'
          ? Promise.reject(new Problem(409, 'in-use', 'a map uses it'))
          : Promise.resolve(done.push(id)),
      after: () => Promise.resolve(),
    },
  ])
  for (const name of ['Select Row 0', 'Select Row 1', 'Select Row 2']) {
    fireEvent.click(getByRole('checkbox', { name }))
  }
  fireEvent.click(getByRole('button', { name: 'Remove' }))
  expect((await findByRole('alert')).textContent).toMatch(
    /1 could not be changed: It is still in use/,
  )
  expect(done).toEqual(['r0', 'r2'])
})

test('[UI40] the chosen columns are remembered on the device', () => {
  const memory = deviceMemory(() => null)
  memory.set('columns.rows', 'events')
  const { getAllByRole } = shown(answered, [], memory)
  expect(getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(['Name'])
})

test.each<[string, Asked<readonly Row[]>, RegExp]>([
  ['waiting', { state: 'waiting' }, /Counting/],
  ['nothing there', { state: 'answered', answer: [] }, /Nothing yet/],
  [
    'refused',
    {
      state: 'refused',
      error: new Problem(408, 'question-too-slow', ''),
      answer: null,
      retry: () => undefined,
    },
    /took too long/,
  ],
  [
    'offline with what was there',
    {
      state: 'offline',
      error: new Problem(0, 'unreachable', ''),
      answer: rows,
      retry: () => undefined,
    },
    /cannot be reached.*Row 0/,
  ],
])('[UI41] %s', (_, asked, says) => {
  const { container } = shown(asked)
  expect(container.textContent).toMatch(says)
})

test('[UI41] an old answer stays, marked as old, and the bar stays whatever happens', () => {
  const { container, rerender } = shown({ state: 'stale', answer: rows })
  expect(container.querySelector('[aria-busy="true"]')).toBeTruthy()
  expect(within(container).getByRole('searchbox')).toBeTruthy()
  rerender(
    <Around>
      <List
        name="rows"
        label="Rows"
        asked={{ state: 'refused', error: new Error('no'), answer: null, retry: () => undefined }}
        rowId={({ id }) => id}
        columns={columns}
        empty={null}
      />
    </Around>,
  )
  expect(within(container).getByRole('searchbox')).toBeTruthy()
})
