import { CircleDashed, Flag, Gem, Repeat, ZoomIn } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { BadgePill } from './badge-pill.tsx'
import { columnPlaces, type MapColumn } from './map-columns.ts'
import { Stack } from './stack.tsx'
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
      {columnPlaces(props.columns).map((inside) => (
        <Stack key={inside[0]?.column.id ?? ''} of={inside}>
          {inside.map(({ column, at }, nth) => (
            <StepHeader
              key={column.id}
              at={at}
              column={column}
              other={nth > 0}
              first={props.firsts.has(at)}
              selected={props.selected === at}
              tabStop={props.tabColumn === at}
            />
          ))}
        </Stack>
      ))}
    </div>
  )
})

const StepHeader = memo(function StepHeader(props: {
  readonly at: number
  readonly column: MapColumn
  /** An alternative to the one above it. */
  readonly other: boolean
  readonly first: boolean
  readonly selected: boolean
  readonly tabStop: boolean
}) {
  const { t } = useTranslation()
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
      {props.other && <span className={styles.or}>{t('map.or')}</span>}
      <span className={styles.name}>{props.column.name}</span>
      <Signs column={props.column} />
    </div>
  )
})

function Signs({ column }: { readonly column: MapColumn }) {
  const { t } = useTranslation()
  const badge = column.badges[0]
  const { goal, momentOfTruth, optional, repeatable, detail } = column
  if (
    badge === undefined &&
    !(goal || momentOfTruth || optional || repeatable) &&
    detail === null
  ) {
    return null
  }
  return (
    <span className={styles.signs}>
      {goal && <Sign icon={<Flag />} text={t('map.goal')} />}
      {momentOfTruth && <Sign icon={<Gem />} text={t('map.momentOfTruth')} />}
      {optional && <Sign icon={<CircleDashed />} text={t('map.optional')} />}
      {repeatable && <Sign icon={<Repeat />} text={t('map.repeatable')} />}
      {detail !== null && <Sign icon={<ZoomIn />} text={t('map.inDetail', { map: detail.name })} />}
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
