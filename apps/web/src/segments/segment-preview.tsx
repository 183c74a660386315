import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Figure } from '../ui/figure.tsx'
import { answerIn, type Asked } from '../ui/asked.ts'
import { useNow } from '../ui/use-now.ts'
import { Failed } from '../ui/waiting.tsx'
import styles from './segment-preview.module.css'

/** Whom the sentence means right now: how many, and five of them. The old number stands dimmed until the new one is there. */
export function SegmentPreview(props: {
  readonly complete: boolean
  readonly preview: Asked<AnswerOf<'previewSegment'>>
}) {
  const { complete, preview } = props
  const data = answerIn(preview)
  const { t } = useTranslation()
  const numbers = useNumbers()
  const nowMs = useNow()
  const old = !complete || preview.state !== 'answered'
  return (
    <aside className={styles.preview} aria-label={t('segments.preview')} aria-busy={old}>
      {data === null ? (
        (!complete || preview.state === 'waiting') && (
          <p className={styles.soft}>{t(complete ? 'state.asking' : 'segments.gap')}</p>
        )
      ) : (
        <div className={styles.answer} data-old={old}>
          <p className={styles.size} role="status">
            <Figure className={styles.figure} text={numbers.count(data.customers)} />{' '}
            {t('segments.customers', { count: data.customers })}
          </p>
          <div className={styles.bar} aria-hidden="true">
            <span data-bar="" style={{ '--share': data.share ?? 0 }} />
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
      {!complete && data !== null && <p className={styles.soft}>{t('segments.gap')}</p>}
      {complete && (preview.state === 'refused' || preview.state === 'offline') && (
        <Failed error={preview.error} onRetry={preview.retry} />
      )}
    </aside>
  )
}
