import type { SequenceLeaf } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { segmentReading, written } from '../testing/segment-text.ts'
import { sequenceCustomers } from './sequence-sql.ts'

const view = { kind: 'event', names: ['View'] } as const
const order = { kind: 'event', names: ['Order'] } as const
const viewThenOrder: SequenceLeaf = {
  kind: 'sequence',
  steps: [view, order],
  without: null,
  stepWithinMs: null,
  withinMs: null,
  window: { kind: 'ever' },
}
const fold = (leaf: SequenceLeaf) => {
  const { text, params } = written(sequenceCustomers(segmentReading, leaf))
  return { fold: text.slice(text.indexOf('arrayFold')), params }
}

test('[SQ1] a sequence is one pass that keeps the chains of each step but the last', () => {
  expect(fold(viewThenOrder)).toEqual({
    fold:
      'arrayFold((held, at, code) -> tuple(' +
      'if(bitTest(code, {p2:UInt32}), arrayPushBack(arrayFilter(chain -> chain.2 > at, held.1), tuple(at, at)), held.1), ' +
      '(held.2 OR (bitTest(code, {p3:UInt32}) AND notEmpty(held.1)))), ' +
      "times, codes, tuple(CAST([], 'Array(Tuple(Int64, Int64))'), false)).2",
    params: [7, 2, 0, 1],
  })
})

test('[SQ1] a later step carries the time of the first on, and answers for the whole', () => {
  const { fold: three } = fold({ ...viewThenOrder, steps: [view, order, view] })
  expect(three).toContain('tuple(at, arrayMax(arrayMap(chain -> chain.2, held.1)))')
  expect(three).toMatch(/false\)\)\.3$/)
})

test('[SQ1] limits drop chains that are too old, and what may not come between drops all', () => {
  const { fold: limited, params } = fold({
    ...viewThenOrder,
    without: view,
    stepWithinMs: 5,
    withinMs: 9,
    window: { kind: 'before', date: '2026-01-02' },
  })
  expect(limited).toContain(
    "if(bitTest(code, {p8:UInt32}), CAST([], 'Array(Tuple(Int64, Int64))'), arrayFilter(chain -> at - chain.1 <= {p9:Int64} AND at - chain.2 <= {p10:Int64}, held.1))",
  )
  // A view is the first step (1) and what may not come between (4); an order the second (2).
  expect(params[0]).toEqual([5, 2])
  expect(params.slice(-3)).toEqual([1, 5, 9])
})
