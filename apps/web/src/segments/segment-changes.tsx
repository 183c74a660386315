import { Link } from '@tanstack/react-router'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Shown } from '../ui/shown.tsx'
import table from '../ui/table.module.css'
import styles from './segment-page.module.css'
import { useSegmentChanges } from './use-segment-parts.ts'
import type { SavedSegment } from './use-segments.ts'

/** Who entered and who left in a period, and why. */
export function SegmentChanges(props: {
  readonly workspace: string
  readonly segment: SavedSegment
  readonly fromMs: number
  readonly toMs: number
}) {
  const { workspace } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const changes = useSegmentChanges(workspace, props.segment.id, props.fromMs, props.toMs)
  return (
    <section className={styles.card} aria-labelledby="segment-changes">
      <h2 id="segment-changes">{t('segments.changes')}</h2>
      <Shown asked={changes}>
        {(answer) => (
          <div className={styles.stack}>
            <dl className={styles.figures}>
              {(['entered', 'left', 'stayed'] as const).map((key) => (
                <div key={key}>
                  <dt>{t(`segments.change.${key}`)}</dt>
                  <dd>{numbers.count(answer[key])}</dd>
                </div>
              ))}
            </dl>
            <p className={styles.small}>{t(answer.kept ? 'segments.kept' : 'segments.notKept')}</p>
            {answer.changes.length > 0 && (
              <details className={styles.details}>
                <summary>{t('segments.whoChanged')}</summary>
                <div
                  className={table.frame}
                  tabIndex={0}
                  role="region"
                  aria-label={t('segments.changes')}
                >
                  <table className={table.table}>
                    <thead>
                      <tr>
                        <th scope="col">{t('customers.customer')}</th>
                        <th scope="col">{t('segments.what')}</th>
                        <th scope="col">{t('segments.when')}</th>
                        <th scope="col">{t('segments.why')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {answer.changes.map((change, i) => (
                        <tr key={i}>
                          <td>
                            <Link
                              to="/w/$workspace/customers/$customer"
                              params={{ workspace, customer: change.customer }}
                            >
                              {change.label}
                            </Link>
                          </td>
                          <td>{t(`segments.change.${change.change}`)}</td>
                          <td className={table.nowrap}>{numbers.instant(change.atMs)}</td>
                          <td className={table.soft}>
                            {change.cause === null ? '—' : t(`segments.cause.${change.cause}`)}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </details>
            )}
          </div>
        )}
      </Shown>
    </section>
  )
}
