import { type LivingMapAnswer, type LivingMapQuestion, mapKind } from '@parcurs/analytics'
import { isRefusal } from '@parcurs/contract'
import { type JourneyMap, PLAIN_STEP } from '@parcurs/domain'
import { eventKinds } from '../apps/server/src/log/event-kinds.ts'
import { countingThreads } from '../apps/server/src/counting/counting-threads.ts'
import { openReadings } from '../apps/server/src/journeys/readings.ts'
import { questionRunner } from '../apps/server/src/questions/question-runner.ts'
import { insertMap } from '../apps/server/src/maps/maps.ts'
import { inWorkspace } from '../apps/server/src/postgres/workspace-scope.ts'
import type { Stores } from '../apps/server/src/stores/stores.ts'
import { createTouchpoint } from '../apps/server/src/touchpoints/touchpoints.ts'
import { workspaceOf } from '../apps/server/src/workspaces/workspaces.ts'
import { KINDS, PERIOD_MS, START_MS, STEP_KINDS } from './generated-events.ts'
import { NOW_MS } from './journey-questions.ts'

const STAGES = ['awareness', 'consideration', 'purchase', 'retention', 'advocacy'] as const

export interface MapQuestion {
  /** As the first one to ask. */
  readonly first: () => Promise<LivingMapAnswer>
  /** With what was kept of the last time. */
  readonly again: () => Promise<LivingMapAnswer>
  readonly close: () => Promise<void>
}

/** A map of 25 steps over the generated events, asked whole: every measure of every step. */
export async function mapQuestion(stores: Stores, workspaceId: number): Promise<MapQuestion> {
  const workspace = await workspaceOf(stores.database, workspaceId)
  if (workspace === null) throw new Error(`no workspace ${workspaceId}`)
  const map = await drawMap(stores, workspaceId)
  const threads = countingThreads()
  const readings = openReadings(stores)
  const kinds = eventKinds(stores.database)
  // No answer is kept of what is run, but the tally is, as long as the runner.
  const runner = () =>
    questionRunner({
      stores,
      readings,
      kinds,
      threads,
      clock: () => NOW_MS,
      maxSeconds: 600,
      maxMemoryBytes: 4e9,
    })
  const question: LivingMapQuestion = {
    version: 1,
    kind: 'living-map',
    mapId: map.id,
    period: { fromMs: START_MS, toMs: START_MS + PERIOD_MS },
    segment: null,
    compareTo: null,
    windowDays: null,
  }
  const { signal } = new AbortController()
  const askedOf = async ({ run }: ReturnType<typeof runner>) => {
    const ran = await run(mapKind, question, workspace, signal)
    if (isRefusal(ran)) throw new Error(ran.detail)
    return ran.answer
  }
  const kept = runner()
  return {
    first: () => askedOf(runner()),
    again: () => askedOf(kept),
    close: () => threads.close(),
  }
}

async function drawMap(stores: Stores, workspaceId: number): Promise<JourneyMap> {
  const id = (code: number) => `bench-${workspaceId}-${code}`
  const kinds = KINDS.slice(0, STEP_KINDS)
  for (const { code, name, channel } of kinds) {
    await createTouchpoint(stores.database, workspaceId, id(code), {
      name,
      channel,
      ownerTeam: '',
      presence: 'digital',
      rule: { kind: 'event', names: [name] },
    })
  }
  const perStage = STEP_KINDS / STAGES.length
  const map: JourneyMap = {
    id: `bench-${workspaceId}`,
    name: 'Benchmark',
    goal: { touchpointId: id(STEP_KINDS), valued: true },
    windowDays: 14,
    version: 1,
    stages: STAGES.map((kind, stage) => ({
      id: kind,
      kind,
      name: kind,
      steps: kinds.slice(stage * perStage, (stage + 1) * perStage).map(({ code, name }) => ({
        id: `step-${code}`,
        name,
        touchpointIds: [id(code)],
        ...PLAIN_STEP,
        optional: code % 4 === 0,
        momentOfTruth: false,
        believedEmotion: null,
      })),
    })),
  }
  await inWorkspace(stores.database, workspaceId, (tx) => insertMap(tx, workspaceId, map.id, map))
  return map
}
