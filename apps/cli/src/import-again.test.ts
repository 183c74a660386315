import { expect, test } from 'vitest'
import { againLines, choiceOf } from './import-again.ts'

// SPEC.md [IM50]: rows that are here already are not doubled and not lost without a word.

const again = {
  rows: 5,
  here: 4,
  double: false,
  imports: [{ importId: 'im_1', name: 'shop.csv', createdMs: 0, rows: 4, stored: 1200 }],
}
const typed =
  (...answers: readonly string[]) =>
  async () =>
    answers[asked++] ?? ''
let asked = 0
const replaced = { kind: 'replace', importIds: ['im_1'] }

test('[IM50] what is said holds; who is there is asked; else nothing is doubled or taken away', async () => {
  expect(await choiceOf(null, { replace: true, ask: null })).toEqual({ kind: 'keep' })
  expect(await choiceOf(again, { replace: true, ask: null })).toEqual(replaced)
  expect(await choiceOf({ ...again, double: true }, { keep: true, ask: null })).toEqual({
    kind: 'keep',
  })
  expect(await choiceOf(again, { ask: null })).toEqual({ kind: 'keep' })
  await expect(choiceOf({ ...again, double: true }, { ask: null })).rejects.toThrow(
    'would count twice: --replace',
  )
  await expect(choiceOf({ ...again, imports: [] }, { replace: true, ask: null })).rejects.toThrow(
    'none can be replaced',
  )
  expect(await choiceOf(again, { ask: typed('', 'what', 'R') })).toEqual(replaced)
  asked = 0
  expect(await choiceOf(again, { ask: typed('skip') })).toEqual({ kind: 'skip' })
  asked = 0
  expect(await choiceOf({ ...again, imports: [] }, { ask: typed('r', 'k') })).toEqual({
    kind: 'keep',
  })
})

test('[IM50] says by which import, of when, with how many events', () => {
  expect(againLines(again)).toEqual([
    '4 of the first 5 rows are here already:',
    '  import of shop.csv of 1970-01-01 00:00: 1,200 events (im_1)',
    'kept, what is here is passed over and the rest is stored',
    'replaced, everything that import brought is taken away first, then this is stored',
  ])
})
