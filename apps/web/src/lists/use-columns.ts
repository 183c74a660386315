import { useMemo } from 'react'
import { useRemembered } from '../device/device-memory.ts'
import type { Column } from './column.ts'

/** Which columns are shown, as remembered on this device. */
export function useColumns<Row>(
  list: string,
  columns: readonly Column<Row>[],
): {
  readonly shown: readonly Column<Row>[]
  readonly hidden: ReadonlySet<string>
  readonly toggle: (column: string) => void
} {
  const [remembered, remember] = useRemembered(`columns.${list}`)
  const hidden = useMemo(
    () =>
      new Set(
        remembered === null
          ? columns.filter((column) => column.hidden === true).map(({ id }) => id)
          : remembered.split(' '),
      ),
    [remembered, columns],
  )
  const shown = useMemo(
    () => columns.filter(({ id, fixed }) => fixed === true || !hidden.has(id)),
    [columns, hidden],
  )
  return {
    shown,
    hidden,
    toggle: (column) => {
      const next = new Set(hidden)
      if (!next.delete(column)) next.add(column)
      remember([...next].join(' '))
    },
  }
}
