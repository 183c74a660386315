import { LineChart } from '../charts/line-chart.tsx'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Figure } from '../ui/figure.tsx'
import { Shown } from '../ui/shown.tsx'
import table from '../ui/table.module.css'
import styles from './segment-page.module.css'
import { useSegmentTrend } from './use-segment-parts.ts'
import type { SavedSegment } from './use-segments.ts'

/** How large the segment is now and was before, with the numbers behind the line. */
export function SegmentTrend(props: {
  readonly workspace: string
  readonly segment: SavedSegment
  readonly fromMs: number
  readonly toMs: number
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const trend = useSegmentTrend(props.workspace, props.segment.id, props.fromMs, props.toMs)
  return (
    <section className={styles.card} aria-labelledby="segment-size">
      <h2 id="segment-size">{t('segments.sizeNow')}</h2>
      <Shown asked={trend}>
        {({ points }) => {
          const now = points.at(-1)
          const first = points[0]
          if (now === undefined || first === undefined) return null
          const most = Math.max(...points.map(({ customers }) => customers))
          return (
            <div className={styles.stack}>
              <p className={styles.size}>
                <Figure className={styles.figure} text={numbers.count(now.customers)} />{' '}
                {t('segments.customers', { count: now.customers })} ·{' '}
                {t('segments.ofEverybody', {
                  share: numbers.exactPercent(now.share),
                  all: numbers.count(now.everybody),
                })}{' '}
                · {t('segments.grew', { change: numbers.signed(now.customers - first.customers) })}
              </p>
              <LineChart
                points={points.map(({ atMs, customers }) => ({
                  atMs,
                  value: customers,
                  text: `${numbers.date(atMs)} · ${numbers.count(customers)}`,
                }))}
                most={numbers.compactCount(most)}
                least={numbers.count(0)}
                from={numbers.date(first.atMs)}
                to={numbers.date(now.atMs)}
              />
              <p className={styles.small}>{t('segments.identities')}</p>
              <details className={styles.details}>
                <summary>{t('segments.asTable')}</summary>
                <div
                  className={table.frame}
                  tabIndex={0}
                  role="region"
                  aria-label={t('segments.sizeNow')}
                >
                  <table className={table.table}>
                    <thead>
                      <tr>
                        <th scope="col">{t('segments.date')}</th>
                        <th scope="col" className={table.number}>
                          {t('segments.size')}
                        </th>
                        <th scope="col" className={table.number}>
                          {t('segments.share')}
                        </th>
                      </tr>
                    </thead>
                    <tbody>
                      {points.map(({ atMs, customers, share }) => (
                        <tr key={atMs}>
                          <td>{numbers.instant(atMs)}</td>
                          <td className={table.number}>{numbers.count(customers)}</td>
                          <td className={table.number}>{numbers.exactPercent(share)}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </details>
            </div>
          )
        }}
      </Shown>
    </section>
  )
}
