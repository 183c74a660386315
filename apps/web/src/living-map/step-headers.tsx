import { CircleDashed, Flag, Gem } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { BadgePill } from './badge-pill.tsx'
import type { MapColumn } from './map-columns.ts'
import styles from './step-headers.module.css'

/** The columns' names. Enter or a click opens the step; the grid hears them. */
export const StepHeaders = memo(function StepHeaders(props: {
  readonly columns: readonly MapColumn[]
  readonly firsts: ReadonlySet<number>
  /** The column that holds the grid's Tab stop, if it is in this row. */
  readonly tabColumn: number | null
  readonly selected: number
}) {
  return (
    <div role="row" aria-rowindex={2} className={styles.row}>
      <div role="columnheader" className={styles.corner} />
      {props.columns.map((column, i) => (
        <StepHeader
          key={column.id}
          at={i}
          column={column}
          first={props.firsts.has(i)}
          selected={props.selected === i}
          tabStop={props.tabColumn === i}
        />
      ))}
    </div>
  )
})

const StepHeader = memo(function StepHeader(props: {
  readonly at: number
  readonly column: MapColumn
  readonly first: boolean
  readonly selected: boolean
  readonly tabStop: boolean
}) {
  return (
    <div
      role="columnheader"
      aria-colindex={props.at + 2}
      aria-selected={props.selected}
      data-place={`0:${props.at}`}
      data-first={props.first}
      data-selected={props.selected}
      tabIndex={props.tabStop ? 0 : -1}
      className={styles.step}
    >
      <span className={styles.name}>{props.column.name}</span>
      <Signs column={props.column} />
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
