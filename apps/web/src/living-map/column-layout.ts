import type { Extent } from './ribbon.ts'

export type Zoom = 'stages' | 'line' | 'all'

export interface ColumnLayout {
  /** Of every column. */
  readonly columnWidth: number
  /** Of all columns together, without the rail. */
  readonly width: number
  /** Middle of each place; alternatives share one. */
  readonly centres: readonly number[]
  /** Of each stage, over its columns. */
  readonly stages: readonly Extent[]
}

/** Narrowest column at which the numbers of this zoom are still readable. */
const NARROWEST: Record<Zoom, number> = { stages: 160, line: 88, all: 88 }
const WIDEST = 320

/** Columns of one width, one a place: they fill the room there is, and scroll when there is too little. Whole pixels, so that edges are sharp. */
export function columnLayout(
  placesPerStage: readonly number[],
  room: number,
  zoom: Zoom,
): ColumnLayout {
  const count = placesPerStage.reduce((sum, places) => sum + places, 0)
  const fit = count === 0 ? 0 : Math.floor(room / count)
  const columnWidth = Math.max(NARROWEST[zoom], Math.min(WIDEST, fit))
  let before = 0
  const stages = placesPerStage.map((places) => {
    const stage = { x: before * columnWidth, width: places * columnWidth }
    before += places
    return stage
  })
  return {
    columnWidth,
    width: count * columnWidth,
    centres: Array.from({ length: count }, (_, i) => Math.round((i + 0.5) * columnWidth)),
    stages,
  }
}
