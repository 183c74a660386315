import type { ReactNode } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { Button } from './button.tsx'
import { Modal } from './modal.tsx'
import styles from './question.module.css'

/** Asks before something that cannot be taken back. Esc and a press outside are "no". */
export function Question(props: {
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly no?: string
  readonly busy?: boolean
  /** What went wrong when it was tried. */
  readonly children?: ReactNode
  readonly onYes: () => void
  readonly onNo: () => void
}) {
  const { t } = useTranslation()
  return (
    <Modal label={props.title} onClose={props.onNo}>
      <div className={styles.question}>
        <h2 className={styles.title}>{props.title}</h2>
        <p className={styles.text}>{props.text}</p>
        {props.children}
        <div className={styles.actions}>
          <Button kind="danger" disabled={props.busy ?? false} onPress={props.onYes}>
            {props.yes}
          </Button>
          <Button onPress={props.onNo}>{props.no ?? t('action.cancel')}</Button>
        </div>
      </div>
    </Modal>
  )
}
