import { COMMENT_PROPERTIES, type SaidLeaf } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { segmentReading, written } from '../testing/segment-text.ts'
import { saidCustomers } from './said-sql.ts'

const promoter: SaidLeaf = {
  kind: 'said',
  scale: 'nps',
  which: 'any',
  test: { op: 'gte', value: 9 },
  words: null,
  touchpoint: null,
  window: { kind: 'ever' },
}
const shop = {
  ...segmentReading,
  scope: {
    ...segmentReading.scope,
    touchpoint: () => ({
      id: 'tp_1',
      name: 'Shop',
      rule: { kind: 'event', names: ['Order'] } as const,
    }),
  },
}

test('[SQ1] any answer: the scale and the score are asked of answers, the words of their events', () => {
  const { text, params } = written(saidCustomers(segmentReading, promoter))
  expect(text).toMatch(
    /^SELECT customer FROM \(SELECT customer, time, message, score, comment FROM/,
  )
  expect(text).toMatch(/WHERE true\) WHERE score >= \{p7:Float64\} AND true$/)
  expect(params).toContainEqual(COMMENT_PROPERTIES)
  expect(params.slice(-3)).toEqual([7, 'nps', 9])
})

test('[SQ1] the latest answer is told by its time, then its message, and only then tested', () => {
  const { text, params } = written(
    saidCustomers(segmentReading, { ...promoter, which: 'latest', words: 'Slow' }),
  )
  expect(text).toContain('argMax((score, comment), (time, message)) AS latest')
  expect(text).toMatch(
    /WHERE score >= .* AND position\(lowerUTF8\(comment\), \{p\d+:String\}\) > 0 AND comment != ''$/,
  )
  expect(params.at(-1)).toBe('slow')
})

test('[SQ1] of a touchpoint: the one that the answer names, else that of its event', () => {
  const { text, params } = written(saidCustomers(shop, { ...promoter, touchpoint: 'tp_1' }))
  expect(text).toMatch(/WHERE if\(touchpoint = '', of_event, has\(\{p\d+:Array\(String\)\}/)
  expect(params).toContainEqual(['tp_1', 'shop'])
  // Of an order, whose kind is 2.
  expect(params).toContainEqual([2])
  expect(written(saidCustomers(segmentReading, { ...promoter, touchpoint: 'gone' })).text).toBe(
    'SELECT toUInt64(0) AS customer WHERE false',
  )
})

test('[SQ1] a window limits the answers by their time', () => {
  const window = { kind: 'between', from: '2026-01-01', to: '2026-01-02' } as const
  const { text } = written(saidCustomers(segmentReading, { ...promoter, window }))
  expect(text.match(/AND time >= \{p\d+:.*?\} AND time < \{p\d+:.*?\}/g)).toHaveLength(2)
})
