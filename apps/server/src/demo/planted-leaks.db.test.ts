import { held, type Leak, type LeakReason, type LivingMapQuestion } from '@parcurs/analytics'
import { isRefusal } from '@parcurs/contract'
import { DESIGNED_MAP, type PlantedReason } from '@parcurs/demo-shop'
import { afterAll, describe, expect, test } from 'vitest'
import { openEventStore } from '../log/event-store.ts'
import { fold } from '../journeys/fold.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testQuestions } from '../testing/test-questions.ts'
import { workspaceOf } from '../workspaces/workspaces.ts'
import { loadDemoShop } from './load-demo-shop.ts'

// SPEC.md, "The demo shop's workspace": [DE5]. The whole demo, as the first start loads it: the map is
// asked about the last quarter, as the screen asks it, and knows nothing of what was planted.

const NOW_MS = Date.UTC(2026, 10, 22, 10)
const stores = await freshStores()
const ending = new AbortController()
afterAll(() => ending.abort())

const events = openEventStore(stores, { alone: true, signal: ending.signal })
const loaded = await loadDemoShop({
  events,
  clock: () => NOW_MS,
  ownerId: null,
  fold: async (id) => void (await fold(stores, id, { nowMs: NOW_MS })),
  progress: () => {},
})
if (loaded === null) throw new Error('expected fresh stores to hold no demo')
const { truth } = loaded
const planted = truth.problems.map(({ stepId }) => stepId)
const workspace = held(await workspaceOf(stores.database, loaded.workspace), 'the demo workspace')

const QUARTER_MS = 90 * 86_400_000
const quarter = { fromMs: truth.endMs - QUARTER_MS, toMs: truth.endMs }
const question = {
  version: 1,
  kind: 'living-map',
  mapId: DESIGNED_MAP.id,
  period: quarter,
  segment: null,
  compareTo: { fromMs: quarter.fromMs - QUARTER_MS, toMs: quarter.fromMs },
  windowDays: null,
} satisfies LivingMapQuestion

async function asked(given: LivingMapQuestion) {
  const answer = await testQuestions(stores)(() => NOW_MS).ask(given, workspace, ending.signal)
  if (isRefusal(answer)) throw new Error(`refused: ${answer.detail}`)
  if (answer.kind !== 'living-map') throw new Error(`answered as ${answer.kind}`)
  return answer
}

const answer = await asked(question)
const { leaks, entrants } = answer.measured

function leakAt(stepId: string): Leak | undefined {
  return leaks.find((leak) => leak.stepId === stepId)
}

function names(found: LeakReason, reason: PlantedReason): boolean {
  switch (reason.kind) {
    case 'property':
      return (
        found.kind === 'property' &&
        found.property === reason.property &&
        found.value === reason.value
      )
    case 'event':
      return found.kind === 'event' && found.event === reason.event
    case 'way-back':
      return found.kind === 'way-back' && found.toStepId === reason.toStepId
  }
}

describe('[DE5] the leaks are what was planted', () => {
  test('every customer of the simulation is one customer of the map', async () => {
    expect(answer.simulated).toBe(true)
    const whole = { fromMs: truth.startMs, toMs: truth.endMs }
    const { measured } = await asked({ ...question, period: whole, compareTo: null })
    expect(measured.entrants).toBe(truth.customers)
  })

  test('the quarter before is there to compare with, and went better', () => {
    const before = answer.compared
    expect(before?.entrants).toBeGreaterThan(entrants * 0.7)
    expect(answer.measured.completionShare).toBeLessThan(before?.completionShare ?? 0)
  })

  test('the costliest leaks are the planted ones, in the order of what they really cost', () => {
    expect(leaks.slice(0, planted.length).map(({ stepId }) => stepId)).toEqual(planted)
  })

  test.each(planted)('what is at risk at %s stands clear of what leaves by itself', (stepId) => {
    const dearest = leaks.find((leak) => !planted.includes(leak.stepId))?.moneyAtRisk?.amount ?? 0
    expect(leakAt(stepId)?.moneyAtRisk?.low).toBeGreaterThan(dearest)
  })

  test.each(truth.problems)('$id is found, its reason before all others', ({ stepId, reason }) => {
    const found = leakAt(stepId)?.reason
    expect(found !== undefined && names(found, reason)).toBe(true)
  })

  test('what leaves by itself is given no reason', () => {
    const others = leaks.filter(({ stepId }) => !planted.includes(stepId))
    expect(others.length).toBeGreaterThan(3)
    for (const { reasons } of others) expect(reasons).toEqual([])
  })

  test('the day on which the payment broke is found', () => {
    const { stepId, fromMs } = truth.problems.find(({ id }) => id === 'ios-payment') ?? {}
    const since = leakAt(stepId ?? '')?.reasons.find(({ kind }) => kind === 'worse-since')
    expect(since).toMatchObject({ sinceMs: fromMs })
  })
})
