import { Info } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { LaneCell } from './lane-cell.tsx'
import styles from './lane-row.module.css'
import type { LaneId } from './lanes.ts'
import type { MapColumn } from './map-columns.ts'
import type { GridPlace } from './roving-grid.ts'

/** One lane: its name on the rail, and a cell for each column. Every cell opens its definition. */
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
  readonly onOpen: (place: GridPlace) => void
  readonly onPoint: (column: number | null) => void
}) {
  const { lane, row } = props
  const { t } = useTranslation()
  const tabIndex = (column: number) => (props.tabColumn === column ? 0 : -1)
  return (
    <div role="row" aria-rowindex={row + 2} className={styles.row}>
      <div
        role="rowheader"
        className={styles.rail}
        data-place={`${row}:-1`}
        tabIndex={tabIndex(-1)}
        onClick={() => props.onOpen({ row, column: -1 })}
        onPointerEnter={() => props.onPoint(null)}
      >
        <span>{t(`lane.${lane}`)}</span>
        <Info size={12} aria-hidden="true" />
      </div>
      {props.columns.map((column, i) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={i + 2}
          data-place={`${row}:${i}`}
          data-first={props.firsts.has(i)}
          data-active={props.active === i}
          data-opened={props.opened === i}
          tabIndex={tabIndex(i)}
          className={styles.cell}
          onClick={() => props.onOpen({ row, column: i })}
          onPointerEnter={() => props.onPoint(i)}
          onFocus={() => props.onPoint(i)}
        >
          <LaneCell lane={lane} column={column} mostMoney={props.mostMoney} />
        </div>
      ))}
    </div>
  )
})
