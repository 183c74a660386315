import { isIPv6 } from 'node:net'
import { accessRoutes, language, type Refusal, refuse } from '@parcurs/contract'
import type { Kysely } from 'kysely'
import type { Person, Viewer } from '../http/gate.ts'
import type { Handle } from '../http/serve.ts'
import type { Database } from '../postgres/tables.ts'
import { join } from '../workspaces/members.ts'
import { workspaceOf, workspaces, workspacesOf } from '../workspaces/workspaces.ts'
import { attempts } from './attempts.ts'
import { type Passwords, PasswordsBusy } from './password.ts'
import type { SessionCookie } from './session-cookie.ts'
import { secretHash } from '../keys/secret.ts'
import { beginSession, endSession, endSessions, sessionsOf } from './sessions.ts'
import { dropLinks, linkPath, makeLink, OWNER_LINK_MS, spendLink } from '../keys/sign-in-links.ts'
import { changeUser, firstUser, setPassword, userOf } from './users.ts'

export interface SignInNeeds {
  readonly database: Kysely<Database>
  readonly passwords: Passwords
  readonly clock: () => number
  /** Of the machine's running time, which nobody can set back: failures fade by it. */
  readonly steadyClock: () => number
  readonly cookie: SessionCookie
}

const QUARTER_MS = 15 * 60_000
const MANY_PASSWORDS = refuse('too-busy', 'many are signing in at this moment: try again', {
  retryAfterSeconds: 2,
})
const LINK_SPENT = refuse(
  'link-spent',
  'make a new link with `parcurs link`, or ask an owner for one',
)
const SIGN_IN_FIRST = refuse(
  'sign-in-first',
  'somebody here has the address that was invited: sign in, then open the link again',
)

/** Signing in and out, and what a person keeps for themselves. */
export function serveSignIn(
  handle: Handle,
  { database, passwords, clock, steadyClock, cookie }: SignInNeeds,
): void {
  // Failures count whether the account exists or not, so neither the answer nor the wait tells which do.
  // Narrow for one address on one account; wide enough on the account alone that a stranger who fails on
  // purpose cannot easily lock its owner out.
  const onBoth = attempts({ most: 5, windowMs: QUARTER_MS })
  const byAddress = attempts({ most: 30, windowMs: QUARTER_MS })
  const onAccount = attempts({ most: 50, windowMs: QUARTER_MS })
  const linkTries = attempts({ most: 20, windowMs: QUARTER_MS })

  /** Checks a password under the limits; `undefined`: it is right. */
  async function checkPassword(
    email: string,
    address: string,
    password: string,
    stored: string | null,
  ): Promise<Refusal | undefined> {
    const nowMs = steadyClock()
    const both = `${address} ${email}`
    const waitSeconds = Math.max(
      onBoth.waitSeconds(both, nowMs),
      byAddress.waitSeconds(address, nowMs),
      onAccount.waitSeconds(email, nowMs),
    )
    if (waitSeconds > 0) return tooMany(waitSeconds)
    // Counted before it is checked, so that many sent at once do not all pass; a success takes it back.
    onBoth.failed(both, nowMs)
    byAddress.failed(address, nowMs)
    onAccount.failed(email, nowMs)
    try {
      if (!(await passwords.matches(password, stored))) {
        return refuse('sign-in-failed', 'expected the email and password of an account here')
      }
    } catch (error) {
      if (!(error instanceof PasswordsBusy)) throw error
      // Nothing was tried.
      onBoth.takenBack(both)
      byAddress.takenBack(address)
      onAccount.takenBack(email)
      return MANY_PASSWORDS
    }
    onBoth.succeeded(both)
    // Not forgotten: somebody with an account of their own could otherwise wash their address clean.
    byAddress.takenBack(address)
    onAccount.takenBack(email)
    return undefined
  }

  async function hashed(password: string): Promise<string | Refusal> {
    try {
      return await passwords.hash(password)
    } catch (error) {
      if (!(error instanceof PasswordsBusy)) throw error
      return MANY_PASSWORDS
    }
  }

  /** The token by which a person came. */
  const tokenOf = (viewer: Person, header: string | undefined) =>
    cookie.tokens(header).find((token) => secretHash(token).toString('hex') === viewer.sessionId)

  handle(accessRoutes.me, async ({ viewer, client, header }) => {
    if (viewer.kind === 'person') {
      const token = tokenOf(viewer, client.cookie)
      // The session goes on for its whole time: so does what the browser holds of it.
      if (token !== undefined) {
        for (const set of cookie.renewed(client.cookie, token)) header('set-cookie', set)
      }
    }
    return await me(database, viewer)
  })

  handle(accessRoutes.signIn, async ({ body, client, header }) => {
    const email = body.email.trim().toLowerCase()
    const user = await userOf(database, email)
    const refused = await checkPassword(
      email,
      addressBlock(client.address),
      body.password,
      user?.passwordHash ?? null,
    )
    if (refused !== undefined) return refused
    if (user === null) throw new Error('a password matched nobody')
    return await begin(user.id, client.userAgent, header)
  })

  handle(accessRoutes.signInByLink, async ({ body, client, header }) => {
    const address = addressBlock(client.address)
    const waitSeconds = linkTries.waitSeconds(address, steadyClock())
    if (waitSeconds > 0) return tooMany(waitSeconds)
    const userId = await spendLink(database, body.token, clock())
    if (userId !== null) return await begin(userId, client.userAgent, header)
    const joined = await join(database, body.token, null, clock())
    if (joined.state === 'joined') return await begin(joined.userId, client.userAgent, header)
    linkTries.failed(address, steadyClock())
    return joined.state === 'spent' ? LINK_SPENT : SIGN_IN_FIRST
  })

  handle(accessRoutes.join, async ({ viewer, body }) => {
    // What strangers fail at from this address must not lock out who is in.
    const session = `session ${viewer.sessionId}`
    const waitSeconds = linkTries.waitSeconds(session, steadyClock())
    if (waitSeconds > 0) return tooMany(waitSeconds)
    const joined = await join(database, body.token, viewer, clock())
    if (joined.state === 'joined') return await me(database, viewer)
    linkTries.failed(session, steadyClock())
    return LINK_SPENT
  })

  async function begin(
    userId: number,
    userAgent: string,
    header: (name: string, value: string) => void,
  ) {
    const session = await beginSession(database, userId, userAgent, clock())
    header('set-cookie', cookie.begun(session.text))
    return await me(database, { kind: 'person', userId, sessionId: session.hash.toString('hex') })
  }

  handle(accessRoutes.makeLink, async ({ body }) => {
    const user =
      body.email === undefined ? await firstUser(database) : await userOf(database, body.email)
    if (user === null) return refuse('not-found', `nobody here has the email ${body.email ?? ''}`)
    const nowMs = clock()
    const link = await makeLink(database, user.id, OWNER_LINK_MS, nowMs)
    return { email: user.email, link: linkPath(link), expiresMs: nowMs + OWNER_LINK_MS }
  })

  handle(accessRoutes.signOut, async ({ viewer, client, header }) => {
    await endSession(database, viewer.userId, viewer.sessionId)
    const token = tokenOf(viewer, client.cookie) ?? ''
    for (const set of cookie.ended(client.cookie, token)) header('set-cookie', set)
  })

  handle(accessRoutes.changeMe, async ({ viewer, body }) => {
    if (!(await changeUser(database, viewer.userId, body))) {
      return refuse(
        'already-there',
        `${body.email} is somebody else's: expected an address of your own`,
      )
    }
    return await me(database, viewer)
  })

  handle(accessRoutes.changePassword, async ({ viewer, body }) => {
    const user = await userOf(database, viewer.userId)
    if (user === null) throw new Error(`user ${viewer.userId} has a session but is gone`)
    if (user.passwordHash !== null) {
      // What strangers fail at under this account or from this address must not lock out who is in.
      const session = `session ${viewer.sessionId}`
      const refused = await checkPassword(session, session, body.current ?? '', user.passwordHash)
      if (refused !== undefined) return refused
    }
    const hash = await hashed(body.password)
    if (typeof hash !== 'string') return hash
    await setPassword(database, user.id, hash)
    // Whoever else is in, by whatever way, is out.
    await endSessions(database, user.id, viewer.sessionId)
    await dropLinks(database, user.id)
    return undefined
  })

  handle(accessRoutes.sessions, async ({ viewer }) =>
    (await sessionsOf(database, viewer.userId, clock())).map((session) => ({
      ...session,
      current: session.id === viewer.sessionId,
    })),
  )
  handle(accessRoutes.endSession, async ({ viewer, params }) =>
    (await endSession(database, viewer.userId, params.sessionId))
      ? undefined
      : refuse('not-found', 'no such session of yours'),
  )
  handle(accessRoutes.endOtherSessions, ({ viewer }) =>
    endSessions(database, viewer.userId, viewer.sessionId),
  )
}

async function me(database: Kysely<Database>, viewer: Viewer) {
  if (viewer.kind === 'machine') {
    const all = await workspaces(database)
    return { user: null, workspaces: all.map((one) => ({ ...one, role: 'owner' as const })) }
  }
  if (viewer.kind === 'token') {
    const workspace = await workspaceOf(database, viewer.workspaceId)
    return {
      user: null,
      workspaces: workspace === null ? [] : [{ ...workspace, role: viewer.role }],
    }
  }
  const user = await userOf(database, viewer.userId)
  if (user === null) throw new Error(`user ${viewer.userId} has a session but is gone`)
  const { passwordHash, ...rest } = user
  return {
    user: {
      ...rest,
      // What a newer version stored and this one does not speak is left to the browser.
      language: language.catch('').parse(user.language),
      hasPassword: passwordHash !== null,
    },
    workspaces: await workspacesOf(database, user.id),
  }
}

function tooMany(waitSeconds: number): Refusal {
  return refuse(
    'too-many-attempts',
    `too many attempts failed: expected none for another ${waitSeconds} s`,
    { retryAfterSeconds: waitSeconds },
  )
}

/** An IPv6 client owns at least a /64: all of it counts as one. */
function addressBlock(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail = ''] = address.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const last = tail.split(':').filter((group) => group !== '')
  const missing = Array.from({ length: 8 - groups.length - last.length }, () => '0')
  return [...groups, ...(address.includes('::') ? missing : []), ...last].slice(0, 4).join(':')
}
