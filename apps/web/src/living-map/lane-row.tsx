import { Info } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { LaneCell } from './lane-cell.tsx'
import styles from './lane-row.module.css'
import type { LaneId } from './lanes.ts'
import { columnPlaces, type MapColumn } from './map-columns.ts'
import { Stack } from './stack.tsx'

/** One lane: its name on the rail, and a cell for each column. The grid hears the clicks of all of them. */
export const LaneRow = memo(function LaneRow(props: {
  readonly lane: LaneId
  readonly row: number
  readonly columns: readonly MapColumn[]
  readonly firsts: ReadonlySet<number>
  readonly mostMoney: number
  /** The cell that holds the grid's Tab stop, if it is in this row. */
  readonly tabColumn: number | null
  readonly active: number | null
  readonly opened: number | null
}) {
  const { lane, row } = props
  const { t } = useTranslation()
  return (
    <div role="row" aria-rowindex={row + 2} className={styles.row}>
      <div
        role="rowheader"
        className={styles.rail}
        data-place={`${row}:-1`}
        tabIndex={props.tabColumn === -1 ? 0 : -1}
      >
        <span>{t(`lane.${lane}`)}</span>
        <Info size={12} aria-hidden="true" />
      </div>
      {columnPlaces(props.columns).map((inside) => (
        <Stack key={inside[0]?.column.id ?? ''} of={inside}>
          {inside.map(({ column, at }) => (
            <Cell
              key={column.id}
              lane={lane}
              row={row}
              at={at}
              column={column}
              first={props.firsts.has(at)}
              active={props.active === at}
              opened={props.opened === at}
              tabStop={props.tabColumn === at}
              mostMoney={props.mostMoney}
            />
          ))}
        </Stack>
      ))}
    </div>
  )
})

/** Drawn again only when something of its own changes: a map of sixty steps has hundreds. */
const Cell = memo(function Cell(props: {
  readonly lane: LaneId
  readonly row: number
  readonly at: number
  readonly column: MapColumn
  readonly first: boolean
  readonly active: boolean
  readonly opened: boolean
  readonly tabStop: boolean
  readonly mostMoney: number
}) {
  return (
    <div
      role="gridcell"
      aria-colindex={props.at + 2}
      data-place={`${props.row}:${props.at}`}
      data-first={props.first}
      data-active={props.active}
      data-opened={props.opened}
      tabIndex={props.tabStop ? 0 : -1}
      className={styles.cell}
    >
      <LaneCell lane={props.lane} column={props.column} mostMoney={props.mostMoney} />
    </div>
  )
})
