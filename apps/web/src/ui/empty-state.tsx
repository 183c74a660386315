import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

/** Says what belongs here and how to begin. */
export function EmptyState(props: {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}) {
  return (
    <section className={styles.empty}>
      <span className={styles.icon} aria-hidden="true">
        {props.icon}
      </span>
      <h1 className={styles.title}>{props.title}</h1>
      <p className={styles.text}>{props.text}</p>
      {props.children !== undefined && <div className={styles.actions}>{props.children}</div>}
    </section>
  )
}
