import { expect, test } from 'vitest'
import { kindCoding } from '../journey/coding.ts'
import { compiledLine, FOLDED, kindsNamed } from '../testing/compiled-line.ts'
import { emotionQuery } from './emotion.ts'
import { mapQuery } from './map-query.ts'

const kinds = kindsNamed('view', 'buy')
const coding = { coding: kindCoding(kinds), groups: [], kindsOfStep: [], overlaps: [] }
const choice = {
  period: { fromMs: 1_800_100, toMs: 1_800_200 },
  customers: null,
  windowMs: 50,
  valued: true,
  range: { first: 3n, last: 9n },
}

/** What is read, from a pause before the period to one window after it; and what an event is packed with. */
const READ = [100, 1_800_251]
const CODED = [100, 1, 1, 2, 2]

test('[SQ1] a map reads packed journeys from a pause before the period to one window after it, with money', () => {
  expect(compiledLine(mapQuery(FOLDED, coding, choice))).toEqual([
    'SELECT * FROM (SELECT customer, if(times[1] >= {p0:Int64} AND times[-1] < {p1:Int64}, ' +
      'arrayMap((at, code, value) -> bitOr(bitShiftLeft(toUInt64(at - {p2:Int64}), 16), bitOr(' +
      'multiIf(code = {p3:UInt32}, toUInt16({p4:UInt32}), code = {p5:UInt32}, toUInt16({p6:UInt32}), 0), ' +
      'if(value != 0, 32768, 0))), times, codes, values), ' +
      'arrayFilter((event, at, code) -> at >= {p7:Int64} AND at < {p8:Int64}, ' +
      'arrayMap((at, code, value) -> bitOr(bitShiftLeft(toUInt64(at - {p9:Int64}), 16), bitOr(' +
      'multiIf(code = {p10:UInt32}, toUInt16({p11:UInt32}), code = {p12:UInt32}, toUInt16({p13:UInt32}), 0), ' +
      'if(value != 0, 32768, 0))), times, codes, values), times, codes)) AS events , ' +
      'if(times[1] >= {p14:Int64} AND times[-1] < {p15:Int64}, ' +
      'arrayMap(value -> toFloat64(value), arrayFilter(value -> value != 0, values)), ' +
      'arrayMap(value -> toFloat64(value), arrayFilter((value, at, code) -> value != 0 AND ' +
      'at >= {p16:Int64} AND at < {p17:Int64}, values, times, codes))) AS money FROM (' +
      "SELECT customer, times, CAST(kinds, 'Array(UInt8)') AS codes , values FROM (" +
      'SELECT customer, times, kinds, values FROM journeys WHERE workspace = {p18:UInt32} AND fold = {p19:UInt32} ' +
      'AND customer >= {p20:UInt64} AND customer <= {p21:UInt64} ' +
      'AND times[-1] >= {p22:Int64} AND times[1] < {p23:Int64})) WHERE notEmpty(events)) ' +
      'SETTINGS max_block_size = 8192',
    ...READ,
    ...CODED,
    ...READ,
    ...CODED,
    ...READ,
    ...READ,
    7,
    2,
    3n,
    9n,
    ...READ,
  ])
})

test('[SQ1] without a value and a range neither is read', () => {
  const query = mapQuery(FOLDED, coding, { ...choice, valued: false, range: null })
  const [text, ...params] = compiledLine(query)
  expect(text).not.toMatch(/money|customer [<>]/)
  expect(params).toEqual([...READ, ...CODED, ...READ, ...CODED, 7, 2, ...READ])
})

test('[SQ1] more kinds than a few are looked up', () => {
  const many = kindsNamed(...Array.from({ length: 13 }, (_, i) => `kind ${i}`))
  const query = mapQuery(FOLDED, { ...coding, coding: kindCoding(many) }, choice)
  const [text, ...params] = compiledLine(query)
  expect(text).toContain('{p3:Array(UInt16)}[code]')
  expect(params[3]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
})

test('[SQ1] answers of the period, those that are alike together', () => {
  expect(compiledLine(emotionQuery(FOLDED, { fromMs: 0, toMs: 1 }, null))).toEqual([
    'SELECT toString(scale) AS scale, score, touchpoint, kind, count() AS answers FROM (' +
      'SELECT key AS customer, time, message, kind, scale, score, touchpoint FROM feedback FINAL ' +
      "WHERE workspace = {p0:UInt32} AND (time >= {p1:DateTime64(3, 'UTC')} AND time < {p2:DateTime64(3, 'UTC')})) " +
      'GROUP BY scale, score, touchpoint, kind',
    7,
    '1970-01-01 00:00:00.000',
    '1970-01-01 00:00:00.001',
  ])
})
