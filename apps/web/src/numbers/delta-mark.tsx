import { useTranslation } from '../languages/translation.ts'
import type { Delta } from './delta.ts'
import styles from './delta-mark.module.css'
import { useNumbers } from './numbers-context.ts'

/** Which direction is good news. `neither`: the sign is shown, and no colour. */
export type Good = 'up' | 'down' | 'neither'

/** The difference from the compared period: an arrow, a signed number, and colour last. */
export function DeltaMark({ delta, good }: { readonly delta: Delta; readonly good: Good }) {
  const numbers = useNumbers()
  const { t } = useTranslation()
  if (delta.kind === 'none') return null
  if (delta.kind === 'same') {
    return <span className={styles.delta}>{t('delta.same')}</span>
  }
  const text = {
    ratio: () => numbers.change(delta.amount),
    points: () => t('delta.points', { points: numbers.points(delta.amount) }),
    units: () => numbers.emotion(delta.amount),
  }[delta.measuredIn]()
  const tone =
    good === 'neither' || !delta.sure ? 'plain' : delta.up === (good === 'up') ? 'better' : 'worse'
  return (
    <span
      className={styles.delta}
      data-tone={tone}
      title={delta.sure ? undefined : t('delta.chance')}
    >
      <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
        <path d={delta.up ? 'M4 1L7.5 7H0.5Z' : 'M4 7L0.5 1H7.5Z'} fill="currentColor" />
      </svg>
      {text}
      {tone !== 'plain' && (
        <span className="visually-hidden">
          {' '}
          {tone === 'better' ? t('delta.better') : t('delta.worse')}
        </span>
      )}
    </span>
  )
}
