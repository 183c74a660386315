import { describe, expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { testApp } from '../testing/test-app.ts'
import { linkPath, makeLink, OWNER_LINK_MS } from '../keys/sign-in-links.ts'

const stores = await freshStores()
const { app, ask, now, peopled, machine, logged } = await testApp(stores)
const nobody = {}
const PASSWORD = 'correct horse battery'
const HOUR_MS = 3_600_000

async function post(url: string, payload: object, headers: Record<string, string> = {}) {
  const answer = await app.inject({ method: 'POST', url, payload, headers })
  const cookie = String(answer.headers['set-cookie'] ?? '')
  return {
    status: answer.statusCode,
    body: answer.body,
    setCookie: cookie,
    retryAfter: answer.headers['retry-after'],
    who: { cookie: cookie.split(';')[0] ?? '' },
  }
}

const byLink = (token: string) => post('/api/sign-in/link', { token })
const byPassword = (email: string, password: string, address = '127.0.0.1') =>
  app.inject({
    method: 'POST',
    url: '/api/sign-in',
    payload: { email, password },
    remoteAddress: address,
  })

async function person() {
  const { ids, as, workspace } = await peopled()
  const user = await stores.database
    .selectFrom('users')
    .select('email')
    .where('id', '=', ids.owner)
    .executeTakeFirstOrThrow()
  return { userId: ids.owner, who: as.owner, email: user.email, workspace }
}

async function emailOf(who: Record<string, string>): Promise<string> {
  const { body } = await ask(who, 'GET', '/api/me')
  const user: unknown = Reflect.get(Object(body), 'user')
  return String(Reflect.get(Object(user), 'email'))
}

async function personWithPassword() {
  const made = await person()
  expect((await ask(made.who, 'PUT', '/api/me/password', { password: PASSWORD })).status).toBe(204)
  return made
}

describe('one-time links', () => {
  test('[SI1] a link signs in once, and its token stands behind the #', async () => {
    const { userId, workspace } = await person()
    const link = await makeLink(stores.database, userId, OWNER_LINK_MS, now.ms)
    expect(linkPath(link)).toBe(`/sign-in/link#${link.text}`)
    const first = await byLink(link.text)
    expect(first.status).toBe(200)
    expect(first.setCookie).toMatch(/HttpOnly; SameSite=Strict$/)
    expect((await ask(first.who, 'GET', '/api/me')).body).toMatchObject({
      user: { id: userId, hasPassword: false },
      workspaces: [{ slug: workspace.slug, role: 'owner' }],
    })
    const second = await byLink(link.text)
    expect(second.status).toBe(401)
    expect(second.body).toContain('link-spent')
    expect(second.setCookie).toBe('')
  })

  test('[SI1] of many who use a link at once, one is let in', async () => {
    const { userId } = await person()
    const link = await makeLink(stores.database, userId, OWNER_LINK_MS, now.ms)
    const all = await Promise.all(Array.from({ length: 8 }, () => byLink(link.text)))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('[SI1] the machine makes a new link, for the first owner or for somebody named', async () => {
    const { userId, email } = await person()
    const made = await ask(machine, 'POST', '/api/sign-in/links', { email })
    expect(made.status).toBe(201)
    const { link } = made.body as { link: string }
    const { who } = await byLink(link.split('#')[1] ?? '')
    expect((await ask(who, 'GET', '/api/me')).body).toMatchObject({ user: { id: userId } })
    expect((await ask(machine, 'POST', '/api/sign-in/links', {})).status).toBe(201)
    const nobodys = await ask(machine, 'POST', '/api/sign-in/links', { email: 'no@example.com' })
    expect(nobodys.status).toBe(404)
  })

  test('[SI2] a link is over after its time', async () => {
    const { userId } = await person()
    const link = await makeLink(stores.database, userId, HOUR_MS, now.ms)
    now.ms += HOUR_MS
    expect((await byLink(link.text)).status).toBe(401)
  })
})

describe('passwords', () => {
  test('[SI4] email, in any case, and password begin a session', async () => {
    const { email } = await personWithPassword()
    expect((await byPassword(email.toUpperCase(), PASSWORD)).statusCode).toBe(200)
    const stored = await stores.database
      .selectFrom('users')
      .select('password_hash')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    expect(stored.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('[SI5] an account that exists and one that does not are told the same', async () => {
    const { email } = await personWithPassword()
    const { email: without } = await person()
    const answers: { i: number; attempt: number; statusCode: number; said: string }[] = []
    for (const [i, name] of [email, without, 'nobody@example.com'].entries()) {
      for (let attempt = 0; attempt < 6; attempt++) {
        const { statusCode, body } = await byPassword(name, 'wrong wrong wrong', `10.0.0.${i}`)
        answers.push({ i, attempt, statusCode, said: body.replace(/"instance":"[^"]*"/, '') })
      }
    }
    const of = (i: number) =>
      answers
        .filter((answer) => answer.i === i)
        .map(({ attempt, statusCode, said }) => ({ attempt, statusCode, said }))
    expect(of(1)).toEqual(of(0))
    expect(of(2)).toEqual(of(0))
    expect(of(0).map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401, 401, 429])
  })

  test('[SI5] after five failures even the right password waits, for that address alone', async () => {
    const { email } = await personWithPassword()
    for (let attempt = 0; attempt < 5; attempt++) await byPassword(email, 'wrong', '10.1.0.1')
    const closed = await byPassword(email, PASSWORD, '10.1.0.1')
    expect(closed.statusCode).toBe(429)
    expect(Number(closed.headers['retry-after'])).toBe(900)
    expect((await byPassword(email, PASSWORD, '10.1.0.2')).statusCode).toBe(200)
    now.ms += 900_000
    expect((await byPassword(email, PASSWORD, '10.1.0.1')).statusCode).toBe(200)
  })

  test('[SI5] guesses sent all at once are counted too', async () => {
    const { email } = await personWithPassword()
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, i) => byPassword(email, `wrong ${i}`, '10.1.0.9')),
    )
    expect(all.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5)
    expect(all.filter(({ statusCode }) => statusCode === 429)).toHaveLength(7)
  })

  test('[SI5] an address that fails on many accounts is closed for all', async () => {
    for (let i = 0; i < 30; i++) await byPassword(`a${i}@example.com`, 'wrong', '2001:db8:1:2::1')
    expect((await byPassword('new@example.com', 'wrong', '2001:db8:1:2:3::4')).statusCode).toBe(429)
    expect((await byPassword('new@example.com', 'wrong', '2001:db8:1:3::1')).statusCode).toBe(401)
  })

  test('[SI5] strangers who fail on an account do not keep its owner, who is in, from a new password', async () => {
    const { email, who } = await personWithPassword()
    for (let i = 0; i < 51; i++) await byPassword(email, 'wrong', `10.7.${i}.1`)
    expect((await byPassword(email, PASSWORD, '10.8.0.1')).statusCode).toBe(429)
    const change = { current: PASSWORD, password: 'another long one' }
    expect((await ask(who, 'PUT', '/api/me/password', change)).status).toBe(204)
  })

  test('[SI5] links that strangers fail at keep nobody who is in from joining', async () => {
    const { who } = await person()
    const other = await peopled()
    const send = async (url: string, token: string, headers: Record<string, string>) => {
      const payload = { token }
      const remoteAddress = '10.11.0.1'
      return (await app.inject({ method: 'POST', url, payload, remoteAddress, headers })).statusCode
    }
    for (let i = 0; i < 20; i++) await send('/api/sign-in/link', `pl_${i}`, {})
    expect(await send('/api/sign-in/link', 'pl_x', {})).toBe(429)
    const invited = await ask(
      other.as.owner,
      'POST',
      `/api/workspaces/${other.workspace.slug}/members`,
      {
        email: await emailOf(who),
        role: 'viewer',
      },
    )
    const token = String(Reflect.get(Object(invited.body), 'link')).split('#')[1]
    expect(await send('/api/me/join', token ?? '', who)).toBe(200)
  })

  test('[SI5] a clock that is set back or ahead neither lengthens nor ends a lock-out', async () => {
    const { email } = await personWithPassword()
    const steady = { ms: 0 }
    const clocked = await testApp(stores, { steadyClock: () => steady.ms })
    const signIn = async (password: string) => {
      const payload = { email, password }
      const { app: other } = clocked
      return (await other.inject({ method: 'POST', url: '/api/sign-in', payload })).statusCode
    }
    for (let attempt = 0; attempt < 5; attempt++) await signIn('wrong wrong')
    for (const ms of [-10 * HOUR_MS, HOUR_MS]) {
      clocked.now.ms += ms
      expect(await signIn(PASSWORD)).toBe(429)
    }
    steady.ms += 900_000
    expect(await signIn(PASSWORD)).toBe(200)
  })

  test('[SI6] passwords set by many at once are set or asked to come again, never a failure', async () => {
    const people = await Promise.all(Array.from({ length: 60 }, () => person()))
    const answers = await Promise.all(
      people.map(({ who }) => ask(who, 'PUT', '/api/me/password', { password: PASSWORD })),
    )
    const statuses = new Set(answers.map(({ status }) => status))
    expect([...statuses].filter((status) => status !== 204 && status !== 429)).toEqual([])
    expect(statuses).toContain(204)
  })

  test('[SI6] a new password ends every other session and link, and needs the old one', async () => {
    const { email, userId, who } = await personWithPassword()
    const other = await post('/api/sign-in', { email, password: PASSWORD })
    const link = await makeLink(stores.database, userId, OWNER_LINK_MS, now.ms)
    const change = (current?: string) =>
      ask(who, 'PUT', '/api/me/password', {
        password: 'another long one',
        ...(current === undefined ? {} : { current }),
      })
    expect((await change()).status).toBe(401)
    expect((await change('wrong')).status).toBe(401)
    expect((await ask(other.who, 'GET', '/api/me')).status).toBe(200)
    expect((await change(PASSWORD)).status).toBe(204)
    expect((await ask(who, 'GET', '/api/me')).status).toBe(200)
    expect((await ask(other.who, 'GET', '/api/me')).status).toBe(401)
    expect((await byLink(link.text)).status).toBe(401)
    expect((await byPassword(email, PASSWORD)).statusCode).toBe(401)
    expect((await byPassword(email, 'another long one')).statusCode).toBe(200)
  })

  test('[SI6] a short password is refused without being repeated', async () => {
    const { who } = await person()
    const { status, body } = await ask(who, 'PUT', '/api/me/password', { password: 'hunter2' })
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain('body.password: expected at least 10 characters')
    expect(JSON.stringify(body)).not.toContain('hunter2')
  })
})

describe('behind TLS', async () => {
  const behind = await testApp(stores, {
    publicUrl: 'https://parcurs.example',
    trustedProxies: ['10.9.9.9'],
  })
  const signIn = (email: string, from: string, forwardedFor: string) =>
    behind.app.inject({
      method: 'POST',
      url: '/api/sign-in',
      payload: { email, password: 'wrong' },
      remoteAddress: from,
      headers: { 'x-forwarded-for': forwardedFor, host: 'parcurs.example' },
    })

  test('[SI3] the cookie is Secure and bound to the host, and the browser is told to stay', async () => {
    const { userId } = await person()
    const link = await makeLink(stores.database, userId, OWNER_LINK_MS, behind.now.ms)
    const { headers } = await behind.app.inject({
      method: 'POST',
      url: '/api/sign-in/link',
      payload: { token: link.text },
      headers: { origin: 'https://parcurs.example' },
    })
    expect(headers['set-cookie']).toMatch(/^__Host-parcurs_session=.*; Secure$/)
    expect(headers['strict-transport-security']).toBe('max-age=31536000')
    const [cookie = ''] = String(headers['set-cookie']).split(';')
    expect((await behind.ask({ cookie }, 'GET', '/api/me')).status).toBe(200)
    const planted = cookie.replace('__Host-', '')
    expect((await behind.ask({ cookie: planted }, 'GET', '/api/me')).status).toBe(401)
  })

  test('[SI5] only a trusted proxy says who the client is', async () => {
    const statuses = async (from: string) => {
      const seen = []
      for (let i = 0; i < 7; i++) {
        seen.push((await signIn(`x-${from}@example.com`, from, `192.0.2.${i}`)).statusCode)
      }
      return seen
    }
    expect(await statuses('10.9.9.9')).toEqual([401, 401, 401, 401, 401, 401, 401])
    expect(await statuses('10.8.8.8')).toEqual([401, 401, 401, 401, 401, 429, 429])
  })
})

describe('sessions', () => {
  test('[SI12] the API is served at the place of the installation too, and its cookie goes there', async () => {
    const { userId, who } = await person()
    const link = await makeLink(stores.database, userId, OWNER_LINK_MS, now.ms)
    const { setCookie } = await byLink(link.text)
    const [, mark] = /^parcurs_([0-9a-f]{12})=ps_[^;]+; Path=\/~\1\/; /.exec(setCookie) ?? []
    expect(mark).toBeDefined()
    expect((await ask(who, 'GET', `/~${mark}/api/me`)).status).toBe(200)
    expect((await ask({}, 'GET', `/~${mark}/api/me`)).status).toBe(401)
    expect((await ask(who, 'GET', '/~000000000000/api/me')).status).toBe(404)
  })

  test('[SI12] who signed in with a former version stays in; one planted before it signs nobody out', async () => {
    const { userId, who } = await person()
    const [name = '', token = ''] = (who['cookie'] ?? '').split('=')
    const former = `parcurs_session=${token}`
    const planted = `${name}=ps_planted; ${former}`
    for (const cookie of [former, planted]) {
      const { statusCode, headers, body } = await app.inject({
        url: '/api/me',
        headers: { cookie },
      })
      expect([statusCode, JSON.parse(body)]).toMatchObject([200, { user: { id: userId } }])
      const set = [headers['set-cookie']].flat()
      expect(set[0]).toContain(`${name}=${token}; Path=/~`)
      expect(set[1]).toMatch(/^parcurs_session=; Path=\/; Max-Age=0;/)
    }
  })

  test('[SI8] the browser keeps the cookie as long as the session, which goes on with each use', async () => {
    const { who } = await person()
    const { headers } = await app.inject({ url: '/api/me', headers: who })
    expect(headers['set-cookie']).toMatch(/Max-Age=2592000;/)
    expect((await app.inject({ url: '/api/me', headers: machine })).headers).not.toHaveProperty(
      'set-cookie',
    )
  })

  test('[SI7] sessions are listed, and end one by one, all others at once, or by signing out', async () => {
    const { email, who } = await personWithPassword()
    const [second, third] = [
      await post('/api/sign-in', { email, password: PASSWORD }, { 'user-agent': 'Second' }),
      await post('/api/sign-in', { email, password: PASSWORD }, { 'user-agent': 'Third' }),
    ]
    const list = async () => {
      const { body } = await ask(who, 'GET', '/api/me/sessions')
      return body as readonly { id: string; current: boolean; userAgent: string }[]
    }
    const all = await list()
    expect(all.filter(({ current }) => current)).toHaveLength(1)
    const id = all.find(({ userAgent }) => userAgent === 'Second')?.id
    expect((await ask(who, 'DELETE', `/api/me/sessions/${id}`)).status).toBe(204)
    expect((await ask(who, 'DELETE', `/api/me/sessions/${id}`)).status).toBe(404)
    expect((await ask(second.who, 'GET', '/api/me')).status).toBe(401)
    expect((await ask(who, 'DELETE', '/api/me/sessions')).status).toBe(204)
    expect((await ask(third.who, 'GET', '/api/me')).status).toBe(401)
    expect(await list()).toHaveLength(1)
    expect((await ask(who, 'POST', '/api/sign-out')).status).toBe(204)
    expect((await ask(who, 'GET', '/api/me')).status).toBe(401)
  })

  test('[SI7] nobody ends the sessions of somebody else', async () => {
    const [ann, bob] = [await person(), await person()]
    const { body } = await ask(ann.who, 'GET', '/api/me/sessions')
    const [session] = body as readonly { id: string }[]
    expect((await ask(bob.who, 'DELETE', `/api/me/sessions/${session?.id}`)).status).toBe(404)
    expect((await ask(ann.who, 'GET', '/api/me')).status).toBe(200)
  })

  test('[SI8] a session is over 30 days after it was last used', async () => {
    const { who } = await person()
    now.ms += 29 * 24 * HOUR_MS
    expect((await ask(who, 'GET', '/api/me')).status).toBe(200)
    now.ms += 29 * 24 * HOUR_MS
    expect((await ask(who, 'GET', '/api/me')).status).toBe(200)
    now.ms += 30 * 24 * HOUR_MS
    expect((await ask(who, 'GET', '/api/me')).status).toBe(401)
  })
})

describe('a person', () => {
  test('[SI9] keeps their name, language and email; not the email of another', async () => {
    const [ann, bob] = [await person(), await person()]
    const change = { name: 'Ann', language: 'el', email: 'Ann@Example.com' }
    expect((await ask(ann.who, 'PATCH', '/api/me', change)).body).toMatchObject({
      user: { name: 'Ann', language: 'el', email: 'ann@example.com' },
    })
    expect((await ask(bob.who, 'PATCH', '/api/me', { email: 'ann@example.com' })).status).toBe(409)
    expect((await ask(bob.who, 'PATCH', '/api/me', { language: 'xx' })).status).toBe(400)
  })

  test('[SI10] the machine’s own commands are owner of every workspace and nobody in person', async () => {
    const { workspace } = await person()
    expect((await ask(machine, 'GET', '/api/me')).body).toMatchObject({ user: null })
    const members = await ask(machine, 'GET', `/api/workspaces/${workspace.slug}/members`)
    expect(members.status).toBe(200)
    expect((await ask(machine, 'GET', '/api/me/sessions')).status).toBe(403)
    expect((await ask({ authorization: 'Bearer pm_wrong' }, 'GET', '/api/me')).status).toBe(401)
    expect((await ask(nobody, 'GET', '/api/me')).status).toBe(401)
  })

  test('[SI11] no password, token or cookie of all this came into the log', async () => {
    const { email, who } = await personWithPassword()
    await byPassword(email, PASSWORD)
    expect(logged()).toContain('"route":"/api/sign-in"')
    expect(logged()).not.toContain(PASSWORD)
    expect(logged()).not.toContain('correct')
    expect(logged()).not.toMatch(/p[slwtm]_[A-Za-z0-9_-]{20}/)
    expect(logged()).not.toContain(who.cookie)
    expect(logged()).not.toContain('authorization')
    expect(logged()).not.toContain('/sign-in/link#')
  })
})
