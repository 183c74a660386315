import { describe, expect, test } from 'vitest'
import { NewerSchema, pending, schemaFiles } from './schema-files.ts'

describe.each(['postgres', 'clickhouse'] as const)('[ST54] %s', (store) => {
  const files = schemaFiles(store)

  test('files are numbered from 1 without a gap', () => {
    expect(files.map(({ version }) => version)).toEqual(files.map((_, at) => at + 1))
  })

  test('what a store lacks is applied, in order, and no further than asked', () => {
    expect(pending(store, 0)).toEqual(files)
    expect(pending(store, files.length)).toEqual([])
    expect(pending(store, 0, 0)).toEqual([])
    expect(pending(store, 0, 1)).toEqual(files.slice(0, 1))
  })

  test('a newer store is refused', () => {
    expect(() => pending(store, files.length + 1)).toThrow(NewerSchema)
    expect(() => pending(store, 0, files.length + 1)).toThrow(NewerSchema)
  })
})
