import {
  type FunnelQuestion,
  funnelKind,
  nativeBlocks,
  pathsKind,
  type PathsQuestion,
} from '@parcurs/analytics'
import { isRefusal } from '@parcurs/contract'
import type { ClickHouse } from '../apps/server/src/clickhouse/clickhouse.ts'
import type { Stores } from '../apps/server/src/stores/stores.ts'
import { eventKinds } from '../apps/server/src/log/event-kinds.ts'
import { countingThreads } from '../apps/server/src/counting/counting-threads.ts'
import { openReadings } from '../apps/server/src/journeys/readings.ts'
import { questionRunner } from '../apps/server/src/questions/question-runner.ts'
import { workspaceOf } from '../apps/server/src/workspaces/workspaces.ts'
import { KIND_COUNT, KINDS, START_MS, PERIOD_MS } from './generated-events.ts'
import { funnelLoop, graphLoop, type TypedEvents } from './typed-loop.ts'

export const NOW_MS = START_MS + 2 * PERIOD_MS
const WINDOW_MS = 7 * 86_400_000
const STEPS = [1, 2, 4, 8]

const FUNNEL: FunnelQuestion = {
  kind: 'funnel',
  steps: STEPS.map((code) => KINDS[code - 1]?.name ?? ''),
  windowMs: WINDOW_MS,
  times: false,
}
const GRAPH: PathsQuestion = { kind: 'paths', view: 'graph', times: false }

/** The two questions of part (a), each asked in three ways that must agree. */
export interface JourneyQuestions {
  readonly funnel: Readonly<Record<'parcurs' | 'plain' | 'loop', () => Promise<FunnelCounts>>>
  readonly graph: Readonly<Record<'parcurs' | 'plain' | 'loop', () => Promise<GraphCounts>>>
}

/** Customers who reached each step. */
export type FunnelCounts = readonly number[]
/** "from to" → how often. */
export type GraphCounts = ReadonlyMap<string, number>

export async function journeyQuestions(
  stores: Stores,
  workspaceId: number,
  events: TypedEvents,
): Promise<JourneyQuestions> {
  const { clickhouse } = stores
  const workspace = await workspaceOf(stores.database, workspaceId)
  if (workspace === null) throw new Error(`no workspace ${workspaceId}`)
  const threads = countingThreads()
  // Nothing is kept of what is run.
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
  const stepOfKind = new Uint8Array(KIND_COUNT + 1)
  STEPS.forEach((code, i) => {
    stepOfKind[code] = i + 1
  })
  return {
    funnel: {
      parcurs: async () => {
        const ran = await run(funnelKind, FUNNEL, workspace, signal)
        if (isRefusal(ran)) throw new Error(ran.detail)
        return ran.answer.total.steps.map(({ reached }) => reached)
      },
      plain: async () => {
        const rows = await clickhouse.rows<{ level: number; customers: string }>({
          text: `SELECT level, count() AS customers FROM (
            SELECT customer, windowFunnel(${WINDOW_MS})(toUInt64(time), ${STEPS.map((code) => `event = ${code}`).join(', ')}) AS level
            FROM plain GROUP BY customer) GROUP BY level`,
          params: {},
        })
        return atLeast(
          STEPS.map((_, i) => Number(rows.find(({ level }) => level === i + 1)?.customers ?? 0)),
        )
      },
      loop: async () =>
        atLeast([...funnelLoop(events, stepOfKind, STEPS.length, WINDOW_MS)].slice(1)),
    },
    graph: {
      parcurs: async () => {
        const ran = await run(pathsKind, GRAPH, workspace, signal)
        if (isRefusal(ran) || ran.answer.view !== 'graph') throw new Error('expected a graph')
        return new Map(ran.answer.edges.map(({ from, to, count }) => [`${from} ${to}`, count]))
      },
      plain: async () => {
        const rows = await clickhouse.rows<{ a: number; b: number; times: string }>({
          text: `SELECT a, b, count() AS times FROM (
            SELECT event AS b, lagInFrame(event) OVER (PARTITION BY customer ORDER BY time
              ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS a FROM plain)
            WHERE a != 0 GROUP BY a, b`,
          params: {},
        })
        return new Map(rows.map(({ a, b, times }) => [`${name(a)} ${name(b)}`, Number(times)]))
      },
      loop: async () => {
        const edges = graphLoop(events, KIND_COUNT + 1)
        const found = new Map<string, number>()
        edges.forEach((count, edge) => {
          if (count === 0) return
          const from = Math.floor(edge / (KIND_COUNT + 1))
          found.set(`${name(from)} ${name(edge % (KIND_COUNT + 1))}`, count)
        })
        return found
      },
    },
  }
}

/** All journeys as typed arrays, for the loop: read once, not timed. */
export async function typedEvents(clickhouse: ClickHouse, count: number): Promise<TypedEvents> {
  const times = new Float64Array(count)
  const kinds = new Uint8Array(count)
  const ends: number[] = []
  const stream = await clickhouse.bytes(
    {
      text: `SELECT arrayMap(t -> toFloat64(t), groupArray(time)) AS times,
        arrayMap(e -> toUInt8(e), groupArray(event)) AS kinds
        FROM plain GROUP BY customer SETTINGS optimize_aggregation_in_order = 1`,
      params: {},
    },
    'Native',
  )
  let at = 0
  for await (const { columns } of nativeBlocks(stream)) {
    const held = columns.get('times')
    const codes = columns.get('kinds')?.values
    if (!(held?.values instanceof Float64Array) || held.ends === null) throw new Error('no times')
    if (!(codes instanceof Uint8Array)) throw new Error('no kinds')
    times.set(held.values, at)
    kinds.set(codes, at)
    for (const end of held.ends) ends.push(at + end)
    at += held.values.length
  }
  if (at !== count) throw new Error(`expected ${count} events, found ${at}`)
  return { customers: ends.length, ends: Uint32Array.from(ends), times, kinds }
}

function name(code: number): string {
  return KINDS[code - 1]?.name ?? ''
}

/** "Exactly this far" becomes "at least this far". */
function atLeast(exactly: readonly number[]): FunnelCounts {
  return exactly.map((_, i) => exactly.slice(i).reduce((sum, count) => sum + count, 0))
}
