import { LineChart } from '../charts/line-chart.tsx'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Figure } from '../ui/figure.tsx'
import { Shown } from '../ui/shown.tsx'
import { TableBehind } from '../ui/table-behind.tsx'
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
                most={most === 0 ? '' : numbers.compactCount(most)}
                least={numbers.count(0)}
                from={numbers.date(first.atMs)}
                to={numbers.date(now.atMs)}
              />
              <p className={styles.small}>{t('segments.identities')}</p>
              <TableBehind
                summary={t('segments.asTable')}
                label={t('segments.sizeNow')}
                rows={points}
                rowId={({ atMs }) => String(atMs)}
                columns={[
                  { title: t('segments.date'), cell: ({ atMs }) => numbers.instant(atMs) },
                  {
                    title: t('segments.size'),
                    kind: 'number',
                    cell: ({ customers }) => numbers.count(customers),
                  },
                  {
                    title: t('segments.share'),
                    kind: 'number',
                    cell: ({ share }) => numbers.exactPercent(share),
                  },
                ]}
              />
            </div>
          )
        }}
      </Shown>
    </section>
  )
}
