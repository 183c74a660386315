import type { ReactNode } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal as AriaModal, ModalOverlay } from 'react-aria-components/Modal'
import styles from './modal.module.css'

/** A dialog over everything; Esc and a press outside close it. */
export function Modal(props: {
  readonly label: string
  readonly children: ReactNode
  readonly onClose: () => void
  readonly place?: 'middle' | 'top' | 'bottom'
  /** For what needs two columns. */
  readonly wide?: boolean
}) {
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      data-place={props.place ?? 'middle'}
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) props.onClose()
      }}
    >
      <AriaModal className={styles.modal ?? ''} data-wide={props.wide ?? false}>
        <Dialog className={styles.dialog ?? ''} aria-label={props.label}>
          {props.children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  )
}
