import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { DeltaMark } from '../numbers/delta-mark.tsx'
import { useNumbers } from '../numbers/numbers-context.ts'
import { NONE } from '../numbers/number-formats.ts'
import { ChannelIcons } from '../touchpoints/channel-icons.tsx'
import { Figure } from '../ui/figure.tsx'
import styles from './lane-cell.module.css'
import { type LaneId, laneDelta } from './lanes.ts'
import { FEW_ANSWERS, type MapColumn } from './map-columns.ts'
import { OutcomeBar } from './outcome-bar.tsx'
import { isOpen } from './outcome.ts'
import { sparklinePath } from '../charts/sparkline.ts'

/** What stands in one cell: the number, what goes with it, and its change. */
export const LaneCell = memo(function LaneCell(props: {
  readonly lane: LaneId
  readonly column: MapColumn
  /** The largest money at risk of the map: the full length of the bar. */
  readonly mostMoney: number
}) {
  const { lane, column } = props
  if (!column.measured && lane !== 'channels' && lane !== 'emotion') {
    return (
      <span className={styles.cell}>
        <Figure text={NONE} />
      </span>
    )
  }
  return (
    <span className={styles.cell}>
      <Content {...props} />
      {lane === 'customers' ? (
        <span className={styles.slot}>
          <DeltaMark {...laneDelta(lane, column)} />
          <Sparkline trend={column.now.trend} />
        </span>
      ) : (
        <DeltaMark {...laneDelta(lane, column)} />
      )}
    </span>
  )
})

function Content(props: {
  readonly lane: LaneId
  readonly column: MapColumn
  readonly mostMoney: number
}) {
  const { lane, column, mostMoney } = props
  const numbers = useNumbers()
  const { t } = useTranslation()
  const { now } = column
  switch (lane) {
    case 'channels':
      return <ChannelIcons channels={column.channels} />
    case 'customers':
      return <Figure className={styles.strong} text={numbers.count(now.customers)} />
    case 'movedOn':
      return <MovedOn column={column} />
    case 'time':
      return <Figure text={numbers.duration(now.medianToNextMs)} />
    case 'leaving':
      return <Leaving column={column} />
    case 'money':
      return (
        <>
          <Figure
            className={styles.strong}
            text={now.money === null ? NONE : numbers.compactMoney(now.money.amount)}
          />
          {now.money !== null && isOpen(now) && (
            <span className={styles.second}>{t('map.soFar')}</span>
          )}
          <span className={styles.track}>
            <span
              className={styles.bar}
              data-bar=""
              style={{ '--share': share(now.money?.amount ?? 0, mostMoney) }}
            />
          </span>
        </>
      )
    case 'emotion':
      return <Emotion column={column} />
  }
}

function share(amount: number, most: number): number {
  return most <= 0 ? 0 : Math.max(0, amount / most)
}

function MovedOn({ column }: { readonly column: MapColumn }) {
  const numbers = useNumbers()
  const { t } = useTranslation()
  const { now } = column
  return (
    <>
      <Figure text={numbers.percent(now.movedOnShare)} />
      {now.firstSettlesMs !== null && (
        <span className={styles.second}>
          {t('map.firstSettles', { date: numbers.day(now.firstSettlesMs) })}
        </span>
      )}
      <OutcomeBar now={now} />
    </>
  )
}

function Leaving({ column }: { readonly column: MapColumn }) {
  const numbers = useNumbers()
  const { t } = useTranslation()
  const { now } = column
  return (
    <>
      <span className={styles.pair}>
        <span className={styles.solid} aria-hidden="true" />
        <span className="visually-hidden">{t('map.left')}</span>
        <Figure text={numbers.percent(now.leftShare)} />
      </span>
      <span className={styles.second}>
        <span className={styles.hatched} aria-hidden="true" />
        <span className="visually-hidden">{t('map.inProgress')}</span>
        <Figure text={numbers.count(now.inProgress)} />
      </span>
    </>
  )
}

function Emotion({ column }: { readonly column: MapColumn }) {
  const numbers = useNumbers()
  const { t } = useTranslation()
  const { emotion } = column.now
  if (emotion.n === 0) return <Figure text={NONE} />
  if (emotion.n < FEW_ANSWERS) {
    return (
      <>
        <Figure className={styles.soft} text={t('badge.fewAnswers')} />
        <span className={styles.second}>n {numbers.count(emotion.n)}</span>
      </>
    )
  }
  return (
    <>
      <Figure text={numbers.emotion(emotion.mean)} />
      <span className={styles.second} title={t('map.answers', { count: emotion.n })}>
        <span aria-hidden="true">n {numbers.count(emotion.n)}</span>
        <span className="visually-hidden">{t('map.answers', { count: emotion.n })}</span>
      </span>
    </>
  )
}

function Sparkline({ trend }: { readonly trend: readonly number[] }) {
  return (
    <svg
      className={styles.sparkline}
      viewBox="0 0 96 16"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={sparklinePath(trend, 96, 15)} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
