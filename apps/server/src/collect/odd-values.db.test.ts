import fc from 'fast-check'
import { compile, param, sql } from '@parcurs/analytics'
import { expect, test, vi } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { importing } from '../testing/import-file.ts'
import { basic, testApp } from '../testing/test-app.ts'

// Every odd value in every field, to the real stores: what is good beside it is there at once.

vi.setConfig({ testTimeout: 180_000 })

const stores = await freshStores()
const server = await testApp(stores)
const { ask, peopled, now } = server

// Escapes as the signs of UTF-16 that they are: JSON.stringify writes them as escapes, as hostile senders do.
const ODD: readonly string[] = [
  '\0',
  'a\0b',
  '/p\0',
  '\ud800',
  'x\udc00\ud800',
  `${'a'.repeat(499)}💥`,
  `${'a'.repeat(59)}💥b`,
  '💥'.repeat(300),
  'ж'.repeat(300),
  '漢'.repeat(600),
  'a'.repeat(8_000),
  '*',
  '* ',
  '\n\r\t\v',
  '\u202e\ufeff\u200b',
  '__proto__',
  '{"a":"\\u0000"}',
  '\\N',
  '\\u0000',
  "'); --",
  '1e999',
]
/** Text without repeats: PostgreSQL squeezes repeated text before it measures it. */
const noise = fc
  .array(fc.integer({ min: 0x4e00, max: 0x9fff }), { minLength: 250, maxLength: 600 })
  .map((points) => String.fromCodePoint(...points))
const odd = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: noise },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

const FIELDS: readonly ((value: string) => object)[] = [
  (event) => ({ type: 'track', userId: 'ann', event }),
  (userId) => ({ type: 'track', userId, event: 'e' }),
  (anonymousId) => ({ type: 'track', anonymousId, event: 'e' }),
  (messageId) => ({ type: 'track', userId: 'ann', event: 'e', messageId }),
  (timestamp) => ({ type: 'track', userId: 'ann', event: 'e', timestamp }),
  (sentAt) => ({ type: 'track', userId: 'ann', event: 'e', sentAt }),
  (path) => ({ type: 'page', userId: 'ann', properties: { path } }),
  (url) => ({ type: 'page', userId: 'ann', properties: { url: `https://x.example/${url}` } }),
  (search) => ({ type: 'page', userId: 'ann', properties: { search } }),
  (path) => ({ type: 'page', userId: 'ann', context: { page: { path } } }),
  (url) => ({ type: 'page', userId: 'ann', context: { page: { url } } }),
  (name) => ({ type: 'page', userId: 'ann', name, category: name }),
  (name) => ({ type: 'screen', userId: 'ann', name }),
  (channel) => ({ type: 'track', userId: 'ann', event: 'e', properties: { channel } }),
  (channel) => ({ type: 'track', userId: 'ann', event: 'e', context: { channel } }),
  (all) => ({ type: 'track', userId: 'ann', event: all, properties: { channel: all, path: all } }),
  (value) => ({ type: 'track', userId: 'ann', event: 'e', properties: { a: value, [value]: 'a' } }),
  (value) => ({ type: 'track', userId: 'ann', event: 'e', properties: { list: [{ value }] } }),
  (id) => ({
    type: 'track',
    userId: 'ann',
    event: 'purchase',
    properties: { order_id: id, value: 5, currency: id },
  }),
  (value) => ({ type: 'track', userId: 'ann', event: 'purchase', properties: { value } }),
  (touchpoint) => ({
    type: 'track',
    userId: 'ann',
    event: 'survey_answered',
    properties: { score: 9, scale: 'nps', touchpoint, comment: touchpoint },
  }),
  (value) => ({ type: 'identify', userId: value, anonymousId: 'd', traits: { t: value } }),
  (value) => ({ type: 'identify', userId: 'ann', traits: { [value]: value } }),
  (groupId) => ({ type: 'group', userId: 'ann', groupId, traits: { name: groupId } }),
  (previousId) => ({ type: 'alias', userId: 'ann', previousId }),
  (userId) => ({ type: 'alias', userId, previousId: 'd' }),
  (type) => ({ type, userId: 'ann', event: 'e' }),
  (context) => ({ type: 'track', userId: 'ann', event: 'e', context: { locale: context } }),
]

test('[CO14] an odd value in any field of a call never takes its batch along', async () => {
  const { workspace, writeKey, as } = await peopled()
  let batches = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(odd, { minLength: FIELDS.length, maxLength: FIELDS.length }),
      async (values) => {
        const batch = [
          ...FIELDS.map((field, i) => field(values[i] ?? '')),
          { type: 'track', userId: 'good', event: `good-${batches++}` },
        ]
        const answer = await ask(basic(writeKey), 'POST', '/v1/batch', { batch })
        expect(answer).toMatchObject({ status: 200, body: { success: true } })
      },
    ),
    { numRuns: 25 },
  )
  const [found] = await stores.clickhouse.rows<{ n: string }>(
    compile(sql`SELECT count() AS n FROM events
      WHERE workspace = ${param.workspace(workspace.id)} AND user_id = ${param.text('good')}`),
  )
  expect(Number(found?.n)).toBe(batches)
  // And whatever was refused can be looked at.
  const listed = await ask(
    as.viewer,
    'GET',
    `/api/workspaces/${workspace.slug}/refusals?limit=1000`,
  )
  expect(listed.status).toBe(200)
})

test('[CO14] an odd value in any cell of a file is refused with its row or cleaned', async () => {
  const { workspace } = await peopled()
  const { file } = importing(server, server.machine)
  const when = new Date(now.ms - 1000).toISOString()
  const columns = ['who', 'when', 'what', 'url', 'channel', 'order_id', 'shade'] as const
  const rows = columns.flatMap((column) =>
    [...ODD, '漢字'.repeat(60)].map((value) => ({
      who: 'ann',
      when,
      what: 'view',
      url: '/p',
      channel: 'web',
      order_id: '1',
      shade: 'red',
      [column]: value,
    })),
  )
  const all = {
    ...rows[0],
    who: 'ann',
    what: '漢'.repeat(200),
    url: noiseText(900),
    channel: noiseText(90),
  }
  const good = { ...all, who: 'good', what: 'view', url: '/p', channel: 'web' }
  const text = [...rows, all, good].map((row) => JSON.stringify(row)).join('\n')
  const { view } = await file(
    workspace.slug,
    { name: 'odd.jsonl', bytes: Buffer.from(text) },
    { customer: 'who', time: 'when', event: 'what', url: 'url', channel: 'channel' },
  )
  expect(view).toMatchObject({ state: 'done' })
  const cells = (row: Readonly<Record<string, string>>) =>
    columns.map((name) => `"${(row[name] ?? '').replaceAll('"', '""')}"`).join(',')
  // Bytes of U+0000 near the beginning make a file one of no text, and it is said to be.
  const texts = rows.filter((row) => !Object.values(row).join('').includes('\0'))
  const csv = [columns.join(','), ...[...texts, { ...good, shade: 'green' }].map(cells)]
  const second = await file(
    workspace.slug,
    { name: 'odd.csv', bytes: Buffer.from(csv.join('\n')) },
    { customer: 'who', time: 'when', event: 'what', url: 'url', channel: 'channel' },
  )
  expect(second.view).toMatchObject({ state: 'done' })
  const [found] = await stores.clickhouse.rows<{ n: string }>(
    compile(sql`SELECT count() AS n FROM events
      WHERE workspace = ${param.workspace(workspace.id)} AND user_id = ${param.text('good')}`),
  )
  expect(Number(found?.n)).toBe(2)
})

/** The same for ever, and without repeats. */
function noiseText(length: number): string {
  return String.fromCodePoint(
    ...Array.from({ length }, (_, i) => 0x4e00 + ((i * 7919 + i * i * 31) % 0x5000)),
  )
}
