import type { LivingMapAnswer, MapMeasures } from '@parcurs/analytics'
import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { DeltaMark } from '../numbers/delta-mark.tsx'
import { type Delta, pointsDelta, ratioDelta } from '../numbers/delta.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Figure } from '../ui/figure.tsx'
import type { Measure } from './lanes.ts'
import styles from './map-summary.module.css'

/** The whole map in five numbers. Each opens its definition. */
export const MapSummary = memo(function MapSummary(props: {
  readonly answer: LivingMapAnswer
  readonly goalName: string | null
  readonly onOpen: (measure: Measure) => void
}) {
  const { answer, goalName, onOpen } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const { measured: now, compared: before } = answer
  const estimate = now.completionEstimate
  // The share's own denominator: beside all entrants it would contradict itself.
  const over = now.settled
  const open = now.settled < now.entrants
  return (
    <section className={styles.summary} aria-label={t('summary.label')}>
      <h2 className={styles.title}>
        {goalName === null ? t('summary.noGoal') : t('summary.title', { goal: goalName })}
      </h2>
      <div className={styles.card}>
        <button type="button" className={styles.main} onClick={() => onOpen('completion')}>
          <Figure className={styles.figure} text={numbers.exactPercent(now.completionShare)} />
          <DeltaMark
            delta={pointsDelta(
              now.completionShare,
              before?.completionShare,
              over,
              before?.settled ?? 0,
            )}
            good="up"
          />
          <span className={styles.of}>
            {now.firstSettlesMs === null
              ? t('summary.of', {
                  count: over,
                  done: numbers.count(now.settledCompletions),
                  all: numbers.count(over),
                })
              : t('map.firstSettles', { date: numbers.day(now.firstSettlesMs) })}
          </span>
          {open && (
            <span className={styles.of}>
              {[
                t('summary.soFar', { n: numbers.count(now.completions) }),
                ...(estimate === null
                  ? []
                  : [
                      t('summary.estimate', {
                        share: numbers.exactPercent(estimate.share),
                        low: numbers.exactPercent(estimate.low ?? estimate.share),
                        high: numbers.exactPercent(estimate.high ?? estimate.share),
                      }),
                    ]),
              ].join(' · ')}
            </span>
          )}
        </button>
        <div className={styles.rest}>
          <Small
            label={t('summary.inProgress')}
            text={numbers.count(now.inProgress)}
            onOpen={() => onOpen('inProgress')}
          />
          <Small
            label={t('summary.value')}
            text={numbers.compactMoney(now.goalValue)}
            delta={delta((m) => m.goalValue, now, before)}
            open={open}
            onOpen={() => onOpen('goalValue')}
          />
          <Small
            label={t('summary.conformance')}
            text={numbers.percent(now.conformance.share)}
            onOpen={() => onOpen('conformance')}
          />
        </div>
      </div>
    </section>
  )
})

function delta(
  of: (measures: MapMeasures) => number | null,
  now: MapMeasures,
  before: MapMeasures | null,
): Delta {
  return ratioDelta(of(now), before === null ? null : of(before))
}

function Small(props: {
  readonly label: string
  readonly text: string
  readonly delta?: Delta
  /** Customers still have time: less is not worse. */
  readonly open?: boolean
  readonly onOpen: () => void
}) {
  return (
    <button type="button" className={styles.small} onClick={props.onOpen}>
      <span className={styles.label}>{props.label}</span>
      <Figure className={styles.value} text={props.text} />
      {props.delta !== undefined && (
        <DeltaMark delta={props.delta} good={props.open === true ? 'neither' : 'up'} />
      )}
    </button>
  )
}
