import type { Period } from '@parcurs/analytics'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import styles from './trend-chart.module.css'

/** Customers per equal slice of the period, as bars from nought. */
export function TrendChart(props: { readonly trend: readonly number[]; readonly period: Period }) {
  const { trend, period } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const most = Math.max(1, ...trend)
  const slice = (period.toMs - period.fromMs) / trend.length
  return (
    <figure>
      <div className={styles.bars} aria-hidden="true">
        {trend.map((customers, i) => (
          <span
            key={i}
            className={styles.slot}
            title={`${numbers.day(period.fromMs + i * slice)} · ${numbers.count(customers)}`}
          >
            <span className={styles.bar} data-bar="" style={{ '--share': customers / most }} />
          </span>
        ))}
      </div>
      <figcaption className={styles.caption}>
        <span>{numbers.day(period.fromMs)}</span>
        <span>
          {t('panel.trendText', {
            least: numbers.count(Math.min(...trend)),
            most: numbers.count(Math.max(...trend)),
          })}
        </span>
        <span>{numbers.day(period.toMs - 1)}</span>
      </figcaption>
    </figure>
  )
}
