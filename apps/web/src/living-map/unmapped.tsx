import type { MapMeasures } from '@parcurs/analytics'
import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { BarList } from '../ui/bar-list.tsx'
import type { Measure } from './lanes.ts'
import styles from './unmapped.module.css'

/** Under the map: how far the lived journeys follow it, and what customers do that is not on it. */
export const Unmapped = memo(function Unmapped(props: {
  readonly measures: MapMeasures
  readonly onOpen: (measure: Measure) => void
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const { conformance, unmapped, entrants, outside } = props.measures
  return (
    <div className={styles.after}>
      <section className={styles.box}>
        <h2>
          <button type="button" className={styles.open} onClick={() => props.onOpen('conformance')}>
            {t('conformance.title')}
          </button>
        </h2>
        <p className={styles.figure}>{numbers.exactPercent(conformance.share)}</p>
        <p className={styles.soft}>
          {t('conformance.text', {
            count: conformance.finished,
            conforming: numbers.count(conformance.conforming),
            finished: numbers.count(conformance.finished),
            fitness: numbers.percent(conformance.meanFitness),
          })}
        </p>
      </section>
      <section className={styles.box}>
        <h2>
          <button type="button" className={styles.open} onClick={() => props.onOpen('unmapped')}>
            {t('unmapped.title')}
          </button>
        </h2>
        {unmapped.length === 0 ? (
          <p className={styles.soft}>{t('unmapped.none')}</p>
        ) : (
          <BarList
            rows={unmapped.slice(0, 6).map((behaviour) => ({
              id: `${behaviour.event} ${behaviour.path}`,
              text: `${behaviour.event} ${behaviour.path}`.trim(),
              share: entrants === 0 ? 0 : behaviour.customers / entrants,
              value: numbers.count(behaviour.customers),
              note: numbers.percent(entrants === 0 ? null : behaviour.customers / entrants),
            }))}
          />
        )}
        {outside > 0 && (
          <p className={styles.soft}>
            {t('unmapped.outside', { count: outside, n: numbers.count(outside) })}
          </p>
        )}
      </section>
    </div>
  )
})
