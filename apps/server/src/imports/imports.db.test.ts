import { gzipSync } from 'node:zlib'
import { compile, param, sql } from '@parcurs/analytics'
import { describe, expect, test, vi } from 'vitest'
import { eventFigures } from '../testing/event-figures.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { importing } from '../testing/import-file.ts'
import { testApp } from '../testing/test-app.ts'
import { workbook, zipped } from '../testing/zipped.ts'

// SPEC.md [IM13] formats, [IM14] refusals of files, [IM15] options, [IM16] dry run, [IM11] twice, [IM12] identical rows.

// Whole files and threads take their time on a busy machine.
vi.setConfig({ testTimeout: 180_000 })

const stores = await freshStores()
const server = await testApp(stores)
const { file, upload, look, run, ended } = importing(server, server.machine)

async function place() {
  const { workspace } = await server.peopled()
  return {
    slug: workspace.slug,
    id: workspace.id,
    figures: eventFigures(stores.clickhouse, workspace.id),
  }
}

const text = (content: string, name = 'events.csv') => ({ name, bytes: Buffer.from(content) })

const SHOP = `when,visitor,what,amount
2026-10-01 09:00:00,ann,view_item,
2026-10-01 09:05:00,ann,add_to_cart,
2026-10-01 09:09:00,ann,purchase,25.00
2026-10-01 10:00:00,bob,view_item,
not a time,bob,add_to_cart,
`

test('[IM43] sheets and zipped files are imports of their own; what is refused is said', async () => {
  const { slug, figures } = await place()
  const rows = [
    ['when', 'who', 'what'].map((said) => `<c t="inlineStr"><is><t>${said}</t></is></c>`).join(''),
    '<c s="1"><v>46296.375</v></c><c t="str"><v>ann; a|b</v></c><c t="str"><v>call</v></c>',
  ]
  const book = await workbook([{ name: 'Calls', rows }], { formats: [22] })
  const send = async (bytes: Buffer) =>
    await server.app.inject({
      method: 'POST',
      url: `/api/workspaces/${slug}/imports?name=all.zip`,
      headers: { ...server.machine, 'content-type': 'application/octet-stream' },
      payload: bytes,
    })
  const sent = await send(
    await zipped({ 'shop.csv': SHOP, 'calls.xlsx': book, 'x.zip': 'PK\x03\x04' }),
  )
  expect(sent.json()).toMatchObject({
    files: [
      { name: 'all.zip › calls.xlsx' },
      { name: 'all.zip › shop.csv', sizeBytes: SHOP.length },
    ],
    passedOver: [{ name: 'all.zip › x.zip', why: 'damaged' }],
  })
  const stored: number[] = []
  for (const { importId } of sent.json<{ files: { importId: string }[] }>().files) {
    const seen = await look(slug, importId)
    expect(seen.problems).toEqual([])
    await run(slug, importId)
    stored.push((await ended(slug, importId)).progress.stored)
  }
  expect(stored).toEqual([1, 4])
  expect(await figures.counts()).toMatchObject({ events: 5 })
  const refused = await send(Buffer.from('PK\x03\x04 and no more'))
  expect(refused.statusCode).toBe(422)
  expect(refused.json()).toMatchObject({ code: 'archive-refused' })
})

async function journeys(id: number) {
  return await stores.clickhouse.rows(
    compile(sql`
      SELECT user_id, name, toUnixTimestamp64Milli(time) AS ms, value FROM events
      WHERE workspace = ${param.workspace(id)} ORDER BY user_id, time, position`),
  )
}

describe('[IM13] one log in every format gives the same events', async () => {
  const rows = SHOP.trim().split('\n').slice(1, 5)
  const cut = rows.map((row) => row.split(','))
  const named = cut.map(([when, visitor, what, amount]) => ({ when, visitor, what, amount }))
  const jsonl = named.map((row) => JSON.stringify(row)).join('\n')
  const xes = `<log>${named
    .map(
      ({ when, visitor, what, amount }) => `<trace><string key="concept:name" value="${visitor}"/>
        <event><string key="concept:name" value="${what}"/><date key="time:timestamp" value="${when}"/>
        <float key="amount" value="${amount}"/></event></trace>`,
    )
    .join('')}</log>`
  const table = cut
    .map(([when, visitor, what, amount]) => `('${when}','${visitor}','${what}','${amount}')`)
    .join(',')
  const parquetRows = await stores.clickhouse.bytes(
    {
      text: `SELECT toDateTime64(c1, 3, 'UTC') AS when, c2 AS visitor, c3 AS what, toDecimal64OrNull(c4, 2) AS amount
        FROM values(${table})`,
      params: {},
    },
    'Parquet',
  )
  const parquet = Buffer.concat(await parquetRows.toArray())
  const { slug, id } = await place()
  await file(slug, text(`when,visitor,what,amount\n${rows.join('\n')}\n`))
  const expected = await journeys(id)

  test.each([
    ['tsv', Buffer.from(`when\tvisitor\twhat\tamount\n${rows.join('\n').replaceAll(',', '\t')}`)],
    ['csv', Buffer.from(`when;visitor;what;amount\n${rows.join('\n').replaceAll(',', ';')}`)],
    ['csv', Buffer.from(`\ufeffwhen,visitor,what,amount\r\n${rows.join('\r\n')}`)],
    ['csv', Buffer.from(`\ufeffwhen,visitor,what,amount\n${rows.join('\n')}`, 'utf16le')],
    ['csv.gz', gzipSync(`when,visitor,what,amount\n${rows.join('\n')}\n`)],
    ['jsonl', Buffer.from(jsonl)],
    ['jsonl.gz', gzipSync(jsonl)],
    ['xes', Buffer.from(xes)],
    ['xes.gz', gzipSync(xes)],
    ['parquet', parquet],
    ['parquet.gz', gzipSync(parquet)],
  ])('[IM13] %s', async (ending, bytes) => {
    const { slug, id } = await place()
    const { view } = await file(slug, { name: `shop.${ending}`, bytes })
    expect(view).toMatchObject({ state: 'done', progress: { stored: 4, rejected: 0 } })
    expect(await journeys(id)).toEqual(expected)
  })
})

describe('[IM14] a file that cannot be imported says why', () => {
  test.each([
    ['is empty', Buffer.alloc(0), 'the file is empty'],
    ['holds only blank lines', Buffer.from('\n\n'), 'the file is empty'],
    [
      'is binary',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0, 0, 255, 254]),
      'a PNG picture',
    ],
    ['has a header only', Buffer.from('user_id,time,event\n'), 'no rows that can be read'],
    [
      'has no times',
      Buffer.from('user_id,event,colour\na,view,red\nb,view,blue\n'),
      "no column holds times; name one with --time; the columns are 'user_id', 'event', 'colour'",
    ],
    ['says nobody', Buffer.from('time,event\n2026-01-01,x\n'), 'name one with --customer'],
    ['has one column', Buffer.from('time\n2026-01-01\n'), 'is not cut into columns'],
    ['is a JSON list of lists', Buffer.from('[["a"],[1]]'), 'a JSON list that holds no objects'],
    ['is a list without times', Buffer.from('[{"a":1},{"a":2}]'), "the columns are 'a'"],
    ['is a web page', Buffer.from('<!doctype html><p>404'), 'XML or HTML'],
    ['is damaged Parquet', Buffer.from('PAR1 nothing more PAR1'), 'the file cannot be read'],
    [
      'is one line of 50 MB',
      Buffer.concat([Buffer.from('user_id,time\n'), Buffer.alloc(50_000_000, 'x')]),
      'no rows that can be read',
    ],
  ])('[IM14] %s', async (_, bytes, said) => {
    const { slug } = await place()
    const importId = await upload(slug, 'file', bytes)
    const { problems } = await look(slug, importId)
    expect(problems.map(({ detail }) => detail).join('\n')).toContain(said)
    const begun = await run(slug, importId)
    expect(begun).toMatchObject({ status: 422, body: { detail: expect.stringContaining(said) } })
  })

  test('[IM14] a gzipped file cut in half gives what it has and says so', async () => {
    const { slug, figures } = await place()
    const rows = Array.from(
      { length: 30_000 },
      (_, i) => `${i},u${(i * 7919) % 997},2026-01-01T00:00:00Z`,
    )
    const whole = gzipSync(`n,user_id,time\n${rows.join('\n')}\n`)
    const half = { name: 'half.csv.gz', bytes: whole.subarray(0, whole.length / 2) }
    const { view } = await file(slug, half)
    expect(view).toMatchObject({ state: 'failed', problem: { code: 'file-broken' } })
    expect(view.problem?.detail).toContain('the file ends in the middle')
    expect(view.progress.stored).toBeGreaterThan(1000)
    expect(view.progress.stored).toBeLessThan(30_000)
    const rest = await file(slug, { name: 'whole.csv.gz', bytes: whole })
    expect(rest.view.progress.repeated).toBe(view.progress.stored)
    expect(await figures.counts()).toMatchObject({ events: 30_000 })
  })

  test('[IM8] bad rows are counted, shown and written down; the good ones are kept', async () => {
    const { slug, figures } = await place()
    const bad =
      'user_id,time,event,note\na,2026-01-01,x,ok\nb,2026-01-01,x,ok,more\nc\n"d,2026-01-01,x,y\nnull,2026-01-01,x,\ne,2099-01-01,x,\nf,2026-01-01,,\ng,yesterday,x,"two\nlines"\nh,2026-01-01,=1+1,\n'
    const { view, rejects } = await file(slug, text(bad))
    expect(view.rejects.map(({ line, code }) => [line, code])).toEqual([
      [3, 'too-many-fields'],
      [4, 'too-few-fields'],
      [5, 'text-after-quote'],
      [6, 'no-customer'],
      [7, 'time-out-of-range'],
      [8, 'event-name-missing'],
      [9, 'time-unreadable'],
    ])
    expect(view.progress).toMatchObject({ rows: 9, stored: 2, rejected: 7 })
    expect(rejects.split('\n')[0]).toBe(
      'user_id,time,event,note,rejected_reason,rejected_detail,rejected_file,rejected_line,rejected_row',
    )
    expect(rejects).toContain(',,,,too-many-fields')
    expect(rejects).toContain(
      'g,yesterday,x,"two\nlines",time-unreadable,time is \'yesterday\': expected a time',
    )
    expect(await figures.counts()).toMatchObject({ events: 2 })
  })
})

test('[IM23] a rejects file, mended, is imported as the rows would have been', async () => {
  const { slug, id } = await place()
  const bad = 'user_id;time;event;note;n\na;2026-01-01;x;ok;1\nb;yesterday;x;=1+1;-5\nc;;x;-;\n'
  const { rejects } = await file(slug, text(bad))
  expect(rejects).toContain("b,yesterday,x,'=1+1,-5,time-unreadable,")
  expect(rejects).toContain("c,,x,'-,,time-unreadable,")
  const mended = rejects.replace('yesterday', '2026-01-02').replace('c,,x', 'c,2026-01-03,x')
  const second = await file(slug, text(mended, 'mended.csv'))
  expect(second.view.progress).toMatchObject({ rows: 2, stored: 2, rejected: 0 })
  expect(second.look.columns).toEqual(['user_id', 'time', 'event', 'note', 'n'])
  // The whole file, mended, is these rows and no other.
  const whole = bad.replace('yesterday', '2026-01-02').replace('c;;x', 'c;2026-01-03;x')
  const third = await file(slug, text(whole))
  expect(third.view.progress).toMatchObject({ stored: 0, repeated: 3 })
  const notes = await stores.clickhouse.rows(
    compile(sql`
      SELECT properties['note'] AS note FROM events
      WHERE workspace = ${param.workspace(id)} ORDER BY user_id`),
  )
  expect(notes).toEqual([{ note: 'ok' }, { note: '=1+1' }, { note: '-' }])
})

test('[IM23] rejects of formats that name their fields are JSON lines, and imported when mended', async () => {
  const { slug, figures } = await place()
  const lines =
    '{"user_id":"a","time":"soon","event":"x","cart":{"tags":[1,2]}}\n{"user_id":"b","time":"2026-01-01","event":"y"}\nno json\n'
  const first = await file(slug, text(lines, 'e.jsonl'))
  expect(first.view).toMatchObject({ rejectsFormat: 'jsonl', progress: { stored: 1, rejected: 2 } })
  const [one = '', two = ''] = first.rejects.trim().split('\n')
  expect(JSON.parse(one)).toMatchObject({
    rejected_reason: 'time-unreadable',
    rejected_line: '1',
    user_id: 'a',
    'cart.tags': '[1,2]',
  })
  expect(JSON.parse(two)).toMatchObject({ rejected_reason: 'not-json', rejected_row: 'no json' })
  const mended = await file(slug, text(one.replace('"soon"', '"2026-01-02"'), 'mended.jsonl'))
  expect(mended.view.progress).toMatchObject({ stored: 1, rejected: 0 })
  // The whole file, mended, is known row by row.
  const whole = await file(slug, text(lines.replace('soon', '2026-01-02'), 'e.jsonl'))
  expect(whole.view.progress).toMatchObject({ stored: 0, repeated: 2, rejected: 1 })
  const names = await stores.clickhouse.rows(
    compile(
      sql`SELECT DISTINCT arrayJoin(mapKeys(properties)) AS name FROM ${figures.rows} ORDER BY name`,
    ),
  )
  expect(names).toEqual([{ name: 'cart.tags' }])
})

describe('[IM15] options', () => {
  test.each([
    [
      { customer: 'client' },
      "--customer: no column 'client'; the columns are 'when', 'visitor', 'what', 'amount'",
    ],
    [{ tz: 'Europe/Atlantis' }, "--tz: no time zone 'Europe/Atlantis'"],
    [{ time: 'what' }, "column 'what' holds no times that can be read"],
    [{ value: 'what' }, "column 'what' holds no numbers"],
    [{ event: 'what', eventName: 'x' }, 'not both'],
    [{ format: 'xes' }, '--format xes: the file is no XML'],
    [{ format: 'parquet' }, 'no text and no Parquet'],
  ])('[IM15] %j is refused', async (options, said) => {
    const { slug } = await place()
    const importId = await upload(slug, 'shop.csv', Buffer.from(SHOP))
    const begun = await run(slug, importId, { options })
    expect(begun).toMatchObject({ status: 422, body: { detail: expect.stringContaining(said) } })
  })

  test('[IM15] columns, names, zones and products are taken as told', async () => {
    const { slug, id } = await place()
    await file(slug, text('a,b,c,d\n2026-07-01 12:00,x,3,1.10\n2026-01-01 12:00,x,2,0.05\n'), {
      customer: 'b',
      time: 'a',
      eventName: 'sold',
      value: 'c*d',
      tz: 'Europe/Athens',
    })
    expect(await journeys(id)).toEqual([
      { user_id: 'x', name: 'sold', ms: String(Date.UTC(2026, 0, 1, 10)), value: 0.1 },
      { user_id: 'x', name: 'sold', ms: String(Date.UTC(2026, 6, 1, 9)), value: 3.3 },
    ])
  })

  test("[IM15] times without a zone are in the workspace's", async () => {
    const { slug, id } = await place()
    await stores.database
      .updateTable('workspaces')
      .set({ time_zone: 'Europe/Bucharest' })
      .where('id', '=', id)
      .execute()
    await file(slug, text('user_id,time,event\nx,2026-07-01 12:00,e\nx,2026-07-01T13:00:00Z,e\n'))
    const times = (await journeys(id)).map((row) => (row as { ms: string }).ms)
    expect(times).toEqual([String(Date.UTC(2026, 6, 1, 9)), String(Date.UTC(2026, 6, 1, 13))])
  })

  test('[IM15] an id column makes the message, however often it comes', async () => {
    const { slug, figures } = await place()
    const rows = 'message_id,user_id,time,event\n1,a,2026-01-01,x\n2,a,2026-01-01,x\n'
    await file(slug, text(rows))
    const { view } = await file(slug, text(`${rows}2,a,2026-01-02,y\n3,a,2026-01-02,z\n`), {
      id: 'message_id',
    })
    expect(view.progress).toMatchObject({ stored: 1, repeated: 2, collided: 1 })
    expect(await figures.counts()).toMatchObject({ events: 3 })
  })
})

test('[IM16] a dry run reads everything and stores nothing', async () => {
  const { slug, figures } = await place()
  const importId = await upload(slug, 'shop.csv', Buffer.from(SHOP))
  expect((await run(slug, importId, { dryRun: true })).status).toBe(202)
  expect(await ended(slug, importId)).toMatchObject({
    state: 'done',
    dryRun: true,
    progress: { rows: 5, stored: 4, rejected: 1 },
  })
  expect(await figures.counts()).toMatchObject({ events: 0 })
  expect((await run(slug, importId)).status).toBe(202)
  expect(await ended(slug, importId)).toMatchObject({ dryRun: false, progress: { stored: 4 } })
  expect(await figures.counts()).toMatchObject({ events: 4 })
  expect(await run(slug, importId)).toMatchObject({ status: 409 })
})

test('[IM12] identical rows of a file are separate events, in overlapping files the same ones', async () => {
  const { slug, figures } = await place()
  const row = 'a,2026-01-01,x\n'
  const first = await file(slug, text(`user_id,time,event\n${row.repeat(3)}b,2026-01-02,x\n`))
  expect(first.view.progress).toMatchObject({ stored: 4, repeated: 0 })
  const longer = await file(
    slug,
    text(`user_id,time,event\n${row.repeat(4)}b,2026-01-02,x\nc,2026-01-03,x\n`),
  )
  expect(longer.view.progress).toMatchObject({ stored: 2, repeated: 4 })
  expect(await figures.counts()).toMatchObject({ events: 6, customers: 3 })
})

test('[IM17] answers to surveys and refunds are read out of imported events', async () => {
  const { slug, id } = await place()
  await file(
    slug,
    text(`user_id,time,event,score,scale,amount
a,2026-01-01,survey_answered,9,nps,
a,2026-01-02,refund,,,12.50
a,2026-01-03,purchase,,,12.50
`),
  )
  const feedback = await stores.clickhouse.rows(
    compile(sql`SELECT scale, score FROM feedback WHERE workspace = ${param.workspace(id)}`),
  )
  expect(feedback).toEqual([{ scale: 'nps', score: 9 }])
  expect((await journeys(id)).map((row) => (row as { value: number | null }).value)).toEqual([
    null,
    -12.5,
    12.5,
  ])
})
