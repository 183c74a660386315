import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { escaped, workbook } from '../testing/zipped.ts'
import type { ShapeOptions } from './file-shape.ts'
import { lookAt } from './look.ts'
import { unpack } from './unpack.ts'

// SPEC.md [IM46]: a table of events, written as programs and people write tables, is read back or refused in words.

const folder = mkdtempSync(join(tmpdir(), 'parcurs-dialect-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Row {
  readonly customer: string
  readonly timeMs: number
  readonly event: string
  readonly cents: number
}

const row: fc.Arbitrary<Row> = fc.record({
  customer: fc.constantFrom(
    'ann',
    'Ștefan, Jr.',
    'Анна',
    'Ελένη; x',
    '李雷',
    '00123',
    'NIL',
    'a|b',
    'o"k',
  ),
  timeMs: fc
    .integer({ min: 0, max: 300 * 1440 })
    .map((minutes) => Date.UTC(2026, 0, 1) + minutes * 60_000),
  event: fc.constantFrom('view item', 'buy, now', 'click "x"', 'two\nlines', 'поиск'),
  cents: fc.integer({ min: -500_000, max: 9_000_000 }),
})

const iso = (ms: number) => new Date(ms).toISOString()
const days = (ms: number, mark: string) =>
  `${iso(ms).slice(8, 10)}${mark}${iso(ms).slice(5, 7)}${mark}2026 ${iso(ms).slice(11, 16)}`
const TIMES = {
  iso: (ms: number) => iso(ms).slice(0, 19).replace('T', ' '),
  zoned: iso,
  dotted: (ms: number) => days(ms, '.'),
  slashed: (ms: number) => days(ms, '/'),
  seconds: (ms: number) => String(ms / 1000),
  millis: String,
  serial: (ms: number) => String(25_569 + ms / 86_400_000),
}
const whole = (cents: number, mark: string) =>
  String(Math.trunc(Math.abs(cents) / 100)).replace(/\B(?=(\d{3})+$)/g, mark)
const rest = (cents: number) => String(Math.abs(cents) % 100).padStart(2, '0')
const sign = (cents: number) => (cents < 0 ? '-' : '')
const MONEY = {
  point: (cents: number) => `${sign(cents)}${whole(cents, '')}.${rest(cents)}`,
  comma: (cents: number) => `${sign(cents)}${whole(cents, '')},${rest(cents)}`,
  english: (cents: number) => `${sign(cents)}${whole(cents, ',')}.${rest(cents)}`,
  german: (cents: number) => `${sign(cents)}${whole(cents, '.')},${rest(cents)} €`,
  french: (cents: number) => `${sign(cents)}${whole(cents, '\u00a0')},${rest(cents)}`,
  short: (cents: number) => String(cents / 100),
}
const keys = <T extends object>(table: T) =>
  fc.constantFrom(...Object.keys(table)) as fc.Arbitrary<keyof T & string>

const dialect = fc.record({
  rows: fc.array(row, { minLength: 2, maxLength: 5 }),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  quoteAll: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n'),
  above: fc.constantFrom('', 'sep', 'title'),
  lastEnd: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'mark', 'utf-16le'),
  time: keys(TIMES),
  money: keys(MONEY),
})

const HEADER = ['customer_id', 'time', 'event', 'amount']

async function readBack(path: string, rows: readonly Row[], options: ShapeOptions = {}) {
  const look = await lookAt(path, options, {
    latestMs: Date.UTC(2027, 0, 1),
    defaultZone: 'UTC',
    workspaceId: 1,
  })
  if (!look.ok) return look.problem.code
  const [problem] = look.detection.problems
  if (problem !== undefined) return problem.code
  if (look.sample.rejected > 0) return 'rows refused'
  const given = rows.map(({ customer, timeMs, event, cents }) => ({
    customer,
    timeMs,
    event,
    value: cents / 100,
  }))
  expect(look.sample.examples).toEqual(given)
  return null
}

test('[IM46] a table in any dialect is read back to the same events, or refused in words', async () => {
  let read = 0
  let all = 0
  await fc.assert(
    fc.asyncProperty(dialect, async (said) => {
      const { delimiter, newline, above, rows } = said
      const quoted = (text: string) =>
        said.quoteAll || /["\r\n]/.test(text) || text.includes(delimiter)
          ? `"${text.replaceAll('"', '""')}"`
          : text
      const cells = rows.map(({ customer, timeMs, event, cents }) => [
        customer,
        TIMES[said.time](timeMs),
        event,
        MONEY[said.money](cents),
      ])
      const lines = [HEADER, ...cells].map((line) => line.map(quoted).join(delimiter))
      const before =
        { '': [], sep: [`sep=${delimiter}`], title: ['Events of 2026', ''] }[above] ?? []
      const text = `${[...before, ...lines].join(newline)}${said.lastEnd ? newline : ''}`
      const marked = said.encoding === 'utf-8' ? text : `\ufeff${text}`
      const path = join(folder, 'table')
      writeFileSync(path, Buffer.from(marked, said.encoding === 'utf-16le' ? 'utf16le' : 'utf8'))
      all++
      if ((await readBack(path, rows)) === null) read++
    }),
    { numRuns: 150, seed: 20_261_127 },
  )
  // To refuse everything would be easy.
  expect(read).toBeGreaterThan(all * 0.6)
})

test('[IM46] and so is a workbook, with dates by style and numbers as numbers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 2, maxLength: 5 }),
      fc.constantFrom(1900, 1904),
      fc.constantFrom<string | number>(22, 'dd/mm/yyyy hh:mm', 'yyyy"年"m"月"d"日" h:mm'),
      async (rows, system, format) => {
        const text = (said: string) =>
          `<c t="inlineStr"><is><t xml:space="preserve">${escaped(said)}</t></is></c>`
        const day = system === 1904 ? 24_107 : 25_569
        const lines = rows.map(
          ({ customer, timeMs, event, cents }) =>
            `${text(customer)}<c s="1"><v>${day + timeMs / 86_400_000}</v></c>${text(event)}<c><v>${cents / 100}</v></c>`,
        )
        const sheets = [{ name: 'S', rows: [HEADER.map(text).join(''), ...lines] }]
        const path = join(folder, 'book')
        writeFileSync(
          path,
          await workbook(sheets, { formats: [format], date1904: system === 1904 }),
        )
        const { parts } = await unpack(path, { name: 'b.xlsx', folder, roomBytes: 1e9 })
        const options = { format: 'csv', delimiter: ',', encoding: 'utf-8' } as const
        // Whole amounts such as 1.234 may be two numbers: asked about.
        const said = await readBack(parts[0]?.path ?? '', rows, options)
        expect([null, 'value-ambiguous']).toContain(said)
      },
    ),
    { numRuns: 40, seed: 20_261_127 },
  )
})
