import type { Goal, JourneyMap, Stage, Step } from './journey-map.ts'
import {
  EMPTY_DOCUMENT,
  inOrder,
  MAP_ROW,
  type MapDocument,
  type MapRow,
  rowIn,
  wholeRow,
} from './map-document.ts'
import { ranksOf } from './row-rank.ts'
import { soundStages } from './sound-stages.ts'

/** The designed journey that a map's document holds: its stages and steps in order, without what only people read. */
export function journeyOf(document: MapDocument, id: string, version: number): JourneyMap {
  const map = mapRowOf(document)
  const steps = inOrder(document.steps)
  const stages = inOrder(document.stages).map(
    ([stageId, { name, kind }]): Stage => ({
      id: stageId,
      name,
      kind,
      steps: steps.flatMap(([stepId, row]) => (row.stage === stageId ? stepOf(stepId, row) : [])),
    }),
  )
  return {
    id,
    name: map.name,
    goal: goalOf(map),
    windowDays: map.windowDays,
    stages: soundStages(stages),
    version,
  }
}

/** The map's own row. */
export function mapRowOf(document: MapDocument): MapRow<'map'> {
  return document.map[MAP_ROW] ?? wholeRow('map', {})
}

/**
 * A document with this journey in it. What it says beside the journey (lanes, cards, comments, what a row has that a
 * journey has not) stays; cards and comments of a step that is gone go with it.
 *
 * @param within the document as it is; left out: a new one
 */
export function documentOf(
  journey: Omit<JourneyMap, 'id' | 'version'>,
  within: MapDocument = EMPTY_DOCUMENT,
): MapDocument {
  const { name, goal, windowDays, stages } = journey
  const stageRanks = ranksOf(stages.length)
  const stepRanks = ranksOf(stages.reduce((sum, { steps }) => sum + steps.length, 0))
  let placed = 0
  const stageRows: Record<string, MapRow<'stages'>> = {}
  const stepRows: Record<string, MapRow<'steps'>> = {}
  stages.forEach((stage, i) => {
    stageRows[stage.id] = {
      ...(rowIn(within.stages, stage.id) ?? wholeRow('stages', {})),
      rank: stageRanks[i] ?? '',
      name: stage.name,
      kind: stage.kind,
    }
    for (const { id, ...step } of stage.steps) {
      stepRows[id] = {
        ...(rowIn(within.steps, id) ?? wholeRow('steps', {})),
        ...step,
        stage: stage.id,
        rank: stepRanks[placed++] ?? '',
      }
    }
  })
  return {
    ...within,
    map: {
      [MAP_ROW]: {
        ...mapRowOf(within),
        name,
        windowDays,
        goal: goal?.touchpointId ?? null,
        goalValued: goal?.valued ?? false,
      },
    },
    stages: stageRows,
    steps: stepRows,
  }
}

function goalOf({ goal, goalValued }: MapRow<'map'>): Goal | null {
  return goal === null ? null : { touchpointId: goal, valued: goalValued }
}

function stepOf(id: string, row: MapRow<'steps'>): Step {
  const { name, touchpointIds, optional, alternativeGroup, loopsTo, repeatable } = row
  const { detailMapId, momentOfTruth, believedEmotion } = row
  return {
    id,
    name,
    touchpointIds,
    optional,
    alternativeGroup,
    loopsTo,
    repeatable,
    detailMapId,
    momentOfTruth,
    believedEmotion,
  }
}
