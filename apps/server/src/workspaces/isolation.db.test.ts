import { isRole, pathParams, ROUTES } from '@parcurs/contract'
import { expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { basic, type Credentials, type Peopled, testApp } from '../testing/test-app.ts'

const { ask, now, peopled } = await testApp(await freshStores())
const at = ({ workspace }: Peopled, rest: string) => `/api/workspaces/${workspace.slug}/${rest}`

const DAY_MS = 86_400_000
const rule = { kind: 'event', names: ['Order Completed'] }
const touchpoint = { name: 'Order', channel: 'web', ownerTeam: '', presence: 'digital', rule }

/** The same people, names and ids in whatever workspace: only the workspace tells them apart. */
async function collect(who: Credentials, customers: number): Promise<void> {
  const batch = Array.from({ length: customers }, (_, i) => {
    const person = { userId: `user-${i}`, anonymousId: `device-${i}` }
    const timestamp = new Date(now.ms - DAY_MS + i * 1000).toISOString()
    return [
      { type: 'identify', ...person, traits: { plan: 'gold' }, messageId: `i-${i}`, timestamp },
      { type: 'page', ...person, name: 'Home', messageId: `p-${i}`, timestamp },
      {
        type: 'track',
        ...person,
        event: 'Order Completed',
        properties: { order_id: `o-${i}`, revenue: 10, currency: 'EUR' },
        messageId: `t-${i}`,
        timestamp,
      },
      // Refused: kept where only this workspace sees it.
      { type: 'track', event: '', messageId: `x-${i}` },
    ]
  }).flat()
  const { status, body } = await ask(who, 'POST', '/v1/batch', { batch })
  expect(status).toBe(200)
  expect(body).toMatchObject({ success: true })
}

const QUESTIONS: readonly object[] = [
  { kind: 'funnel', steps: ['page_view', 'Order Completed'] },
  { kind: 'paths' },
  { kind: 'variants' },
  { kind: 'paths', view: 'graph' },
  { kind: 'sessions' },
  { kind: 'retention' },
  { kind: 'metrics' },
]

/** Everything that a member sees of the workspace, by address. */
async function view(of: Peopled): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {}
  for (const { method, path, access } of ROUTES) {
    if (method !== 'GET' || !isRole(access) || pathParams(path).length > 1) continue
    const url = path.replace(':workspace', of.workspace.slug)
    seen[url] = await ask(of.as.owner, 'GET', url)
    expect(seen[url], url).toMatchObject({ status: 200 })
  }
  for (const question of QUESTIONS) {
    const name = JSON.stringify(question)
    seen[name] = await ask(of.as.owner, 'POST', at(of, 'ask'), { question })
    expect(seen[name], name).toMatchObject({ status: 200 })
  }
  seen['preview'] = await ask(of.as.owner, 'POST', at(of, 'touchpoints/preview'), { rule })
  return seen
}

test('[AU8] whatever happens in one workspace, another sees nothing of it', async () => {
  const [mine, theirs] = [await peopled(), await peopled()]
  await collect(basic(mine.writeKey), 3)
  const before = await view(mine)
  expect(before['preview']).toMatchObject({ status: 200, body: { events: 3, customers: 3 } })
  expect(before[JSON.stringify(QUESTIONS[0])]).toMatchObject({ status: 200 })

  await collect(basic(theirs.writeKey), 40)
  await ask(theirs.as.owner, 'POST', at(theirs, 'touchpoints'), touchpoint)
  await ask(theirs.as.owner, 'POST', at(theirs, 'write-keys'), { name: 'theirs' })
  await ask(theirs.as.owner, 'POST', at(theirs, 'tokens'), { name: 'theirs', role: 'viewer' })
  await ask(theirs.as.owner, 'POST', at(theirs, 'members'), {
    email: 'theirs@example.com',
    role: 'viewer',
  })
  const alias = { previousId: 'user-1', userId: 'user-2' }
  expect((await ask(basic(theirs.writeKey), 'POST', '/v1/alias', alias)).status).toBe(200)

  expect(await view(mine)).toEqual(before)
  expect((await view(theirs))['preview']).toMatchObject({ body: { events: 40, customers: 39 } })
})

test('[AU8] an id of another workspace leads nowhere', async () => {
  const [mine, theirs] = [await peopled(), await peopled()]
  await collect(basic(theirs.writeKey), 2)
  const made = await ask(theirs.as.owner, 'POST', at(theirs, 'touchpoints'), touchpoint)
  expect(made.status).toBe(201)
  const { id } = made.body as { id: string }
  const key = await ask(theirs.as.owner, 'GET', at(theirs, 'write-keys'))
  const [writeKey] = key.body as readonly { id: number }[]
  const listed = await ask(theirs.as.owner, 'GET', at(theirs, 'customers'))
  const [customer] = (listed.body as { customers: readonly { customer: string }[] }).customers

  const owner = mine.as.owner
  expect((await ask(owner, 'GET', at(mine, `touchpoints/${id}`))).status).toBe(404)
  const change = { ...touchpoint, name: 'Mine now', version: 1 }
  expect((await ask(owner, 'PUT', at(mine, `touchpoints/${id}`), change)).status).toBe(404)
  expect((await ask(owner, 'DELETE', at(mine, `touchpoints/${id}`))).status).toBe(404)
  expect((await ask(owner, 'DELETE', at(mine, `write-keys/${writeKey?.id}`))).status).toBe(404)
  const journey = await ask(owner, 'GET', at(mine, `customers/${customer?.customer}/journey`))
  expect(journey.status).toBe(404)
  const kept = await ask(theirs.as.owner, 'GET', at(theirs, `touchpoints/${id}`))
  expect(kept.body).toMatchObject({ name: 'Order', version: 1 })
})
