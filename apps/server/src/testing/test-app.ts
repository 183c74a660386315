import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Role } from '@parcurs/contract'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll } from 'vitest'
import { installationSecret } from '../backups/erasure-list.ts'
import { openEventStore } from '../log/event-store.ts'
import { type AppNeeds, parcursApp } from '../program/app.ts'
import { serverLog } from '../http/server-log.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { Stores } from '../stores/stores.ts'
import { newSecret } from '../keys/secret.ts'
import { installationMark } from '../sign-in/session-cookie.ts'
import { beginSession } from '../sign-in/sessions.ts'
import { createToken } from '../keys/tokens.ts'
import { writeKeys } from '../keys/write-keys.ts'
import { type TestWorkspace, testWorkspace } from './test-workspace.ts'

/** Who asks, as the headers that say so. */
export type Credentials = Readonly<Record<string, string>>

export interface TestApp {
  readonly app: FastifyInstance
  readonly stores: Stores
  /** Everything logged so far. */
  readonly logged: () => string
  readonly now: { ms: number }
  readonly machine: Credentials
  /** A workspace, somebody in it for each role, a write key and a token for each role. */
  readonly peopled: (given?: { readonly slug?: string }) => Promise<Peopled>
  readonly ask: (
    who: Credentials,
    method: NonNullable<InjectOptions['method']>,
    url: string,
    payload?: object,
  ) => Promise<{ readonly status: number; readonly body: unknown }>
}

export interface Peopled {
  readonly workspace: TestWorkspace
  readonly as: Readonly<Record<Role, Credentials>>
  readonly ids: Readonly<Record<Role, number>>
  readonly token: Readonly<Record<Role, Credentials>>
  readonly writeKey: string
}

const DAY_MS = 86_400_000

/** The whole server over a test file's stores, asked without a port. */
export async function testApp(stores: Stores, given: Partial<AppNeeds> = {}): Promise<TestApp> {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const now = { ms: Date.UTC(2026, 10, 22) }
  const machine = newSecret('machine')
  const ending = new AbortController()
  const importsFolder = mkdtempSync(join(tmpdir(), 'parcurs-imports-'))
  const app = await parcursApp({
    stores,
    events: openEventStore(stores, { alone: true, signal: ending.signal }),
    importsFolder,
    erasuresFile: join(importsFolder, 'erasures.jsonl'),
    log: serverLog('trace', sink),
    clock: () => now.ms,
    version: '0.0.0',
    publicUrl: null,
    trustedProxies: [],
    machineHash: machine.hash,
    webFolder: null,
    checkAnswers: true,
    ...given,
  })
  afterAll(async () => {
    ending.abort()
    await app.close()
    rmSync(importsFolder, { recursive: true, force: true })
  })
  await app.ready()
  const cookieName = `parcurs_${installationMark(await installationSecret(stores.database))}`
  let people = 0

  const member = async (workspace: TestWorkspace, role: Role) => {
    people += 1
    const { id } = await stores.database
      .insertInto('users')
      .values({ email: `${role}-${people}@example.com` })
      .returning('id')
      .executeTakeFirstOrThrow()
    await asMember(stores, workspace.id, id, role)
    const session = await beginSession(stores.database, id, 'test', now.ms)
    const token = await createToken(stores.database, workspace.id, {
      name: role,
      role,
      expiresMs: now.ms + DAY_MS,
    })
    return {
      id,
      session: { cookie: `${cookieName}=${session.text}` },
      token: { authorization: `Bearer ${token.token}` },
    }
  }

  return {
    app,
    stores,
    logged: () => lines.join(''),
    now,
    machine: { authorization: `Bearer ${machine.text}` },
    async peopled(wanted = {}) {
      const workspace = await testWorkspace(stores, wanted)
      const [owner, editor, viewer] = [
        await member(workspace, 'owner'),
        await member(workspace, 'editor'),
        await member(workspace, 'viewer'),
      ]
      const { key } = await writeKeys(stores.database).create(workspace.id, 'test')
      return {
        workspace,
        as: { owner: owner.session, editor: editor.session, viewer: viewer.session },
        ids: { owner: owner.id, editor: editor.id, viewer: viewer.id },
        token: { owner: owner.token, editor: editor.token, viewer: viewer.token },
        writeKey: key,
      }
    },
    async ask(who, method, url, payload) {
      const answer = await app.inject({
        method,
        url,
        headers: { ...who },
        ...(payload === undefined ? {} : { payload }),
      })
      return {
        status: answer.statusCode,
        body: answer.body === '' ? null : (JSON.parse(answer.body) as unknown),
      }
    },
  }
}

export function basic(writeKey: string): Credentials {
  return { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` }
}

async function asMember(stores: Stores, workspaceId: number, userId: number, role: Role) {
  await inWorkspace(stores.database, workspaceId, (transaction) =>
    transaction
      .insertInto('memberships')
      .values({ workspace_id: workspaceId, user_id: userId, role })
      .execute(),
  )
}
