import { ask, askOnce, byLink, faultsOf, owner, signedIn, textOf, type Who } from './asking.ts'
import type { Server } from './server.ts'

/**
 * Tokens that would make tokens or people, outlive or outrank their maker, and go on while they are taken away, so often.
 *
 * @returns what was not answered as it should be
 */
export async function misuseTokens(server: Server, rounds: number): Promise<readonly string[]> {
  const boss = await owner(server)
  const faults: string[] = []
  for (let round = 0; round < rounds; round++) {
    faults.push(...(await ofOneMaker(server, boss, `maker-${round}@example.com`)))
  }
  return faults
}

const BASE = '/api/workspaces/main'

async function ofOneMaker(server: Server, boss: Who, email: string): Promise<readonly string[]> {
  const status = async (who: Who, method: string, path: string, body?: object) =>
    (await ask(server, who, method, BASE + path, body)).status
  const invited = await ask(server, boss, 'POST', `${BASE}/members`, { email, role: 'owner' })
  const maker = signedIn(await byLink(server, textOf(invited, 'link')))
  const me = await ask(server, maker, 'GET', '/api/me')
  const id = String(Reflect.get(Object(Reflect.get(Object(me.body), 'user')), 'id'))
  const made = await ask(server, maker, 'POST', `${BASE}/tokens`, {
    name: 'attack',
    role: 'owner',
    days: 1,
  })
  const token: Who = { authorization: `Bearer ${textOf(made, 'token')}` }
  const asOwner = [
    [
      'a token that makes a token',
      await status(token, 'POST', '/tokens', { name: 'x', role: 'owner', days: 366 }),
      403,
    ],
    [
      'a token that invites',
      await status(token, 'POST', '/members', { email: `x-${email}`, role: 'owner' }),
      403,
    ],
    [
      'a token that raises somebody',
      await status(token, 'PATCH', `/members/${id}`, { role: 'owner' }),
      403,
    ],
    ['an owner’s token', await status(token, 'GET', '/write-keys'), 200],
  ] as const
  await ask(server, boss, 'PATCH', `${BASE}/members/${id}`, { role: 'viewer' })
  const asViewer = [
    [
      'the token of who may only look now',
      await status(token, 'POST', '/write-keys', { name: 'x' }),
      403,
    ],
    ['and for looking', await status(token, 'GET', '/write-keys'), 200],
  ] as const
  // Asked without a pause while its maker goes: from the answer to that on, nothing is let in.
  let out = false
  const late: number[] = []
  const asking = Array.from({ length: 4 }, async () => {
    while (!out) await askOnce(server, token, 'GET', `${BASE}/write-keys`)
    late.push((await askOnce(server, token, 'GET', `${BASE}/write-keys`)).status)
  })
  const gone = await status(boss, 'DELETE', `/members/${id}`)
  out = true
  await Promise.all(asking)
  return faultsOf([
    ...asOwner,
    ...asViewer,
    ['taking the maker out', gone, 204],
    ['the token after that', late, [401, 401, 401, 401]],
    ['the maker’s session after that', await status(maker, 'GET', '/write-keys'), 404],
  ])
}
