import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { DeltaMark } from '../numbers/delta-mark.tsx'
import { countDelta } from '../numbers/delta.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Figure } from '../ui/figure.tsx'
import { columnPlaces, type StageColumns } from './map-columns.ts'
import styles from './stage-headers.module.css'

/** Each stage over its columns: name, customers and their share of all who entered the map. */
export const StageHeaders = memo(function StageHeaders(props: {
  readonly stages: readonly StageColumns[]
  readonly entrants: number
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  return (
    <div role="row" aria-rowindex={1} className={styles.row}>
      <div role="columnheader" className={styles.corner}>
        <span className="visually-hidden">{t('map.lanes')}</span>
      </div>
      {props.stages.map((stage) => (
        <div
          key={stage.id}
          role="columnheader"
          aria-colspan={stage.columns.length}
          className={styles.stage}
          style={{ '--span': columnPlaces(stage.columns).length }}
        >
          <span className={styles.name}>{stage.name}</span>
          <span className={styles.count}>
            <Figure
              text={t('map.customers', {
                count: stage.customers,
                n: numbers.count(stage.customers),
              })}
            />
            {props.entrants > 0 && (
              <span className={styles.share}>
                {numbers.percent(stage.customers / props.entrants)}
              </span>
            )}
            <DeltaMark delta={countDelta(stage.customers, stage.before)} good="up" />
          </span>
        </div>
      ))}
    </div>
  )
})
