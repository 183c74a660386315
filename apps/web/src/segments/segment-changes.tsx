import { Link } from '@tanstack/react-router'
import { useTranslation } from '../languages/translation.ts'
import { NONE } from '../numbers/number-formats.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Shown } from '../ui/shown.tsx'
import { TableBehind } from '../ui/table-behind.tsx'
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
              <TableBehind
                summary={t('segments.whoChanged')}
                label={t('segments.changes')}
                rows={answer.changes}
                rowId={({ customer, atMs, change }) => `${customer} ${atMs} ${change}`}
                columns={[
                  {
                    title: t('customers.customer'),
                    cell: ({ customer, label }) => (
                      <Link to="/w/$workspace/customers/$customer" params={{ workspace, customer }}>
                        {label}
                      </Link>
                    ),
                  },
                  {
                    title: t('segments.what'),
                    cell: ({ change }) => t(`segments.change.${change}`),
                  },
                  {
                    title: t('segments.when'),
                    kind: 'moment',
                    cell: ({ atMs }) => numbers.instant(atMs),
                  },
                  {
                    title: t('segments.why'),
                    kind: 'soft',
                    cell: ({ cause }) => (cause === null ? NONE : t(`segments.cause.${cause}`)),
                  },
                ]}
              />
            )}
          </div>
        )}
      </Shown>
    </section>
  )
}
