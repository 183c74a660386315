import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Column } from './column.ts'
import {
  changeList,
  filterTexts,
  FIRST_STATE,
  type ListChange,
  type ListState,
  PAGE_ROWS,
  pageOf,
  rowsShown,
} from './list-state.ts'

interface Row {
  readonly name: string
  readonly channel: string
  readonly events: number | null
}

const columns: readonly Column<Row>[] = [
  { id: 'name', title: 'Name', text: ({ name }) => name },
  { id: 'channel', title: 'Channel', text: ({ channel }) => channel, filter: true },
  {
    id: 'events',
    title: 'Events',
    kind: 'number',
    text: ({ events }) => (events === null ? '—' : String(events)),
    order: ({ events }) => events,
  },
]

const rows: readonly Row[] = [
  { name: 'Page 10', channel: 'Web', events: 5 },
  { name: 'Page 2', channel: 'Web', events: null },
  { name: 'Καλάθι', channel: 'App', events: 70 },
]

function names(...changes: readonly ListChange[]): readonly string[] {
  return rowsShown(rows, columns, changes.reduce(changeList, FIRST_STATE), 'en').map(
    ({ name }) => name,
  )
}

const sort = { kind: 'sort', column: 'events' } as const

describe('[UI37] what a list shows', () => {
  test.each<[string, readonly ListChange[], readonly string[]]>([
    ['nothing asked: as they came', [], ['Page 10', 'Page 2', 'Καλάθι']],
    ['a number rising, the unknown last', [sort], ['Page 10', 'Καλάθι', 'Page 2']],
    ['falling, the unknown still last', [sort, sort], ['Καλάθι', 'Page 10', 'Page 2']],
    ['pressed a third time: as they came', [sort, sort, sort], ['Page 10', 'Page 2', 'Καλάθι']],
    [
      'texts by the alphabet, numbers in them by size',
      [{ kind: 'sort', column: 'name' }],
      ['Page 2', 'Page 10', 'Καλάθι'],
    ],
    ['words without accents and case', [{ kind: 'type', typed: 'ΚΑΛΑΘΙ app' }], ['Καλάθι']],
    ['words in any column, all of them', [{ kind: 'type', typed: 'web 70' }], []],
    [
      'one text of a column',
      [{ kind: 'filter', column: 'channel', text: 'Web' }],
      ['Page 10', 'Page 2'],
    ],
    [
      'and everything again',
      [{ kind: 'filter', column: 'channel', text: 'Web' }, { kind: 'everything' }],
      ['Page 10', 'Page 2', 'Καλάθι'],
    ],
  ])('[UI37] %s', (_, changes, shown) => {
    expect(names(...changes)).toEqual(shown)
  })

  test('[UI37] order and pages neither lose nor repeat a row', () => {
    const row = fc.record({
      name: fc.string(),
      channel: fc.constantFrom('Web', 'App'),
      events: fc.option(fc.integer(), { nil: null }),
    })
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 3 * PAGE_ROWS }),
        fc.constantFrom('name', 'events'),
        fc.boolean(),
        (some, column, descending) => {
          const state: ListState = { ...FIRST_STATE, sort: { column, descending } }
          const found = rowsShown(some, columns, state, 'en')
          const { pages } = pageOf(found, 0)
          const paged = Array.from({ length: pages }, (_, page) => pageOf(found, page).rows).flat()
          expect(paged).toEqual(found)
          expect(new Set(found)).toEqual(new Set(some))
          expect(found).toHaveLength(some.length)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('[UI37] a page that is no longer there gives way to the last, and a search begins at the first', () => {
    expect(pageOf(rows, 7)).toMatchObject({ page: 0, pages: 1 })
    expect(changeList({ ...FIRST_STATE, page: 3 }, { kind: 'type', typed: 'x' }).page).toBe(0)
  })

  test('[UI37] a filter offers the texts there are, the most frequent first', () => {
    const [, channel] = columns
    if (channel === undefined) throw new Error('There is a second column')
    expect(filterTexts(rows, channel)).toEqual([
      { text: 'Web', rows: 2 },
      { text: 'App', rows: 1 },
    ])
  })
})
