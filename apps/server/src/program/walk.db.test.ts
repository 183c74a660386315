import {
  type Access,
  isRole,
  pathParams,
  type Role,
  type Route,
  ROUTES,
  roleAdmits,
} from '@parcurs/contract'
import { describe, expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { basic, type Credentials, type Peopled, testApp } from '../testing/test-app.ts'

// Walks the table of routes, so that a route somebody adds is tried as everybody, too.
const { app, peopled, machine } = await testApp(await freshStores())

type Who =
  | 'nobody'
  | 'a forged session'
  | 'a forged token'
  | 'a forged write key'
  | 'a write key'
  | 'the machine'
  | 'a stranger'
  | 'a stranger’s token'
  | `${Role}`
  | `${Role}’s token`

const EVERYBODY: readonly Who[] = [
  'nobody',
  'a forged session',
  'a forged token',
  'a forged write key',
  'a write key',
  'a stranger',
  'a stranger’s token',
  'viewer’s token',
  'editor’s token',
  'owner’s token',
  'the machine',
  'viewer',
  'editor',
  'owner',
]

function credentials(who: Who, mine: Peopled, theirs: Peopled): Credentials {
  switch (who) {
    case 'nobody':
      return {}
    case 'a forged session':
      return { cookie: `parcurs_session=ps_${'a'.repeat(43)}` }
    case 'a forged token':
      return { authorization: `Bearer pt_${'a'.repeat(43)}` }
    case 'a forged write key':
      return basic(`pw_${'a'.repeat(43)}`)
    case 'a write key':
      return basic(mine.writeKey)
    case 'the machine':
      return machine
    case 'a stranger':
      return theirs.as.owner
    case 'a stranger’s token':
      return theirs.token.owner
    case 'viewer':
    case 'editor':
    case 'owner':
      return mine.as[who]
    case 'viewer’s token':
      return mine.token.viewer
    case 'editor’s token':
      return mine.token.editor
    case 'owner’s token':
      return mine.token.owner
  }
}

const DENIALS: readonly unknown[] = [
  'not-signed-in',
  'write-key-unknown',
  'workspace-not-yours',
  'role-too-low',
  'machine-needed',
]

/** Whether the one door has said it. A public route may know of keys itself: then it is no denial. */
function doorsWord(access: Access, code: unknown): boolean {
  return access !== 'public' && DENIALS.includes(code)
}

/** How a route of this access must turn somebody away; null: it must let them in. */
function denial(access: Access, who: Who): string | null {
  if (access === 'public') return null
  if (access === 'write-key') return who === 'a write key' ? null : 'write-key-unknown'
  if (who === 'nobody' || who === 'a write key' || who.startsWith('a forged')) {
    return 'not-signed-in'
  }
  if (access === 'signed-in') return null
  if (access === 'user') {
    return who === 'the machine' || who.endsWith('token') ? 'person-needed' : null
  }
  if (access === 'machine') return who === 'the machine' ? null : 'machine-needed'
  if (who.startsWith('a stranger')) return 'workspace-not-yours'
  const role = who === 'the machine' ? 'owner' : who.replace('’s token', '')
  if (!isRole(access) || !isRole(role as Access)) throw new Error(`${access}, ${who}`)
  return roleAdmits(role as Role, access) ? null : 'role-too-low'
}

function address(route: Route, slug: string): string {
  return pathParams(route.path).reduce(
    (path, name) => path.replace(`:${name}`, name === 'workspace' ? slug : '1'),
    route.path,
  )
}

async function call(route: Route, slug: string, who: Credentials) {
  const answer = await app.inject({
    method: route.method,
    url: address(route, slug),
    headers: { ...who },
    ...(route.method === 'GET' ? {} : { payload: {} }),
  })
  const body: unknown = /json/.test(String(answer.headers['content-type'])) ? answer.json() : null
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null
  return { status: answer.statusCode, code, body: answer.body }
}

test('[AU1] every route of the contract is served', () => {
  const missing = ROUTES.filter(({ method, path }) => !app.hasRoute({ method, url: path }))
  expect(missing.map(({ name }) => name)).toEqual([])
})

test('[HT16] every other method of every path is answered 405 with those that it takes', async () => {
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
  const wrong: unknown[] = []
  for (const path of new Set(ROUTES.map((route) => route.path))) {
    const routes = ROUTES.filter((route) => route.path === path)
    const [route] = routes
    if (route === undefined) continue
    const taken = new Set<string>(routes.map(({ method }) => method))
    if (taken.has('GET')) taken.add('HEAD')
    if (route.access === 'write-key') taken.add('OPTIONS')
    for (const method of methods.filter((one) => !taken.has(one))) {
      const answer = await app.inject({ method, url: address(route, 'x'), payload: {} })
      const allowed = new Set(String(answer.headers['allow']).split(', '))
      const type = String(answer.headers['content-type'])
      const right =
        answer.statusCode === 405 &&
        type.startsWith('application/problem+json') &&
        (method === 'HEAD' || answer.json().code === 'method-not-allowed') &&
        allowed.size === taken.size &&
        [...taken].every((one) => allowed.has(one))
      if (!right) wrong.push([method, path, answer.statusCode, type, [...allowed]])
    }
  }
  expect(wrong).toEqual([])
  const nowhere = await app.inject({ method: 'POST', url: '/api/nothing-here' })
  expect(nowhere.statusCode).toBe(404)
})

for (const route of ROUTES) {
  describe(`${route.name}, for ${route.access}`, () => {
    test('[AU2] lets in exactly those who may', async () => {
      const [mine, theirs] = [await peopled(), await peopled()]
      const seen: Record<string, unknown> = {}
      const expected: Record<string, unknown> = {}
      for (const who of EVERYBODY) {
        const { status, code } = await call(
          route,
          mine.workspace.slug,
          credentials(who, mine, theirs),
        )
        const denied = denial(route.access, who)
        expected[who] = denied ?? 'let in'
        // What the route itself answers to a request without content is its own affair, a crash is not.
        if (denied === null && status >= 500) seen[who] = `${status} ${String(code)}`
        else
          seen[who] = denied === 'person-needed' || doorsWord(route.access, code) ? code : 'let in'
      }
      expect(seen).toEqual(expected)
    })

    if (!isRole(route.access)) return
    test('[AU3] answers a stranger as if there were no such workspace', async () => {
      const [mine, theirs] = [await peopled(), await peopled()]
      const said = async (slug: string) => {
        const { status, body } = await call(route, slug, theirs.as.owner)
        return { status, body: body.replaceAll(slug, '').replace(/"instance":"[^"]*"/, '') }
      }
      expect(await said(mine.workspace.slug)).toEqual(await said('there-is-none'))
      expect((await said(mine.workspace.slug)).status).toBe(404)
    })
  })
}
