import { type JourneyMap, type Stage, PLAIN_STEP } from '@parcurs/domain'
import type { ServerProgram } from './server-program.ts'

export const STAGES = 15
const STEPS_A_STAGE = 4
export const STEPS = STAGES * STEPS_A_STAGE
const DAY_MS = 86_400_000
const BATCH = 100

/** A map of 60 steps in 15 stages over customers who walk it, some of them back and ahead, and who answer surveys. */
export async function largeMap(
  server: ServerProgram,
  customers: number,
  nowMs: number,
): Promise<string> {
  const base = '/api/workspaces/main'
  const { key } = await server.call<{ key: string }>('POST', `${base}/write-keys`, {
    name: 'bench',
  })
  const calls = Array.from({ length: customers }, (_, i) => walk(i, nowMs)).flat()
  for (let at = 0; at < calls.length; at += 20 * BATCH) {
    const batches = Array.from({ length: 20 }, (_, i) =>
      calls.slice(at + i * BATCH, at + (i + 1) * BATCH),
    ).filter((batch) => batch.length > 0)
    await Promise.all(batches.map((batch) => send(server, key, batch)))
  }
  const touchpoints: string[] = []
  for (let step = 0; step < STEPS; step++) {
    const { id } = await server.call<{ id: string }>('POST', `${base}/touchpoints`, {
      name: nameOf(step),
      channel: CHANNELS[step % CHANNELS.length],
      ownerTeam: 'Shop',
      presence: 'digital',
      rule: { kind: 'event', names: [nameOf(step)] },
    })
    touchpoints.push(id)
  }
  const map: Pick<JourneyMap, 'name' | 'goal' | 'windowDays' | 'stages'> = {
    name: 'Sixty steps',
    goal: { touchpointId: touchpoints[STEPS - 6] ?? '', valued: true },
    windowDays: 14,
    stages: Array.from({ length: STAGES }, (_, at) => stage(at, touchpoints)),
  }
  const { id } = await server.call<{ id: string }>('POST', `${base}/maps`, map)
  return id
}

const CHANNELS = ['web', 'app', 'email', 'store', 'call', 'chat', 'ad'] as const
const nameOf = (step: number) => `Takes step ${String(step + 1).padStart(2, '0')}`

function stage(at: number, touchpoints: readonly string[]): Stage {
  const first = at * STEPS_A_STAGE
  return {
    id: `stage-${at}`,
    kind: 'own',
    name: `Stage ${at + 1}`,
    steps: touchpoints.slice(first, first + STEPS_A_STAGE).map((id, i) => ({
      id: `step-${first + i}`,
      name: nameOf(first + i),
      touchpointIds: [id],
      ...PLAIN_STEP,
      optional: (first + i) % 5 === 3,
      momentOfTruth: (first + i) % 9 === 4,
      believedEmotion: Math.sin(first + i),
    })),
  }
}

/** The same walk for the same number: which step comes next is a hash of the customer and the step. */
function walk(customer: number, nowMs: number): readonly object[] {
  const calls: object[] = []
  const chance = (salt: number) => mixed(customer * 1009 + salt) / 4_294_967_296
  let step = Math.floor(chance(1) * 12)
  let timeMs = nowMs - 2 * DAY_MS - chance(2) * 170 * DAY_MS
  for (let i = 0; i < 40 && step < STEPS && timeMs < nowMs; i++) {
    const of = (event: string, properties: object) =>
      calls.push({
        type: 'track',
        event,
        userId: `customer ${customer}`,
        messageId: `${customer}-${i}-${event}`,
        timestamp: new Date(timeMs).toISOString(),
        properties,
      })
    of(nameOf(step), step === STEPS - 6 ? { revenue: 40 + (customer % 50), currency: 'EUR' } : {})
    if (chance(i * 7 + 3) < 0.12) {
      of('survey_answered', {
        survey: 'csat',
        score: 1 + (mixed(customer + i) % 5),
        touchpoint: nameOf(step),
      })
    }
    const turn = chance(i * 7 + 5)
    step = turn < 0.1 ? Math.max(0, step - 2) : step + (turn < 0.75 ? 1 : turn < 0.9 ? 2 : 4)
    timeMs += chance(i * 7 + 6) ** 2 * 2 * DAY_MS
    if (chance(i * 7 + 8) < 0.03) break
  }
  return calls
}

/** A hash of 32 bits (the finaliser of MurmurHash3). */
function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

async function send(server: ServerProgram, key: string, batch: readonly object[]): Promise<void> {
  const answer = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ batch }),
  })
  const { refused } = (await answer.json()) as { readonly refused?: readonly unknown[] }
  if (!answer.ok || (refused?.length ?? 0) > 0) {
    throw new Error(`a batch was not taken: ${answer.status} ${JSON.stringify(refused)}`)
  }
}
