import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import styles from './button.module.css'

export function Button(props: {
  readonly children: ReactNode
  readonly kind?: 'main' | 'plain' | 'quiet' | 'danger'
  readonly type?: 'button' | 'submit'
  readonly label?: string
  readonly disabled?: boolean
  readonly onPress?: () => void
}) {
  return (
    <AriaButton
      className={styles.button ?? ''}
      data-kind={props.kind ?? 'plain'}
      type={props.type ?? 'button'}
      isDisabled={props.disabled ?? false}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
      {...(props.onPress === undefined ? {} : { onPress: props.onPress })}
    >
      {props.children}
    </AriaButton>
  )
}
