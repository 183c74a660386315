import { sizeKind } from '@parcurs/analytics'
import { isRefusal } from '@parcurs/contract'
import type { SegmentRule } from '@parcurs/domain'
import { countingThreads } from '../apps/server/src/counting/counting-threads.ts'
import { openReadings } from '../apps/server/src/journeys/readings.ts'
import { eventKinds } from '../apps/server/src/log/event-kinds.ts'
import { questionRunner } from '../apps/server/src/questions/question-runner.ts'
import type { Stores } from '../apps/server/src/stores/stores.ts'
import { workspaceOf } from '../apps/server/src/workspaces/workspaces.ts'
import { KINDS } from './generated-events.ts'
import { NOW_MS } from './journey-questions.ts'
import { type Figure, millis } from './report.ts'
import { race } from './stopwatch.ts'

const DAY_MS = 86_400_000
const TARGET_MS = 500

const named = (code: number) => ({ kind: 'event' as const, names: [KINDS[code - 1]?.name ?? ''] })
const days = (n: number) => ({ kind: 'hours' as const, n: n * 24 })

/** One of every sort: a person waits for the size of each while writing it. */
const RULES = {
  'who did it twice in 120 days': {
    kind: 'did',
    event: named(2),
    times: { op: 'gte', value: 2 },
    window: days(120),
  },
  'who never did it': {
    kind: 'did',
    event: named(5),
    times: { op: 'lte', value: 0 },
    window: { kind: 'ever' },
  },
  'who spent 100': {
    kind: 'amount',
    amount: 'sum',
    of: { kind: 'value' },
    event: { kind: 'event', names: ['purchase'] },
    test: { op: 'gte', value: 100 },
    window: { kind: 'ever' },
  },
  'who did one and within 7 days the other': {
    kind: 'sequence',
    steps: [named(1), named(4)],
    stepWithinMs: 7 * DAY_MS,
    withinMs: null,
    without: null,
    window: { kind: 'ever' },
  },
  'who did anything with a property': {
    kind: 'did',
    event: { kind: 'property', property: 'campaign', op: 'eq', value: 'campaign-3' },
    times: { op: 'gte', value: 1 },
    window: { kind: 'ever' },
  },
} as const satisfies Readonly<Record<string, SegmentRule>>

/** How long a size takes, uncached, as the editor asks for it. */
export async function segmentSizes(
  stores: Stores,
  workspaceId: number,
  label: string,
  rounds: number,
): Promise<readonly Figure[]> {
  const workspace = await workspaceOf(stores.database, workspaceId)
  if (workspace === null) throw new Error(`no workspace ${workspaceId}`)
  const threads = countingThreads()
  const { run } = questionRunner({
    stores,
    readings: openReadings(stores),
    kinds: eventKinds(stores.database),
    threads,
    clock: () => NOW_MS,
    maxSeconds: 600,
    maxMemoryBytes: 4e9,
  })
  const { signal } = new AbortController()
  const size = (rule: SegmentRule) => async () => {
    const ran = await run(sizeKind, { rule, atMs: null }, workspace, signal)
    if (isRefusal(ran)) throw new Error(ran.detail)
    if (ran.answer.customers === 0) throw new Error('expected somebody in the segment')
  }
  try {
    const timings = await race(
      Object.fromEntries(Object.entries(RULES).map(([name, rule]) => [name, size(rule)])),
      rounds,
    )
    return Object.entries(timings).map(([name, { bestMs }]) => ({
      part: label,
      what: `size of a segment: ${name}`,
      value: millis(bestMs),
      target: `< ${TARGET_MS} ms`,
      met: bestMs < TARGET_MS,
    }))
  } finally {
    await threads.close()
  }
}
