import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { type ReadFile, readFile } from '../testing/read-file.ts'
import {
  asWritten,
  bytesOf,
  headsOf,
  MONEY,
  type WrittenTable,
  writtenTable,
} from '../testing/written-table.ts'

// SPEC.md [IM46]: whole exports, in every dialect that is known, are read back to the same events or refused in words.
// The long form: PARCURS_EXPORTS=20000 npx vitest run --project pure whole-exports

const folder = mkdtempSync(join(tmpdir(), 'parcurs-exports-'))
afterAll(() => rmSync(folder, { recursive: true }))

const RUNS = Number(process.env['PARCURS_EXPORTS'] ?? 80)

/** As the file can say it. */
function written(table: WrittenTable): WrittenTable {
  const { encoding } = table.dialect
  const say = (text: string) => asWritten(text, encoding)
  return {
    ...table,
    events: table.events.map((one) => ({
      ...one,
      customer: say(one.customer),
      event: say(one.event),
      note: say(one.note),
    })),
  }
}

/** Every event that was read is the one that was written there; what is missing was refused. */
function compare(table: WrittenTable, read: ReadFile & { readonly kind: 'read' }): void {
  const { dialect } = table
  const heads = headsOf(table).map((name) => asWritten(name, dialect.encoding))
  const note = heads[headsOf(table).length === 6 ? dialect.order.indexOf(5) : -1] ?? null
  const { detection } = read.look
  // A delimiter behind every row, the header too, makes a column without a name.
  expect(detection.columns.filter((name) => !/^column_\d+$/.test(name))).toEqual(heads)
  const money = detection.found.some(({ role }) => role === 'value')
  const toldUnused = detection.unused.some(({ role }) => role === 'value')
  const { currency } = MONEY[dialect.money]
  for (const event of read.events) {
    const given = table.events[event.position]
    if (given === undefined) throw new Error(`no row ${event.position} was written`)
    const value = given.cents === null || toldUnused ? null : given.cents * 100
    expect({
      customer: event.userId || event.anonymousId,
      timeMs: event.timeMs,
      event: event.name,
      value: event.value === 0 ? 0 : event.value,
      currency: event.value === null ? '' : event.currency,
      note: note === null ? '' : (event.properties[note] ?? ''),
    }).toEqual({
      customer: given.customer.trim(),
      timeMs: given.timeMs,
      event: given.event,
      value,
      currency: value === null || !money ? '' : currency,
      note: note === null ? '' : given.note,
    })
  }
  expect(read.events.length + read.rejects.length).toBe(table.events.length)
}

test('[IM46] a whole export in any dialect is read back to the same events, or refused in words', async () => {
  let whole = 0
  let all = 0
  await fc.assert(
    fc.asyncProperty(writtenTable, async (said) => {
      const table = written(said)
      const path = join(folder, 'export')
      writeFileSync(path, bytesOf({ ...table }))
      all++
      const read = await readFile(path)
      if (read.kind === 'refused') {
        expect(read.codes).not.toEqual([])
        return
      }
      compare(table, read)
      if (read.rejects.length === 0) whole++
    }),
    { numRuns: RUNS, ...(RUNS > 80 ? {} : { seed: 20_261_127 }) },
  )
  // To refuse everything would be easy.
  expect(whole).toBeGreaterThan(all * 0.7)
}, 3_600_000)
