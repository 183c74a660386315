import { TriangleAlert } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { Button } from './button.tsx'
import { useProblemText } from './problem-text.ts'
import styles from './waiting.module.css'

/** A save as far as this needs to know it; what `useMutation` gives fits. */
export interface Saving<Variables> {
  readonly error: Error | null
  readonly variables: Variables | undefined
  readonly mutate: (variables: Variables) => void
}

/** What could not be saved, why, and the same save again. Nothing while all is well. */
export function SaveFailed<Variables>({ saving }: { readonly saving: Saving<Variables> }) {
  const { t } = useTranslation()
  const text = useProblemText()
  const { error, variables } = saving
  if (error === null) return null
  return (
    <div className={styles.unsaved} role="alert">
      <TriangleAlert size={16} aria-hidden="true" />
      <p>
        {t('state.unsaved')} {text(error)}
      </p>
      {variables !== undefined && (
        <Button onPress={() => saving.mutate(variables)}>{t('action.retry')}</Button>
      )}
    </div>
  )
}
