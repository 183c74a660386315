import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import choice from './choice.module.css'
import styles from './pop.module.css'

/** A quiet button that opens a small form beside it. */
export function Pop(props: {
  /** Empty: the value says it. */
  readonly label: string
  readonly value: ReactNode
  readonly icon?: ReactNode
  readonly onOpen?: () => void
  readonly children: (close: () => void) => ReactNode
}) {
  return (
    <DialogTrigger onOpenChange={(open) => open && props.onOpen?.()}>
      <Button className={choice.trigger ?? ''} data-shown="quiet">
        {props.icon}
        {props.label !== '' && (
          <span className={choice.inlineLabel} data-inline-label="">
            {props.label}
          </span>
        )}{' '}
        <span className={choice.value}>{props.value}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      <Popover className={choice.popover ?? ''} offset={4}>
        <Dialog
          className={styles.dialog ?? ''}
          aria-label={
            props.label === '' && typeof props.value === 'string' ? props.value : props.label
          }
        >
          {({ close }) => props.children(close)}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
