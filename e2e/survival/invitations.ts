import { ask, byLink, faultsOf, owner, signedIn, textOf, type Who } from './asking.ts'
import type { Server } from './server.ts'

/**
 * Links that were kept, shared, used by many at once and given to the wrong ones, so often; addresses taken in advance.
 *
 * @returns what was not answered as it should be
 */
export async function misuseInvitations(
  server: Server,
  rounds: number,
): Promise<readonly string[]> {
  const boss = await owner(server)
  const faults: string[] = []
  for (let round = 0; round < rounds; round++) {
    const [bad, good] = [`bad-${round}`, `good-${round}`]
    for (const slug of [bad, good]) {
      await ask(server, boss, 'POST', '/api/workspaces', { slug, name: slug })
    }
    faults.push(...(await ofOneAddress(server, boss, bad, good, `kept-${round}@example.com`)))
  }
  return faults
}

async function ofOneAddress(
  server: Server,
  boss: Who,
  bad: string,
  good: string,
  email: string,
): Promise<readonly string[]> {
  const members = (slug: string) => `/api/workspaces/${slug}/members`
  const invited = async (slug: string) =>
    textOf(await ask(server, boss, 'POST', members(slug), { email, role: 'editor' }), 'link')
  const status = async (who: Who, method: string, path: string, body?: object) =>
    (await ask(server, who, method, path, body)).status
  const tokenOf = (link: string) => ({ token: link.split('#')[1] })

  // One link, used by many at once: one of them is in.
  const link = await invited(bad)
  const many = await Promise.all(Array.from({ length: 8 }, () => byLink(server, link)))
  const inside = many.filter((answer) => answer.status === 200)
  const [first] = inside
  if (first === undefined) return [`nobody came in by a link: ${many[0]?.text}`]
  const early = signedIn(first)

  // What is kept of one workspace opens no other that invites the same address later.
  const hoarded = await invited(bad)
  const theirs = await invited(good)
  const before = await status(early, 'GET', members(good))
  const wrong = await status(boss, 'POST', '/api/me/join', tokenOf(hoarded))
  const person = signedIn(await byLink(server, await invited(bad)))
  const joined = await status(person, 'POST', '/api/me/join', tokenOf(theirs))
  const again = await byLink(server, hoarded)

  // An address that somebody takes in advance lets them in nowhere.
  const boss2 = `boss-of-${email}`
  const taken = await status(person, 'PATCH', '/api/me', { email: boss2 })
  await ask(server, boss, 'POST', members('main'), { email: boss2, role: 'owner' })
  return faultsOf([
    ['of 8 who use a link at once are in', inside.length, 1],
    ['another workspace, before it was joined', before, 404],
    ['joining by a link to somebody else', wrong, 401],
    ['joining by the right link', joined, 200],
    ['the workspace that was joined', await status(person, 'GET', members(good)), 200],
    [
      'a session begun by a kept link, after its person joined elsewhere',
      await status(early, 'GET', '/api/me'),
      401,
    ],
    ['a kept link after that', again.status, 401],
    ['an address of one’s own', taken, 200],
    [
      'a workspace that invited the taken address',
      await status(person, 'GET', members('main')),
      404,
    ],
  ])
}
