import { type KeyboardEvent, type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'
import { type Cell, cellAfter } from './grid-keys.ts'

const WIDGETS = 'a[href], button, input, summary'

/**
 * One Tab stop for a whole table: only the cell that was last looked at can be reached with Tab, and arrows move
 * from there. What stands in a cell (a link, a button) is focused in its place.
 */
export function useGridFocus(
  table: RefObject<HTMLTableElement | null>,
  rows: number,
  columns: number,
) {
  const at = useRef<Cell>({ row: 0, column: 0 })
  // Whatever was drawn anew would be a Tab stop of its own: after each drawing all but one are taken out.
  useLayoutEffect(() => {
    const cell = clamped(at.current, rows, columns)
    at.current = cell
    for (const [place, element] of stops(table.current)) {
      element.tabIndex = place.row === cell.row && place.column === cell.column ? 0 : -1
    }
  })
  const move = (to: Cell) => {
    at.current = to
    const here = stops(table.current).filter(([place, element]) => {
      const found = place.row === to.row && place.column === to.column
      element.tabIndex = found ? 0 : -1
      return found
    })
    here[0]?.[1].focus()
  }
  return {
    onFocus(event: FocusEvent<HTMLTableElement>) {
      const cell = placeOf(event.target)
      if (cell !== null) at.current = cell
    },
    // Before what stands in the cell: a choice would open by an arrow.
    onKeyDownCapture(event: KeyboardEvent<HTMLTableElement>) {
      const { target } = event
      if (!(target instanceof HTMLElement) || !event.currentTarget.contains(target)) return
      const whole = event.ctrlKey || event.metaKey
      const next = event.altKey ? null : cellAfter(event.key, whole, at.current, { rows, columns })
      const row = target.closest('tr')
      if (next !== null) move(next)
      else if (event.key === 'Enter' && !target.matches(WIDGETS)) {
        row?.querySelector<HTMLElement>('[data-name="true"] :is(a, button)')?.click()
      } else if (event.key === ' ' && !target.matches('button, input, summary')) {
        row?.querySelector<HTMLElement>('[data-choose]')?.click()
      } else return
      event.preventDefault()
      event.stopPropagation()
    },
  }
}

function clamped(cell: Cell, rows: number, columns: number): Cell {
  return {
    row: Math.max(-1, Math.min(cell.row, rows - 1)),
    column: Math.max(0, Math.min(cell.column, columns - 1)),
  }
}

/** What takes the focus of each cell: the first thing to press in it, else the cell. */
function stops(table: HTMLTableElement | null): readonly (readonly [Cell, HTMLElement])[] {
  if (table === null) return []
  return [...table.rows].flatMap((row, i) =>
    [...row.cells].flatMap((cell, column): (readonly [Cell, HTMLElement])[] => {
      const widgets = [...cell.querySelectorAll<HTMLElement>(WIDGETS)]
      const [first, ...others] = widgets
      // A second thing to press stands at the same place: Tab leads on from the first.
      const place = { row: i - 1, column }
      return [[place, first ?? cell] as const, ...others.map((other) => [place, other] as const)]
    }),
  )
}

function placeOf(target: EventTarget): Cell | null {
  const cell = target instanceof Element ? target.closest('td, th') : null
  const row = cell?.closest('tr')
  if (!(cell instanceof HTMLTableCellElement) || row == null) return null
  return { row: row.rowIndex - 1, column: cell.cellIndex }
}
