import type { MeasuredEmotion } from '@parcurs/analytics'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import styles from './emotion-scale.module.css'
import { FEW_ANSWERS } from './map-columns.ts'

const place = (emotion: number) => (Math.max(-2, Math.min(2, emotion)) + 2) / 4

/** What customers said beside what the team believed, on the one scale of −2 to +2. */
export function EmotionScale(props: {
  readonly measured: MeasuredEmotion
  readonly believed: number | null
}) {
  const { measured, believed } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const enough = measured.n >= FEW_ANSWERS && measured.mean !== null
  return (
    <div className={styles.box}>
      <div className={styles.scale} aria-hidden="true">
        {enough && measured.low !== null && measured.high !== null && (
          <span
            className={styles.interval}
            style={{ '--from': place(measured.low), '--to': place(measured.high) }}
          />
        )}
        {believed !== null && (
          <span className={styles.believed} style={{ '--at': place(believed) }} />
        )}
        {enough && <span className={styles.measured} style={{ '--at': place(measured.mean) }} />}
      </div>
      <div className={styles.ends} aria-hidden="true">
        <span>{t('legend.scale.bad')}</span>
        <span>{t('legend.scale.good')}</span>
      </div>
      <dl className={styles.words}>
        <div>
          <dt>
            <span className={styles.measuredKey} aria-hidden="true" /> {t('panel.measured')}
          </dt>
          <dd>
            {measured.n === 0
              ? t('panel.noAnswers')
              : !enough
                ? t('badge.fewAnswersLong', { count: measured.n })
                : t('panel.measuredText', {
                    mean: numbers.emotion(measured.mean),
                    low: numbers.emotion(measured.low),
                    high: numbers.emotion(measured.high),
                    count: measured.n,
                    n: numbers.count(measured.n),
                  })}
          </dd>
        </div>
        <div>
          <dt>
            <span className={styles.believedKey} aria-hidden="true" /> {t('panel.believed')}
          </dt>
          <dd>{believed === null ? t('panel.notDrawn') : numbers.emotion(believed)}</dd>
        </div>
      </dl>
    </div>
  )
}
