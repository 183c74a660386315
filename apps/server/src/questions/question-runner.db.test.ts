import {
  type Answer,
  type FunnelAnswer,
  type FunnelQuestion,
  param,
  compile,
  type LivingMapQuestion,
  type Planned,
  type Question,
  type QuestionKind,
  rowsOf,
  sql,
} from '@parcurs/analytics'
import { isRefusal, type Refusal } from '@parcurs/contract'
import { type IncomingEvent, PLAIN_STEP } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { storeEvents } from '../collect/store-events.ts'
import type { Workspace } from '../http/gate.ts'
import { fold } from '../journeys/fold.ts'
import { insertMap } from '../maps/maps.ts'
import { openEventStore } from '../log/event-store.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { Stores } from '../stores/stores.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testQuestions } from '../testing/test-questions.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { createTouchpoint } from '../touchpoints/touchpoints.ts'

// apps/server SPEC.md, "Questions": [QU8] what is given again, [QU10] samples, [QU11] stages.

const fresh = await freshStores()
const store = openEventStore(fresh, { alone: true, signal: new AbortController().signal })

/** How often the store of events was asked. */
let asked = 0
/** What each of those reads may hold. */
const limits: number[] = []
const stores: Stores = {
  ...fresh,
  clickhouse: {
    ...fresh.clickhouse,
    rows: (query, options) => {
      asked += 1
      limits.push(options?.maxMemoryBytes ?? 0)
      return fresh.clickhouse.rows(query, options)
    },
    bytes: (query, format, options) => {
      asked += 1
      limits.push(options?.maxMemoryBytes ?? 0)
      return fresh.clickhouse.bytes(query, format, options)
    },
  },
}
const MINUTE = 60_000
const DAY = 86_400_000
const START = Date.UTC(2026, 10, 1)
const now = { ms: START + 100 * DAY }
const questions = testQuestions(stores)(() => now.ms)
const { signal } = new AbortController()

async function workspaceOf(given: Partial<Workspace> = {}): Promise<Workspace> {
  const { id, slug } = await testWorkspace(fresh)
  return {
    id,
    slug,
    name: slug,
    timeZone: 'UTC',
    weekStart: 'monday',
    currency: 'EUR',
    simulated: false,
    ...given,
  }
}

let sent = 0

async function send({ id }: Workspace, customers: number, names: readonly string[]): Promise<void> {
  const events = Array.from({ length: customers }, (_, c) =>
    names.map((name, i): IncomingEvent => {
      sent += 1
      return {
        type: 'track',
        name,
        channel: 'web',
        path: '',
        userId: `c${c}`,
        anonymousId: '',
        timeMs: START + i * MINUTE,
        position: sent,
        messageId: `m${sent}`,
        value: null,
        currency: '',
        orderId: '',
        properties: { plan: 'free' },
      }
    }),
  ).flat()
  await storeEvents(store, id, { events, identifies: [], groups: [], aliases: [] }, now.ms)
}

const FUNNEL: FunnelQuestion = {
  kind: 'funnel',
  steps: ['view', 'buy'],
  windowMs: DAY,
  period: { fromMs: START, toMs: START + DAY },
}

function given<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.detail)
  return answer
}

const ask = async (workspace: Workspace, question: Question): Promise<Answer> =>
  given(await questions.ask(question, workspace, signal))

async function funnel(workspace: Workspace, change: Partial<FunnelQuestion> = {}) {
  return (await ask(workspace, { ...FUNNEL, ...change })) as FunnelAnswer
}

/** How often the store was asked meanwhile. */
async function reads(work: () => Promise<unknown>): Promise<number> {
  const before = asked
  await work()
  return asked - before
}

test('[QU8] what nothing changed is not read again, whoever asks it in whatever order of fields', async () => {
  const workspace = await workspaceOf()
  await send(workspace, 3, ['view', 'buy'])
  const first = await funnel(workspace)
  const { kind, steps, windowMs, period } = FUNNEL
  const again = { period: period ?? null, windowMs: windowMs ?? 0, steps, kind }
  expect(await reads(async () => expect(await ask(workspace, again)).toEqual(first))).toBe(0)
  expect(await reads(() => funnel(workspace, { windowMs: 2 * DAY }))).toBeGreaterThan(0)
})

test('[QU8] a new event, a changed library and another zone are answered anew', async () => {
  const workspace = await workspaceOf()
  await send(workspace, 3, ['view', 'buy'])
  expect((await funnel(workspace)).total.entered).toBe(3)
  await send(workspace, 5, ['view'])
  expect((await funnel(workspace)).total.entered).toBe(5)
  await createTouchpoint(fresh.database, workspace.id, `t-${workspace.id}`, {
    name: 'Seen',
    channel: 'web',
    ownerTeam: '',
    presence: 'digital',
    rule: { kind: 'event', names: ['view'] },
  })
  expect(await reads(() => funnel(workspace))).toBeGreaterThan(0)
  expect(await reads(() => funnel(workspace))).toBe(0)
  expect(await reads(() => funnel({ ...workspace, timeZone: 'Europe/Athens' }))).toBeGreaterThan(0)
})

test('[QU8] what others send changes nothing, and spares even the look at what is new', async () => {
  const [ours, theirs] = [await workspaceOf(), await workspaceOf()]
  await send(ours, 3, ['view', 'buy'])
  const first = await funnel(ours)
  await send(theirs, 2, ['view'])
  expect(await reads(async () => expect(await funnel(ours)).toEqual(first))).toBe(0)
  const { steps } = FUNNEL
  // Only the count itself: what lies beyond the fold is known.
  expect(await reads(() => ask(ours, { kind: 'funnel', steps, windowMs: DAY }))).toBe(1)
  expect((await funnel(theirs)).total.entered).toBe(2)
})

test('[QU8] where somebody may still be in time the next minute is answered anew', async () => {
  const workspace = await workspaceOf()
  await send(workspace, 2, ['view'])
  now.ms = START + DAY
  expect((await funnel(workspace)).total.inProgress).toBe(2)
  now.ms += MINUTE - 1
  expect((await funnel(workspace)).definition.nowMs).toBe(START + DAY)
  now.ms += 1
  const later = await funnel(workspace)
  expect(later.definition.nowMs).toBe(START + DAY + MINUTE)
  expect(later.total.inProgress).toBe(0)
  now.ms = START + 100 * DAY
  const over = await funnel(workspace)
  now.ms += DAY
  expect(await reads(async () => expect(await funnel(workspace)).toEqual(over))).toBe(0)
})

test('[QU12] a map is read within the same limits as every other question', async () => {
  const workspace = await workspaceOf()
  await send(workspace, 40, ['view', 'buy'])
  const touchpoint = await createTouchpoint(fresh.database, workspace.id, `v-${workspace.id}`, {
    name: 'Viewed',
    channel: 'web',
    ownerTeam: '',
    presence: 'digital',
    rule: { kind: 'event', names: ['view'] },
  })
  if (!touchpoint.ok) throw new Error(touchpoint.code)
  const map = await inWorkspace(fresh.database, workspace.id, (tx) =>
    insertMap(tx, workspace.id, `m-${workspace.id}`, {
      name: 'Map',
      goal: null,
      windowDays: 1,
      stages: [
        {
          id: 'a',
          kind: 'awareness',
          name: 'A',
          steps: [
            {
              id: 'seen',
              name: 'Seen',
              touchpointIds: [touchpoint.value.id],
              ...PLAIN_STEP,
              optional: false,
              momentOfTruth: false,
              believedEmotion: null,
            },
          ],
        },
      ],
    }),
  )
  // What lies beyond the fold is looked up before anything is asked.
  await ask(workspace, FUNNEL)
  limits.length = 0
  const answer = await ask(workspace, livingMapOf(map.id))
  expect(answer).toMatchObject({ measured: { entrants: 40 } })
  expect(limits.length).toBeGreaterThan(3)
  expect(new Set(limits)).toEqual(new Set([1_000_000_000]))
  expect(answer.definition.parameters).toMatchObject({ mapVersion: 1, reasonsCutShort: false })
  const refused = await questions.ask(livingMapOf('nobody'), workspace, signal)
  expect(refused).toMatchObject({ code: 'not-found' })
})

function livingMapOf(mapId: string): LivingMapQuestion {
  return {
    version: 1,
    kind: 'living-map',
    mapId,
    period: { fromMs: START, toMs: START + DAY },
    segment: null,
    compareTo: null,
    windowDays: null,
  }
}

test('[QU10] a sample reads the customers with the lowest keys, and says so', async () => {
  const workspace = await workspaceOf()
  await send(workspace, 400, ['view', 'buy'])
  const id = param.workspace(workspace.id)
  const [counted] = await fresh.clickhouse.rows<{ n: string }>(
    compile(
      sql`SELECT uniqExact(key) AS n FROM events WHERE workspace = ${id} AND key < ${param.key(1n << 62n)}`,
    ),
  )
  const drawn = Number(counted?.n)
  expect(drawn).toBeGreaterThan(50)
  for (const folded of [false, true]) {
    if (folded) await fold(fresh, workspace.id, { nowMs: now.ms })
    for (const times of [true, false]) {
      const { total, definition } = await funnel(workspace, { sample: 0.25, times })
      expect(total.entered).toBe(drawn)
      expect(definition.sample).toEqual({ unit: 'customers', n: drawn, share: 0.25 })
      expect(definition.parameters).toMatchObject({ sample: 0.25 })
    }
    const sessions = await ask(workspace, { kind: 'sessions', sample: 0.25 })
    expect(sessions).toMatchObject({ visitors: drawn })
  }
  const whole = await funnel(workspace)
  expect(whole.definition.sample).toEqual({ unit: 'customers', n: 400, share: 1 })
})

test('[QU10] values are not sampled by their customers', async () => {
  const workspace = await workspaceOf()
  const question: FunnelQuestion = { ...FUNNEL, unit: { property: 'plan' }, sample: 0.5 }
  const refused = await questions.ask(question, workspace, signal)
  expect(refused).toMatchObject({ code: 'value-invalid' })
  expect(isRefusal(refused) ? refused.detail : '').toContain('sample is 0.5')
})

interface Found {
  readonly quick: readonly { readonly n: string }[]
  readonly endless: readonly { readonly n: string }[] | null
  readonly after: readonly { readonly n: string }[]
}

const count = (rows: bigint) => compile(sql`SELECT count() AS n FROM numbers(${param.count(rows)})`)
/** No shorter way leads to its answer. */
const ENDLESS = compile(
  sql`SELECT count() AS n FROM system.numbers WHERE cityHash64(number, 1) = 1`,
)

/** Two reads at once, the last one after them with what they found. */
const staged = (patience: number | null): QuestionKind<object, Planned, Found, Partial<Found>> => ({
  mapsOf: () => [],
  segmentOf: () => null,
  plan: () => ({ period: null, settledMs: null }),
  reads: (_plan, { quick, endless }) =>
    quick === undefined || endless === undefined
      ? { quick: rowsOf(count(7n)), endless: rowsOf(ENDLESS, patience) }
      : { after: rowsOf(count(BigInt(quick.length + 1))) },
  shape: (_plan, found) => found,
})

test('[QU11] what is given up after its own patience is left out; the rest is found stage by stage', async () => {
  const ran = given(await questions.run(staged(1), {}, await workspaceOf(), signal))
  expect(ran.answer).toEqual({ quick: [{ n: '7' }], endless: null, after: [{ n: '2' }] })
})

test('[QU11] the first read that fails ends the others', async () => {
  const failing: QuestionKind<object, Planned, Found, object> = {
    ...staged(null),
    reads: () => ({
      quick: rowsOf(compile(sql`SELECT throwIf(1) AS n`)),
      endless: rowsOf(ENDLESS, null),
    }),
  }
  await expect(questions.run(failing, {}, await workspaceOf(), signal)).rejects.toThrow('throwIf')
})
