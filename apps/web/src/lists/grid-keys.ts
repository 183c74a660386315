export interface Cell {
  /** −1: the titles. */
  readonly row: number
  readonly column: number
}

/** Where a key leads within the grid; null: it is no key of the grid. */
export function cellAfter(
  key: string,
  whole: boolean,
  at: Cell,
  size: { readonly rows: number; readonly columns: number },
): Cell | null {
  const last = { row: size.rows - 1, column: size.columns - 1 }
  switch (key) {
    case 'ArrowUp':
      return { ...at, row: Math.max(-1, at.row - 1) }
    case 'ArrowDown':
      return { ...at, row: Math.min(last.row, at.row + 1) }
    case 'ArrowLeft':
      return { ...at, column: Math.max(0, at.column - 1) }
    case 'ArrowRight':
      return { ...at, column: Math.min(last.column, at.column + 1) }
    case 'Home':
      return whole ? { row: -1, column: 0 } : { ...at, column: 0 }
    case 'End':
      return whole ? last : { ...at, column: last.column }
    default:
      return null
  }
}
