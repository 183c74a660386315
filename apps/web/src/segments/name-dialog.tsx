import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import { useProblemText } from '../ui/problem-text.ts'
import { TextInput } from '../ui/text-input.tsx'
import styles from './segment-page.module.css'

/** Asks for a name before something is made. */
export function NameDialog(props: {
  readonly title: string
  readonly text: string
  /** Proposed. */
  readonly name: string
  readonly action: string
  readonly saving: { readonly isPending: boolean; readonly error: Error | null }
  readonly onName: (name: string) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [name, setName] = useState(props.name)
  return (
    <Modal label={props.title} onClose={props.onClose}>
      <form
        className={styles.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') props.onName(name.trim())
        }}
      >
        <h2>{props.title}</h2>
        <p className={styles.soft}>{props.text}</p>
        <TextInput label={t('segments.name')} value={name} required onChange={setName} />
        {props.saving.error !== null && (
          <p role="alert" className={styles.wrong}>
            {problemText(props.saving.error)}
          </p>
        )}
        <div className={styles.row}>
          <Button kind="main" type="submit" disabled={props.saving.isPending || name.trim() === ''}>
            {props.action}
          </Button>
          <Button onPress={props.onClose}>{t('action.cancel')}</Button>
        </div>
      </form>
    </Modal>
  )
}
