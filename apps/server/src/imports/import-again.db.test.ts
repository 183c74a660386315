import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, param, sql } from '@parcurs/analytics'
import { expect, test, vi } from 'vitest'
import { eventFigures } from '../testing/event-figures.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { importing } from '../testing/import-file.ts'
import { testApp } from '../testing/test-app.ts'
import { forgetRejects } from './forget-rejects.ts'
import { importRecords } from './import-record.ts'
import { openSpool } from './spool.ts'

// SPEC.md [IM50] rows that are here already, [IM51] ids that are another's, [IM52] what a forgotten file brought.

vi.setConfig({ testTimeout: 180_000 })

const stores = await freshStores()
const server = await testApp(stores)
const { file, upload, look, run, ended } = importing(server, server.machine)

async function place() {
  const { workspace } = await server.peopled()
  const { slug, id } = workspace
  return { slug, id, figures: eventFigures(stores.clickhouse, id) }
}

const csv = (name: string, ...lines: readonly string[]) => ({
  name,
  bytes: Buffer.from(`${lines.join('\n')}\n`),
})

const SHOP = [
  'id,when,visitor,what,amount,plan',
  'e1,2026-10-01 09:00:00,ann,view_item,,gold',
  'e2,2026-10-01 09:09:00,ann,purchase,25.00,gold',
  'e3,2026-10-01 10:00:00,bob,view_item,,',
]

async function listed(slug: string) {
  const answer = await server.app.inject({
    url: `/api/workspaces/${slug}/imports`,
    headers: server.machine,
  })
  return answer.json<{ importId: string; name: string }[]>()
}

async function forget(slug: string, importId: string, what = '') {
  return await server.app.inject({
    method: 'DELETE',
    url: `/api/workspaces/${slug}/imports/${importId}${what}`,
    headers: server.machine,
  })
}

async function valuesOf(id: number) {
  const rows = await stores.clickhouse.rows<{ value: string | null }>(
    compile(sql`
      SELECT toString(value) AS value FROM events
      WHERE workspace = ${param.workspace(id)} ORDER BY time`),
  )
  return rows.map(({ value }) => value)
}

test('[IM50] a file read with one more column is known by its cells: what it replaces is taken away', async () => {
  const { slug, figures } = await place()
  const lines = SHOP.map((line) => line.slice(3))
  const first = await file(slug, csv('shop.csv', ...lines), { value: '' })
  expect(first.look.again).toBeNull()
  expect(await figures.counts()).toMatchObject({ events: 3 })

  const importId = await upload(slug, 'more.csv', csv('', ...lines).bytes)
  const { again } = await look(slug, importId)
  expect(again).toMatchObject({
    rows: 3,
    here: 3,
    double: false,
    imports: [{ importId: first.importId, name: 'shop.csv', rows: 3, stored: 3 }],
  })
  await run(slug, importId, { replace: [first.importId] })
  const view = await ended(slug, importId)
  expect(view.progress).toMatchObject({ stored: 3, repeated: 0, replaced: 3 })
  expect((await listed(slug)).map(({ name }) => name)).toEqual(['more.csv'])
})

test('[IM50] the money of the replacing file counts, that of the replaced does not', async () => {
  const { slug, id } = await place()
  const first = await file(slug, csv('shop.csv', ...SHOP), { value: '' })
  expect(await valuesOf(id)).toEqual([null, null, null])
  const importId = await upload(slug, 'shop.csv', csv('', ...SHOP).bytes)
  await look(slug, importId)
  await run(slug, importId, { replace: [first.importId] })
  expect((await ended(slug, importId)).progress).toMatchObject({ stored: 3, replaced: 3 })
  // The replaced rows are hidden; their bytes go with a fold.
  expect((await valuesOf(id)).filter((value) => value !== null)).toEqual(['25'])
})

test('[IM50] the same rows under other ids would count twice: that is refused until it is said', async () => {
  const { slug, figures } = await place()
  const lines = SHOP.map((line, i) => (i === 0 ? line.replace('id', 'tag') : line))
  const plain = await file(slug, csv('plain.csv', ...lines))
  expect(plain.view.progress).toMatchObject({ stored: 3 })
  const importId = await upload(slug, 'ids.csv', csv('', ...lines).bytes)
  const options = { id: 'tag' }
  expect((await look(slug, importId, options)).again).toMatchObject({ here: 3, double: true })
  const refused = await run(slug, importId, { options })
  expect(refused.status).toBe(409)
  expect(refused.body.detail).toContain(plain.importId)
  expect((await run(slug, importId, { options, keep: true })).status).toBe(202)
  expect((await ended(slug, importId)).progress).toMatchObject({ stored: 3, repeated: 0 })
  expect(await figures.counts()).toMatchObject({ events: 6 })

  // And the other way round: by the file itself.
  const back = await place()
  await file(back.slug, csv('ids.csv', ...lines), options)
  const other = await upload(back.slug, 'plain.csv', csv('', ...lines).bytes)
  expect((await look(back.slug, other)).again).toMatchObject({ here: 3, double: true })
  expect((await run(back.slug, other)).status).toBe(409)
})

test('[IM51] a repeat and another event of the same id are two: both places are told', async () => {
  const { slug } = await place()
  const options = { id: 'id' }
  await file(slug, csv('shop.csv', ...SHOP), options)
  const { view } = await file(
    slug,
    csv(
      'later.csv',
      ...SHOP.slice(0, 2),
      'e2,2026-10-01 09:09:00,ann,purchase,30.00,silver',
      'e3,2026-10-01 10:00:00,cid,view_item,,',
      'e4,2026-10-01 11:00:00,ann,view_item,,',
      'e4,2026-10-01 11:30:00,ann,view_item,,',
      'e4,2026-10-01 11:00:00,ann,view_item,,',
    ),
    options,
  )
  expect(view.progress).toMatchObject({ stored: 1, repeated: 2, collided: 3 })
  expect(view.collisions).toMatchObject([
    {
      line: 3,
      id: 'e2',
      place: { name: 'shop.csv', row: 2 },
      differs: [
        { what: 'value', here: '30', there: '25' },
        { what: 'property', name: 'amount', here: '30.00', there: '25.00' },
        { what: 'property', name: 'plan', here: 'silver', there: 'gold' },
      ],
    },
    { line: 4, id: 'e3', differs: [{ what: 'customer', here: 'cid', there: 'bob' }] },
    {
      line: 6,
      id: 'e4',
      place: { name: 'later.csv', row: 4 },
      differs: [{ what: 'time', here: '2026-10-01T11:30:00.000Z' }],
    },
  ])
  const twice = await file(slug, csv('shop.csv', ...SHOP), options)
  expect(twice.view.progress).toMatchObject({ stored: 0, repeated: 3, collided: 0 })
})

test('[IM51] whoever is erased is quoted by no clash of ids', async () => {
  const { slug, id } = await place()
  const options = { id: 'id' }
  await file(slug, csv('shop.csv', ...SHOP), options)
  const other = csv('later.csv', SHOP[0] ?? '', 'e3,2026-10-01 10:00:00,cid@x.example,view_item,,')
  expect((await file(slug, other, options)).view.collisions).toHaveLength(1)
  const spool = openSpool(mkdtempSync(join(tmpdir(), 'parcurs-spool-')))
  await forgetRejects(importRecords(stores.database), spool, id, ['cid@x.example'])
  const [later] = await listed(slug)
  expect(later).toMatchObject({ name: 'later.csv', collisions: [] })
})

test('[IM52] an import whose file is forgotten can still be taken away, then it is gone', async () => {
  const { slug } = await place()
  const { importId, view } = await file(
    slug,
    csv('shop.csv', ...SHOP, 'e9,not a time,bob,add_to_cart,,'),
  )
  expect(view.rejects).toHaveLength(1)
  expect((await forget(slug, importId)).statusCode).toBe(204)
  expect(await listed(slug)).toMatchObject([{ importId, rejects: [] }])
  const rejects = await server.app.inject({
    url: `/api/workspaces/${slug}/imports/${importId}/rejects`,
    headers: server.machine,
  })
  expect(rejects.body).toBe('')
  expect((await forget(slug, importId, '/events')).json()).toMatchObject({ events: 3 })
  expect((await forget(slug, importId)).statusCode).toBe(204)
  expect(await listed(slug)).toEqual([])
})

const ORDERS = 'Name,Email,Financial Status,Created at,Total,Refunded Amount,Currency,Lineitem name'

test('[IM54] two shops that number their orders alike are apart by their names; over the counter counts', async () => {
  const { slug, id } = await place()
  const order = (email: string, total: string) =>
    csv('orders.csv', ORDERS, `#1001,${email},paid,2026-03-01 10:00:00 +0200,${total},0.00,EUR,Mug`)
  await file(slug, order('a@x.example', '10.00'), { source: 'north' })
  const south = await file(slug, order('', '7.00'), { source: 'south' })
  expect(south.view.progress).toMatchObject({ stored: 1, rejected: 0, collided: 0 })
  const plain = await file(slug, order('c@x.example', '9.00'), { source: 'north' })
  expect(plain.view.progress).toMatchObject({ stored: 0, collided: 1 })
  const rows = await stores.clickhouse.rows(
    compile(sql`
      SELECT order_id AS order, user_id AS user, anonymous_id AS device, toFloat64(value) AS value
      FROM events WHERE workspace = ${param.workspace(id)} ORDER BY value`),
  )
  expect(rows).toEqual([
    { order: 'south #1001', user: '', device: 'order south #1001', value: 7 },
    { order: 'north #1001', user: 'a@x.example', device: '', value: 10 },
  ])

  const table = await place()
  const sales = (...more: readonly string[]) =>
    csv(
      'sales.csv',
      'when,who,what,amount,order_id',
      '2026-03-01 10:00,ann,purchase,5,77',
      '2026-03-01 11:00,bob,purchase,6,78',
      ...more,
    )
  await file(table.slug, sales(), { source: 'north', order: 'order_id' })
  const other = await file(table.slug, sales('2026-03-01 12:00,cid,purchase,7,79'), {
    source: 'south',
    order: 'order_id',
  })
  expect(other.look.again).toBeNull()
  expect(other.view.progress).toMatchObject({ stored: 3, repeated: 0 })
})
