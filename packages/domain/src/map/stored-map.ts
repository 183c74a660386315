import { type JourneyMap, PLAIN_STEP, type Stage, type Step } from './journey-map.ts'
import { MAP_TABLES, type MapDocument, type MapTable, type Row, wholeRow } from './map-document.ts'
import { documentOf } from './map-journey.ts'

/** The format in which maps are written now; its number stands beside each stored one. */
export const MAP_FORMAT = 3

/** A map in any format that was ever written. */
export type StoredMap = MapDocument | MapOfFormat2 | MapOfFormat1

/** Format 2 held stages in each other's order, and in each its steps: nothing that only people read. */
type MapOfFormat2 = JourneyMap

/** Format 1 knew no alternatives, loops, repeatable steps and detailed maps. */
type MapOfFormat1 = Omit<JourneyMap, 'stages'> & {
  readonly stages: readonly (Omit<Stage, 'steps'> & {
    readonly steps: readonly Omit<Step, keyof typeof PLAIN_STEP>[]
  })[]
}

/**
 * A stored map in today's format: from each format one line leads to the next.
 *
 * @param format in which it was stored; throws for one that only a later version writes
 */
export function readStoredMap(format: number, stored: StoredMap): MapDocument {
  if (format > MAP_FORMAT) {
    throw new Error(`a map of format ${format}: this version reads formats up to ${MAP_FORMAT}`)
  }
  return withEveryField('windowDays' in stored ? documentOf(withPlainSteps(stored)) : stored)
}

/** To format 2: what a step does not say of itself is plain. One of format 2 says all of it. */
function withPlainSteps(stored: MapOfFormat1 | MapOfFormat2): MapOfFormat2 {
  return {
    ...stored,
    stages: stored.stages.map((stage) => ({
      ...stage,
      steps: stage.steps.map((step): Step => ({ ...PLAIN_STEP, ...step })),
    })),
  }
}

/** A field or a table that came later holds what it holds at first: no format of its own for each of them. */
function withEveryField(stored: MapDocument): MapDocument {
  const wholeRows = (table: MapTable) => {
    const rows: Readonly<Record<string, Row>> = stored[table] ?? {}
    return Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, wholeRow(table, row)]))
  }
  // Each row is whole now, and nothing but rows of this document was put in.
  return Object.fromEntries(MAP_TABLES.map((table) => [table, wholeRows(table)])) as MapDocument
}
