import type { UseQueryResult } from '@tanstack/react-query'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Figure } from '../ui/figure.tsx'
import { useProblemText } from '../ui/problem-text.ts'
import { useNow } from '../ui/use-now.ts'
import styles from './segment-preview.module.css'

/** Whom the sentence means right now: how many, and five of them. The old number stands dimmed until the new one is there. */
export function SegmentPreview(props: {
  readonly complete: boolean
  readonly preview: UseQueryResult<AnswerOf<'previewSegment'>>
}) {
  const { complete, preview } = props
  const { data, error } = preview
  const { t } = useTranslation()
  const numbers = useNumbers()
  const problemText = useProblemText()
  const nowMs = useNow()
  const old = !complete || preview.isPlaceholderData || preview.isFetching
  return (
    <aside className={styles.preview} aria-label={t('segments.preview')} aria-busy={old}>
      {data === undefined ? (
        <p className={styles.soft}>{t(complete ? 'state.asking' : 'segments.gap')}</p>
      ) : (
        <div className={styles.answer} data-old={old}>
          <p className={styles.size} role="status">
            <Figure className={styles.figure} text={numbers.count(data.customers)} />{' '}
            {t('segments.customers', { count: data.customers })}
          </p>
          <div className={styles.bar} aria-hidden="true">
            <span style={{ '--share': data.share ?? 0 }} />
          </div>
          <p className={styles.soft}>
            {t('segments.ofEverybody', {
              share: numbers.exactPercent(data.share),
              all: numbers.count(data.everybody),
            })}
          </p>
          {data.examples.length > 0 && (
            <>
              <h3 className={styles.title}>{t('segments.examples')}</h3>
              <ul className={styles.examples}>
                {data.examples.map(({ customer, label, lastMs }) => (
                  <li key={customer}>
                    <span className={styles.name}>{label}</span>
                    {lastMs !== null && (
                      <span className={styles.soft}>{numbers.ago(lastMs, nowMs)}</span>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
          {data.customers === 0 && <p className={styles.soft}>{t('segments.nobodyYet')}</p>}
        </div>
      )}
      {!complete && data !== undefined && <p className={styles.soft}>{t('segments.gap')}</p>}
      {complete && error !== null && (
        <p role="alert" className={styles.wrong}>
          {problemText(error)}
        </p>
      )}
    </aside>
  )
}
