import styles from './figure.module.css'

/** A number that changes in place: the new one fades in. */
export function Figure({
  text,
  className,
}: {
  readonly text: string
  readonly className?: string | undefined
}) {
  return (
    <span key={text} className={`${styles.figure} ${className ?? ''}`}>
      {text}
    </span>
  )
}
