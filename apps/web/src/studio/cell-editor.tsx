import { useRef } from 'react'
import styles from './cell-editor.module.css'

/** How an editor was left: by a key that keeps and stays, goes on or back, by another place, or without keeping. */
export type Leaving = 'kept' | 'next' | 'before' | 'left' | 'cancelled'

/** Text in a cell while it is typed. Enter keeps it, Shift+Enter is a new line, Escape leaves it as it was. */
export function CellEditor(props: {
  readonly text: string
  readonly label: string
  /** So many characters can be typed, and no more. */
  readonly most: number
  readonly onLeave: (how: Leaving, text: string) => void
}) {
  const left = useRef(false)
  const leave = (how: Leaving, text: string) => {
    if (left.current) return
    left.current = true
    props.onLeave(how, text)
  }
  return (
    <textarea
      className={styles.editor}
      aria-label={props.label}
      defaultValue={props.text}
      rows={1}
      maxLength={props.most}
      // The cell was asked to be written in: the focus goes where the person already is.
      ref={(field) => {
        if (field === null || left.current || field === document.activeElement) return
        field.focus()
        field.setSelectionRange(field.value.length, field.value.length)
      }}
      onBlur={(event) => leave('left', event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.nativeEvent.isComposing) return
        const { value } = event.currentTarget
        const how =
          event.key === 'Escape'
            ? 'cancelled'
            : event.key === 'Tab'
              ? event.shiftKey
                ? 'before'
                : 'next'
              : event.key === 'Enter' && !event.shiftKey
                ? 'kept'
                : null
        if (how === null) return
        event.preventDefault()
        leave(how, value)
      }}
    />
  )
}
