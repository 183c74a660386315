import { TriangleAlert } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { Button } from './button.tsx'
import { useProblemText } from './problem-text.ts'
import styles from './waiting.module.css'

/** Appears only when it takes longer than 300 ms (by CSS). */
export function Waiting() {
  const { t } = useTranslation()
  return (
    <div className={styles.waiting} role="status">
      <span className={styles.bar} aria-hidden="true" />
      {t('state.asking')}
    </div>
  )
}

/** What happened, and what to do. */
export function Failed(props: { readonly error: Error; readonly onRetry?: () => void }) {
  const { t } = useTranslation()
  const text = useProblemText()
  return (
    <div className={styles.failed} role="alert">
      <TriangleAlert size={16} aria-hidden="true" />
      <div>
        <p>{text(props.error)}</p>
        {props.onRetry !== undefined && (
          <Button onPress={props.onRetry}>{t('action.retry')}</Button>
        )}
      </div>
    </div>
  )
}
