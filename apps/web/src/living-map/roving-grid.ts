/** Where the one Tab stop of the grid stands. Row 0 is the steps, then the lanes; column −1 is the rail. */
export interface GridPlace {
  readonly row: number
  readonly column: number
}

export interface GridSize {
  readonly rows: number
  readonly columns: number
}

/** The place that a key leads to; null: the key means nothing here. */
export function placeAfter(
  key: string,
  ctrl: boolean,
  at: GridPlace,
  size: GridSize,
): GridPlace | null {
  const to = (row: number, column: number): GridPlace => ({
    row: Math.max(0, Math.min(size.rows - 1, row)),
    column: Math.max(-1, Math.min(size.columns - 1, column)),
  })
  switch (key) {
    case 'ArrowRight':
      return to(at.row, at.column + 1)
    case 'ArrowLeft':
      return to(at.row, at.column - 1)
    case 'ArrowDown':
      return to(at.row + 1, at.column)
    case 'ArrowUp':
      return to(at.row - 1, at.column)
    case 'Home':
      return to(ctrl ? 0 : at.row, 0)
    case 'End':
      return to(ctrl ? size.rows - 1 : at.row, size.columns - 1)
    default:
      return null
  }
}
