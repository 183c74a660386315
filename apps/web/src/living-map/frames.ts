import type { CanvasFrame } from './canvas-layer.tsx'
import type { Zoom } from './column-layout.ts'
import { type MapColumn, shownEmotion } from './map-columns.ts'

const FRAMES = {
  all: { height: 248, above: 40, below: 80, thickest: 48, flat: false },
  line: { height: 408, above: 80, below: 104, thickest: 64, flat: false },
  stages: { height: 304, above: 48, below: 80, thickest: 72, flat: false },
} as const satisfies Record<Zoom, CanvasFrame>

/** Where the screen is low the lanes come first. */
const LOW: CanvasFrame = { height: 140, above: 20, below: 60, thickest: 30, flat: false }

/** Without any emotion the line has no height to say: the drawing folds to the line and what leaves it. */
const FLAT: CanvasFrame = { height: 136, above: 36, below: 76, thickest: 40, flat: true }

export function frameOf(zoom: Zoom, columns: readonly MapColumn[], low: boolean): CanvasFrame {
  const felt = columns.some(
    ({ now, believed }) => believed !== null || shownEmotion(now.emotion) !== null,
  )
  if (!felt) return FLAT
  return zoom === 'all' && low ? LOW : FRAMES[zoom]
}
