import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { askOnce, faultsOf, newKey, owner, sender } from './asking.ts'
import { beginImport, importEnds } from './imported.ts'
import type { Server } from './server.ts'
import { csv } from './story.ts'

export interface Questions {
  /** Of the workspace, so that a question takes its time. */
  readonly events: number
  /** That one person asks at once, no two alike. */
  readonly asked: number
  readonly say: (line: string) => void
}

const BASE = '/api/workspaces/main'
const DAY_MS = 86_400_000
const FROM_MS = Date.UTC(2026, 5, 1)
/** Above all numbers of the other events. */
const COLLECTED_FROM = 50_000_000

/**
 * One person asks far more than can be answered at once, while events are collected. What does not fit is refused in
 * words with when to come again; every batch is acknowledged.
 *
 * @returns what was not answered as it should be
 */
export async function floodQuestions(
  server: Server,
  { events, asked, say }: Questions,
): Promise<readonly string[]> {
  await importEnds(server, await beginImport(server, csv(20_000_000, events)))
  const person = await owner(server)
  const key = sender(await newKey(server, 'server'))
  const quiet = await acknowledged(server, key, 0, () => false)
  const before = residentMb(server)
  let most = before
  let over = false
  const statuses = new Map<number, number>()
  const wrong: string[] = []
  const watching = (async () => {
    while (!over) {
      most = Math.max(most, residentMb(server))
      await sleep(50)
    }
  })()
  const questions = Promise.all(
    Array.from({ length: asked }, async (_, i) => {
      const answer = await askOnce(server, person, 'POST', `${BASE}/ask`, { question: heavy(i) })
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      const told = answer.status === 200 || answer.text.includes('of your questions wait already')
      if (!told) wrong.push(`a question: ${answer.status} ${answer.text.slice(0, 200)}`)
    }),
  ).then(() => {
    over = true
  })
  const busy = await acknowledged(server, key, 1, () => over)
  await Promise.all([questions, watching])
  await sleep(2_000)
  const answered = [...statuses].map(([status, times]) => `${times} × ${status}`).join(', ')
  say(`${asked} questions of one person: ${answered}`)
  say(`acknowledged meanwhile: ${told(busy)}; without questions: ${told(quiet)}`)
  say(`memory: ${before} MB before, ${most} MB at most, ${residentMb(server)} MB after`)
  const some = (statuses.get(200) ?? 0) > 0
  return [
    ...wrong,
    ...busy.wrong,
    ...faultsOf([['questions that were answered at all', some, true]]),
  ]
}

interface Acknowledged {
  readonly ms: readonly number[]
  readonly wrong: readonly string[]
}

const LEAST = 30

/** Batches of 100 one after the other, at least 30 and until it is over. */
async function acknowledged(
  server: Server,
  key: Readonly<Record<string, string>>,
  part: number,
  isOver: () => boolean,
): Promise<Acknowledged> {
  const ms: number[] = []
  const wrong: string[] = []
  for (let batch = 0; batch < LEAST || (part > 0 && !isOver()); batch++) {
    const first = COLLECTED_FROM + part * 10_000_000 + batch * 100
    const events = Array.from({ length: 100 }, (_, i) => ({
      type: 'track',
      userId: `customer-${(first + i) % 997}`,
      event: 'view_item',
      messageId: `collected-${first + i}`,
    }))
    const began = performance.now()
    const answer = await askOnce(server, key, 'POST', '/v1/batch', { batch: events })
    ms.push(performance.now() - began)
    if (answer.status !== 200 || !answer.text.endsWith('"refused":[]}')) {
      wrong.push(`a batch beside questions: ${answer.status} ${answer.text.slice(0, 200)}`)
    }
  }
  return { ms, wrong }
}

function told({ ms }: Acknowledged): string {
  const sorted = ms.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)
  return `${sorted.length} batches, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`
}

/** No two ask about the same period. */
function heavy(i: number): object {
  const period = { fromMs: FROM_MS + i * 1000, toMs: FROM_MS + 400 * DAY_MS }
  const kinds = [
    { kind: 'paths', period },
    { kind: 'funnel', period, steps: ['view_item', 'add_to_cart', 'purchase'], order: 'any' },
    { kind: 'sessions', period },
    { kind: 'metrics', period, metrics: ['conversion', 'value'] },
  ] as const
  return kinds[i % kinds.length] ?? kinds[0]
}

/** Of the server and everything that it started, as far as the machine says. */
function residentMb(server: Server): number {
  const all = new Map<number, { readonly parent: number; readonly kb: number }>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      const of = (field: string) =>
        Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1])
      all.set(Number(name), { parent: of('PPid'), kb: of('RssAnon') || 0 })
    } catch {
      // Gone meanwhile.
    }
  }
  const ours = new Set([server.process.pid ?? -1])
  for (let size = 0; size !== ours.size; ) {
    size = ours.size
    for (const [pid, { parent }] of all) if (ours.has(parent)) ours.add(pid)
  }
  return Math.round([...ours].reduce((sum, pid) => sum + (all.get(pid)?.kb ?? 0), 0) / 1024)
}
