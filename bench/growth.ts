import { fold } from '../apps/server/src/journeys/fold.ts'
import { openStores } from '../apps/server/src/stores/stores.ts'
import { createWorkspace } from '../apps/server/src/workspaces/workspaces.ts'
import { generateEvents, makePlainTable, moreEvents } from './generated-events.ts'
import { type GraphCounts, journeyQuestions, NOW_MS, typedEvents } from './journey-questions.ts'
import { childrenOf, memoryOf } from './machine.ts'
import { mapQuestion } from './map-question.ts'
import { type Figure, millis, perSecond, plain, ratio } from './report.ts'
import { segmentSizes } from './segment-sizes.ts'
import { race, timed } from './stopwatch.ts'

export interface GrowthNeeds {
  readonly home: string
  /** Rising; the comparisons are made at the last. */
  readonly sizes: readonly number[]
  readonly rounds: number
  readonly say: (line: string) => void
}

const EVENTS_A_CUSTOMER = 20

/** Parts (a), (b) and (e): the same questions at each size, and at the largest against the baselines. */
export async function growth({
  home,
  sizes,
  rounds,
  say,
}: GrowthNeeds): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  const stores = await openStores({
    home,
    databaseUrl: null,
    clickhouseUrl: null,
    threads: 2,
    engineMemoryBytes: 6e9,
    log: say,
  })
  const engine = (): string => {
    const pids = childrenOf(process.pid)
    const largest = Math.max(0, ...pids.map((pid) => memoryOf(pid)?.peakMb ?? 0))
    return `${largest} MB at most`
  }
  try {
    for (const [i, size] of sizes.entries()) {
      const last = i === sizes.length - 1
      const named = `${size / 1e6} million`
      const made = await createWorkspace(
        stores.database,
        { slug: `bench-${i}`, name: named, currency: 'EUR' },
        null,
      )
      if (made === null) throw new Error('expected an unused data folder')
      const workspace = made.id
      const generated = await timed(() =>
        generateEvents(
          stores,
          { workspace, events: size, customers: size / EVENTS_A_CUSTOMER },
          (done) => say(`generated ${done / 1e6} of ${size / 1e6} million events`),
        ),
      )
      const folded = await timed(() => fold(stores, workspace, { nowMs: NOW_MS }))
      say(`folded in ${millis(folded.ms)}`)
      await makePlainTable(stores.clickhouse, workspace)
      const typed = await typedEvents(stores.clickhouse, size)
      const questions = await journeyQuestions(stores, workspace, typed)
      const map = await mapQuestion(stores, workspace)
      try {
        if (i === 0 || last) await agree(questions)
        const living = await race(
          {
            map: map.first,
            funnel: questions.funnel.parcurs,
            loop: questions.funnel.loop,
            graph: questions.graph.parcurs,
          },
          rounds,
        )
        const label = `growth, ${named} events`
        figures.push(
          plain(label, 'written by one INSERT … SELECT a million', perSecond(size, generated.ms)),
          plain(
            label,
            'folded into journeys',
            `${millis(folded.ms)}, ${perSecond(size, folded.ms)}`,
          ),
          plain(label, 'funnel of 4 steps', millis(living.funnel.bestMs)),
          plain(label, 'journey graph', millis(living.graph.bestMs)),
          plain(label, 'living map of 25 steps', millis(living.map.bestMs)),
          plain(
            label,
            'memory of the engine, of this process',
            `${engine()}, ${memoryOf('self')?.peakMb} MB at most`,
          ),
        )
        figures.push(...(await segmentSizes(stores, workspace, label, rounds)))
        if (last) {
          const funnel = await race(questions.funnel, rounds)
          const graph = await race(questions.graph, rounds)
          figures.unshift(
            ratio(
              'funnel',
              'to windowFunnel on a plain table',
              funnel.parcurs.bestMs,
              funnel.plain.bestMs,
              0.5,
            ),
            ratio(
              'funnel',
              'to a typed-array loop',
              funnel.parcurs.bestMs,
              funnel.loop.bestMs,
              1.5,
            ),
            ratio(
              'journey graph',
              'to window functions on a plain table',
              graph.parcurs.bestMs,
              graph.plain.bestMs,
              0.15,
            ),
            ratio(
              'journey graph',
              'to a typed-array loop',
              graph.parcurs.bestMs,
              graph.loop.bestMs,
              3,
            ),
            ratio(
              'living map',
              '25 steps, to the funnel',
              living.map.bestMs,
              living.funnel.bestMs,
              4,
            ),
            ratio(
              'living map',
              '25 steps, first answer to a typed-array loop of the funnel',
              living.map.bestMs,
              living.loop.bestMs,
              7,
            ),
          )
        }
        // Last, because what comes now lies beyond the fold.
        const repeated = await race({ again: map.again }, rounds)
        let more = size
        let changedMs = Number.POSITIVE_INFINITY
        for (let round = 0; round < rounds; round++) {
          await moreEvents(stores, workspace, { from: more, count: 1000, customers: 200 })
          more += 1000
          changedMs = Math.min(changedMs, (await timed(map.again)).ms)
        }
        if (
          JSON.stringify((await map.again()).measured) !==
          JSON.stringify((await map.first()).measured)
        )
          throw new Error('a corrected map says something else than one counted anew')
        figures.push(
          plain(label, 'living map again, nothing new', millis(repeated.again.bestMs)),
          plain(label, 'living map after 1,000 events of 200 customers', millis(changedMs)),
        )
      } finally {
        await map.close()
      }
    }
  } finally {
    await stores.close()
  }
  return figures
}

/** A ratio between different answers would mean nothing. */
async function agree({
  funnel,
  graph,
}: Awaited<ReturnType<typeof journeyQuestions>>): Promise<void> {
  const [ours, theirs, loops] = [await funnel.parcurs(), await funnel.plain(), await funnel.loop()]
  for (const other of [theirs, loops]) {
    if (other.join() !== ours.join())
      throw new Error(`funnels differ: ${ours.join()} and ${other.join()}`)
  }
  const edges = await graph.parcurs()
  for (const other of [await graph.plain(), await graph.loop()]) differ(edges, other)
}

function differ(ours: GraphCounts, theirs: GraphCounts): void {
  for (const [edge, count] of theirs) {
    if (ours.get(edge) !== count) {
      throw new Error(`graphs differ at ${edge}: ${ours.get(edge)} and ${count}`)
    }
  }
  if (ours.size !== theirs.size) throw new Error('graphs differ in their edges')
}
