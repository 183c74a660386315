import { CircleDashed, Flag, Gem } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { BadgePill } from './badge-pill.tsx'
import type { MapColumn } from './map-columns.ts'
import type { GridPlace } from './roving-grid.ts'
import styles from './step-headers.module.css'

/** The columns' names. Enter or a click opens the step. */
export const StepHeaders = memo(function StepHeaders(props: {
  readonly columns: readonly MapColumn[]
  readonly firsts: ReadonlySet<number>
  readonly place: GridPlace
  readonly selected: number
  readonly onOpen: (place: GridPlace) => void
  readonly onPoint: (column: number | null) => void
}) {
  return (
    <div role="row" aria-rowindex={2} className={styles.row}>
      <div role="columnheader" className={styles.corner} />
      {props.columns.map((column, i) => (
        <div
          key={column.id}
          role="columnheader"
          aria-colindex={i + 2}
          aria-selected={props.selected === i}
          data-place={`0:${i}`}
          data-first={props.firsts.has(i)}
          data-selected={props.selected === i}
          tabIndex={props.place.row === 0 && props.place.column === i ? 0 : -1}
          className={styles.step}
          onClick={() => props.onOpen({ row: 0, column: i })}
          onPointerEnter={() => props.onPoint(i)}
          onFocus={() => props.onPoint(i)}
        >
          <span className={styles.name}>{column.name}</span>
          <Signs column={column} />
        </div>
      ))}
    </div>
  )
})

function Signs({ column }: { readonly column: MapColumn }) {
  const { t } = useTranslation()
  const badge = column.badges[0]
  if (badge === undefined && !column.goal && !column.momentOfTruth && !column.optional) return null
  return (
    <span className={styles.signs}>
      {column.goal && <Sign icon={<Flag />} text={t('map.goal')} />}
      {column.momentOfTruth && <Sign icon={<Gem />} text={t('map.momentOfTruth')} />}
      {column.optional && <Sign icon={<CircleDashed />} text={t('map.optional')} />}
      {badge !== undefined && <BadgePill badge={badge} more={column.badges.length - 1} />}
    </span>
  )
}

function Sign({ icon, text }: { readonly icon: React.ReactNode; readonly text: string }) {
  return (
    <span className={styles.sign} title={text}>
      {icon}
      <span className="visually-hidden">{text}</span>
    </span>
  )
}
