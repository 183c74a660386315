import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { newSecret } from '../keys/secret.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { basic, type Credentials, type Peopled, testApp } from '../testing/test-app.ts'

const stores = await freshStores()
const { app, ask, now, peopled } = await testApp(stores)
const at = ({ workspace }: Peopled, rest: string) => `/api/workspaces/${workspace.slug}/${rest}`

async function linkSignIn(link: string): Promise<Credentials> {
  const token = link.split('#')[1]
  const answer = await app.inject({ method: 'POST', url: '/api/sign-in/link', payload: { token } })
  expect(answer.statusCode).toBe(200)
  return { cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' }
}

describe('members', () => {
  test('[WS1] a new person comes in by a one-time link, with the role they were given', async () => {
    const mine = await peopled()
    const invited = await ask(mine.as.owner, 'POST', at(mine, 'members'), {
      email: 'New@Example.com',
      role: 'editor',
    })
    expect(invited.status).toBe(201)
    const { link } = invited.body as { link: string }
    expect(link).toMatch(/^\/sign-in\/link#pl_/)
    const theirs = await linkSignIn(link)
    expect((await ask(theirs, 'GET', '/api/me')).body).toMatchObject({
      user: { email: 'new@example.com' },
      workspaces: [{ slug: mine.workspace.slug, role: 'editor' }],
    })
    expect((await ask(mine.as.viewer, 'GET', at(mine, 'members'))).body).toContainEqual(
      expect.objectContaining({ email: 'new@example.com', name: '', role: 'editor' }),
    )
  })

  test('[WS1] whoever has not signed in yet may be sent a new link, whoever can gets none', async () => {
    const mine = await peopled()
    const invite = (email: string) =>
      ask(mine.as.owner, 'POST', at(mine, 'members'), { email, role: 'viewer' })
    const first = await invite('late@example.com')
    const again = await invite('late@example.com')
    expect(again.status).toBe(201)
    const { link } = again.body as { link: string }
    expect(link).not.toBe((first.body as { link: string }).link)
    const late = await linkSignIn(link)
    await ask(late, 'PUT', '/api/me/password', { password: 'long enough now' })
    expect((await invite('late@example.com')).status).toBe(409)
  })

  test('[WS1] no owner enters another workspace in the name of somebody they invite', async () => {
    const [mine, theirs] = [await peopled(), await peopled()]
    const { email } = await stores.database
      .selectFrom('users')
      .select('email')
      .where('id', '=', theirs.ids.owner)
      .executeTakeFirstOrThrow()
    const { body } = await ask(mine.as.owner, 'POST', at(mine, 'members'), {
      email,
      role: 'viewer',
    })
    const token = (body as { link: string }).link.split('#')[1]
    // The address alone lets nobody in, and the link signs nobody in who has one.
    expect((await ask(theirs.as.owner, 'GET', at(mine, 'members'))).status).toBe(404)
    expect(await ask({}, 'POST', '/api/sign-in/link', { token })).toMatchObject({
      status: 401,
      body: { code: 'sign-in-first' },
    })
    expect((await ask(theirs.as.owner, 'POST', '/api/me/join', { token })).status).toBe(200)
    expect((await ask(mine.as.viewer, 'POST', '/api/me/join', { token })).status).toBe(401)
    expect((await ask(theirs.as.owner, 'GET', at(mine, 'members'))).status).toBe(200)
    expect((await ask(theirs.as.owner, 'POST', at(mine, 'leave'))).status).toBe(204)
    expect((await ask(theirs.as.owner, 'GET', at(mine, 'members'))).status).toBe(404)
  })

  test('[WS1] a kept link opens no workspace that invites the same address later', async () => {
    const [bad, good] = [await peopled(), await peopled()]
    const link = async (of: typeof bad) => {
      const invited = { email: 'kept@example.com', role: 'editor' }
      const { body } = await ask(of.as.owner, 'POST', at(of, 'members'), invited)
      return (body as { link: string }).link
    }
    const kept = await link(bad)
    const taken = await linkSignIn(kept)
    const hoarded = await link(bad)
    const theirs = await link(good)
    expect((await ask(taken, 'GET', at(good, 'members'))).status).toBe(404)
    // Whoever was invited comes, signed in by another link of the first workspace.
    const person = await linkSignIn(await link(bad))
    const join = { token: theirs.split('#')[1] }
    expect((await ask(person, 'POST', '/api/me/join', join)).status).toBe(200)
    expect((await ask(person, 'GET', at(good, 'members'))).status).toBe(200)
    // What the first workspace's owner kept in their name opens nothing any more.
    expect((await ask(taken, 'GET', '/api/me')).status).toBe(401)
    const again = { token: hoarded.split('#')[1] }
    expect((await ask({}, 'POST', '/api/sign-in/link', again)).status).toBe(401)
    expect(
      (
        await ask(bad.as.owner, 'POST', at(bad, 'members'), {
          email: 'kept@example.com',
          role: 'viewer',
        })
      ).status,
    ).toBe(409)
  })

  test('[WS1] an address that somebody takes in advance lets them in nowhere', async () => {
    const [mine, theirs] = [await peopled(), await peopled()]
    const email = 'boss@example.com'
    expect((await ask(theirs.as.viewer, 'PATCH', '/api/me', { email })).status).toBe(200)
    const invited = await ask(mine.as.owner, 'POST', at(mine, 'members'), { email, role: 'owner' })
    expect(invited.status).toBe(201)
    expect((await ask(theirs.as.viewer, 'GET', at(mine, 'members'))).status).toBe(404)
  })

  test('[WS2] the last owner neither leaves nor steps down', async () => {
    const mine = await peopled()
    const owner = at(mine, `members/${mine.ids.owner}`)
    expect((await ask(mine.as.owner, 'DELETE', owner)).status).toBe(409)
    expect((await ask(mine.as.owner, 'PATCH', owner, { role: 'editor' })).status).toBe(409)
    expect((await ask(mine.as.owner, 'POST', at(mine, 'leave'))).status).toBe(409)
    const editor = at(mine, `members/${mine.ids.editor}`)
    expect((await ask(mine.as.owner, 'PATCH', editor, { role: 'owner' })).status).toBe(204)
    expect((await ask(mine.as.owner, 'POST', at(mine, 'leave'))).status).toBe(204)
    expect((await ask(mine.as.owner, 'GET', at(mine, 'members'))).status).toBe(404)
    expect((await ask(mine.as.editor, 'DELETE', editor)).status).toBe(409)
  })

  test('[WS2] of two owners who leave at the same moment, one stays', async () => {
    for (let round = 0; round < 5; round++) {
      const mine = await peopled()
      const editor = at(mine, `members/${mine.ids.editor}`)
      await ask(mine.as.owner, 'PATCH', editor, { role: 'owner' })
      const left = await Promise.all([
        ask(mine.as.owner, 'POST', at(mine, 'leave')),
        ask(mine.as.editor, 'POST', at(mine, 'leave')),
      ])
      expect(left.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409])
    }
  })

  test('[AU3] members of another workspace are neither seen nor changed by their number', async () => {
    const [mine, theirs] = [await peopled(), await peopled()]
    const member = at(mine, `members/${theirs.ids.viewer}`)
    expect((await ask(mine.as.owner, 'PATCH', member, { role: 'owner' })).status).toBe(404)
    expect((await ask(mine.as.owner, 'DELETE', member)).status).toBe(404)
    expect(
      await inWorkspace(stores.database, mine.workspace.id, (tx) =>
        tx.selectFrom('memberships').select('user_id').execute(),
      ),
    ).toHaveLength(3)
  })
})

describe('keys', () => {
  test('[WS3] a write key is shown once and kept as a hash', async () => {
    const mine = await peopled()
    const made = await ask(mine.as.editor, 'POST', at(mine, 'write-keys'), { name: 'Site' })
    expect(made.status).toBe(201)
    const { key, id } = made.body as { key: string; id: number }
    expect(key).toMatch(/^pw_[\w-]{43}$/)
    const listed = await ask(mine.as.viewer, 'GET', at(mine, 'write-keys'))
    expect(listed.body).toContainEqual(
      expect.objectContaining({ id, name: 'Site', hint: `pw_…${key.slice(-4)}` }),
    )
    expect(JSON.stringify(listed.body)).not.toContain(key)
    const stored = await inWorkspace(stores.database, mine.workspace.id, (tx) =>
      tx.selectFrom('write_keys').selectAll().execute(),
    )
    expect(JSON.stringify(stored)).not.toContain(key)
  })

  test('[WS3] a write key that is revoked sends nothing more, from the next request on', async () => {
    const mine = await peopled()
    const send = () => ask(basic(mine.writeKey), 'POST', '/v1/track', { userId: 'a', event: 'x' })
    expect((await send()).status).toBe(200)
    const { body } = await ask(mine.as.owner, 'GET', at(mine, 'write-keys'))
    const [key] = body as readonly { id: number }[]
    expect((await ask(mine.as.owner, 'DELETE', at(mine, `write-keys/${key?.id}`))).status).toBe(204)
    expect((await send()).status).toBe(401)
  })

  test('[WS3] an API token opens its workspace with its role until it is revoked', async () => {
    const [mine, theirs] = [await peopled(), await peopled()]
    const made = await ask(mine.as.owner, 'POST', at(mine, 'tokens'), {
      name: 'CI',
      role: 'viewer',
    })
    const { token, id } = made.body as { token: string; id: number }
    const program = { authorization: `Bearer ${token}` }
    expect((await ask(program, 'GET', at(mine, 'members'))).status).toBe(200)
    expect((await ask(program, 'GET', at(theirs, 'members'))).status).toBe(404)
    expect((await ask(program, 'GET', at(mine, 'tokens'))).status).toBe(403)
    expect((await ask(program, 'GET', '/api/me')).body).toMatchObject({
      user: null,
      workspaces: [{ slug: mine.workspace.slug, role: 'viewer' }],
    })
    expect((await ask(theirs.as.owner, 'DELETE', at(theirs, `tokens/${id}`))).status).toBe(404)
    expect((await ask(mine.as.owner, 'DELETE', at(mine, `tokens/${id}`))).status).toBe(204)
    expect((await ask(program, 'GET', at(mine, 'members'))).status).toBe(401)
  })

  test('[WS4] an API token is over after its days', async () => {
    const mine = await peopled()
    const made = await ask(mine.as.owner, 'POST', at(mine, 'tokens'), {
      name: 'CI',
      role: 'viewer',
      days: 2,
    })
    const { token, expiresMs } = made.body as { token: string; expiresMs: number }
    expect(expiresMs).toBe(now.ms + 2 * 86_400_000)
    const program = { authorization: `Bearer ${token}` }
    now.ms += 2 * 86_400_000 - 1
    expect((await ask(program, 'GET', at(mine, 'members'))).status).toBe(200)
    now.ms += 1
    expect((await ask(program, 'GET', at(mine, 'members'))).status).toBe(401)
  })

  test('[WS4] no token is better than its kind: a write key or a session is no Bearer', async () => {
    const mine = await peopled()
    const session = mine.as.owner['cookie']?.split('=')[1] ?? ''
    for (const text of [mine.writeKey, session, newSecret('machine').text]) {
      const who = { authorization: `Bearer ${text}` }
      expect((await ask(who, 'GET', at(mine, 'members'))).status).toBe(401)
    }
    expect((await ask(basic(mine.writeKey), 'GET', '/api/me')).status).toBe(401)
  })
})

describe('a workspace', () => {
  test('[WS5] is changed by its owner; a zone that is none is named', async () => {
    const mine = await peopled()
    const path = `/api/workspaces/${mine.workspace.slug}`
    const change = {
      name: 'Café',
      timeZone: 'Europe/Chisinau',
      currency: 'MDL',
      weekStart: 'sunday',
    }
    expect((await ask(mine.as.owner, 'PATCH', path, change)).body).toMatchObject(change)
    const wrong = await ask(mine.as.owner, 'PATCH', path, { timeZone: 'Mars/Olympus' })
    expect(wrong).toMatchObject({
      status: 400,
      body: {
        detail: 'body.timeZone is "Mars/Olympus": expected an IANA time zone such as Europe/Athens',
      },
    })
    expect((await ask(mine.as.owner, 'PATCH', path, { currency: 'euro' })).status).toBe(400)
  })

  test('[WS6] is created by whoever owns one already, under a slug that is free', async () => {
    const mine = await peopled()
    const body = { slug: `new-${mine.workspace.slug}`, name: 'New' }
    const made = await ask(mine.as.owner, 'POST', '/api/workspaces', body)
    expect(made).toMatchObject({ status: 201, body: { ...body, role: 'owner' } })
    expect((await ask(mine.as.owner, 'POST', '/api/workspaces', body)).status).toBe(409)
    const other = { slug: 'other', name: 'Other' }
    expect((await ask(mine.as.editor, 'POST', '/api/workspaces', other)).status).toBe(403)
    expect(
      (await ask(mine.as.owner, 'POST', '/api/workspaces', { slug: 'A b', name: 'x' })).status,
    ).toBe(400)
  })
})

describe('authority ends when it ends', () => {
  test('[WS8] a token makes neither tokens nor members', async () => {
    const mine = await peopled()
    for (const [method, path, body] of [
      ['POST', 'tokens', { name: 'longer', role: 'owner', days: 366 }],
      ['POST', 'members', { email: 'new@example.com', role: 'owner' }],
      ['PATCH', `members/${mine.ids.viewer}`, { role: 'owner' }],
      ['DELETE', `members/${mine.ids.viewer}`, undefined],
    ] as const) {
      expect(await ask(mine.token.owner, method, at(mine, path), body)).toMatchObject({
        status: 403,
        body: { code: 'person-needed' },
      })
    }
  })

  test('[WS8] a token can do no more than its maker may now, and nothing once they are out', async () => {
    const mine = await peopled()
    const invited = { role: 'owner' as const }
    await ask(mine.as.owner, 'PATCH', at(mine, `members/${mine.ids.editor}`), invited)
    const made = await ask(mine.as.editor, 'POST', at(mine, 'tokens'), {
      name: 'CI',
      role: 'editor',
    })
    const token = {
      authorization: `Bearer ${(made.body as { token: string }).token}`,
    }
    const makeKey = () => ask(token, 'POST', at(mine, 'write-keys'), { name: 'x' })
    const read = () => ask(token, 'GET', at(mine, 'write-keys'))
    expect((await makeKey()).status).toBe(201)
    expect((await ask(mine.as.owner, 'GET', at(mine, 'tokens'))).body).toContainEqual(
      expect.objectContaining({ name: 'CI', madeBy: expect.stringContaining('editor') }),
    )
    await ask(mine.as.owner, 'PATCH', at(mine, `members/${mine.ids.editor}`), { role: 'viewer' })
    expect((await makeKey()).status).toBe(403)
    expect((await read()).status).toBe(200)
    await ask(mine.as.owner, 'DELETE', at(mine, `members/${mine.ids.editor}`))
    expect((await read()).status).toBe(401)
  })
})

test('[WS9] a workspace is deleted with everything in it, by whoever owns another', async () => {
  const mine = await peopled()
  const delete_ = (name: string) =>
    ask(mine.as.owner, 'DELETE', `${at(mine, '').slice(0, -1)}?name=${encodeURIComponent(name)}`)
  expect(await delete_('Another')).toMatchObject({
    status: 400,
    body: { code: 'value-invalid', faults: [{ place: 'query.name' }] },
  })
  const me = (await ask(mine.as.owner, 'GET', '/api/me')).body as {
    workspaces: readonly { readonly name: string }[]
  }
  const name = me.workspaces[0]?.name ?? ''
  expect(await delete_(name)).toMatchObject({
    status: 409,
    body: { code: 'last-workspace' },
  })
  const slug = `spare-${mine.workspace.slug}`
  expect(
    await ask(mine.as.owner, 'POST', '/api/workspaces', { slug, name: 'Spare' }),
  ).toMatchObject({
    status: 201,
  })
  const made = await ask(mine.as.owner, 'POST', at(mine, 'write-keys'), { name: 'Site' })
  const { key } = made.body as { key: string }
  const send = () =>
    app.inject({
      method: 'POST',
      url: '/v1/track',
      payload: { writeKey: key, event: 'Seen', anonymousId: 'a-1' },
    })
  expect((await send()).statusCode).toBe(200)
  expect((await ask(mine.as.editor, 'DELETE', `${at(mine, '').slice(0, -1)}?name=x`)).status).toBe(
    403,
  )
  expect((await delete_(name)).status).toBe(204)
  expect((await ask(mine.as.owner, 'GET', at(mine, 'maps'))).status).toBe(404)
  expect((await send()).statusCode).toBe(401)
  const left = async () =>
    (
      await stores.clickhouse.rows<{ readonly n: string }>({
        text: 'SELECT toString(count()) AS n FROM events WHERE workspace = {workspace:UInt32}',
        params: { workspace: String(mine.workspace.id) },
      })
    )[0]?.n
  await expect.poll(left, { timeout: 20_000 }).toBe('0')
})

test('[WS9] every table with rows of workspaces is emptied', async () => {
  const rows = await stores.clickhouse.rows<{ readonly table: string }>({
    text: "SELECT DISTINCT table FROM system.columns WHERE database = currentDatabase() AND name = 'workspace'",
    params: {},
  })
  const file = readFileSync(new URL('../removals/drop-workspace.ts', import.meta.url), 'utf8')
  const dropped = [...file.matchAll(/sql`(\w+)`/g)].map(([, table = '']) => table)
  expect(dropped.toSorted()).toEqual(rows.map(({ table }) => table).toSorted())
})
