/** `beside`: between alternatives. `loop`: a return that was drawn. */
export type MoveKind = 'line' | 'ahead' | 'back' | 'beside' | 'loop'

/** A move between two steps, by their column. */
export interface Move {
  readonly from: number
  readonly to: number
  readonly customers: number
  readonly kind: MoveKind
}

/** Moves to the next step are the line itself; jumps ahead and ways back are arcs. */
export function kindOfMove(fromPlace: number, toPlace: number, drawnLoop: boolean): MoveKind {
  if (drawnLoop) return 'loop'
  if (toPlace === fromPlace) return 'beside'
  if (toPlace === fromPlace + 1) return 'line'
  return toPlace > fromPlace ? 'ahead' : 'back'
}
