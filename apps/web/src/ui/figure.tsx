import { useState } from 'react'
import styles from './figure.module.css'

/** A number that changes in place: the new one fades in. The first does not: hundreds of them at once would cost the first frame. */
export function Figure({
  text,
  className,
}: {
  readonly text: string
  readonly className?: string | undefined
}) {
  const [first] = useState(text)
  return (
    <span
      key={text}
      className={`${styles.figure} ${className ?? ''}`}
      data-changed={text === first ? undefined : true}
    >
      {text}
    </span>
  )
}
