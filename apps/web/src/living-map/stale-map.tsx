import type { LivingMapAnswer } from '@parcurs/analytics'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import styles from './stale-map.module.css'

/** Says of which period the numbers still are, while others are on their way. */
export function StaleMap({ answer }: { readonly answer: LivingMapAnswer }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const { fromMs, toMs } = answer.measured.period
  return (
    <p role="status" className={styles.stale}>
      {t('map.stale', { period: numbers.period(fromMs, toMs) })}
    </p>
  )
}
