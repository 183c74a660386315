import { describe, expect, test } from 'vitest'
import { insertTarget, isSelect, literal } from './engine-statement.ts'

test.each([
  ['SELECT 1', true],
  ['  -- why\n select 1', true],
  ['/* a */ WITH 1 AS x SELECT x', true],
  ['(SELECT 1) UNION ALL (SELECT 2)', true],
  ['SHOW TABLES', false],
  ['CREATE TABLE selects (a UInt8) ENGINE = Memory', false],
  ['INSERT INTO t SELECT 1', false],
])('[ST10] %j streams: %s', (statement, streams) => {
  expect(isSelect(statement)).toBe(streams)
})

describe('[ST11] an INSERT whose rows follow is told from every other statement', () => {
  test.each([
    [
      'INSERT INTO events FORMAT JSONEachRow',
      { table: 'events', columns: '', format: 'JSONEachRow' },
    ],
    [
      'insert into a.b (x, y)\n format RowBinary;',
      { table: 'a.b', columns: '(x, y)', format: 'RowBinary' },
    ],
    ['INSERT INTO t VALUES (1)', null],
    ['INSERT INTO t SELECT 1 FORMAT JSONEachRow', null],
    ["SELECT 'INSERT INTO t FORMAT CSV'", null],
  ])('%j', (statement, target) => {
    expect(insertTarget(statement)).toEqual(target)
  })
})

test('[ST12] a literal cannot be left from inside', () => {
  expect(literal(`it's \\ a`)).toBe(`'it\\'s \\\\ a'`)
  expect(literal(`\\'); DROP TABLE t --`)).toBe(`'\\\\\\'); DROP TABLE t --'`)
})
