import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

/** Says what belongs here and how to begin. */
export function EmptyState({
  level = 1,
  ...props
}: {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  /** 2 under the title of a page. */
  readonly level?: 1 | 2
  readonly children?: ReactNode
}) {
  const Title = level === 1 ? 'h1' : 'h2'
  return (
    <section className={styles.empty} data-level={level}>
      <span className={styles.icon} aria-hidden="true">
        {props.icon}
      </span>
      <Title className={styles.title}>{props.title}</Title>
      <p className={styles.text}>{props.text}</p>
      {props.children !== undefined && <div className={styles.actions}>{props.children}</div>}
    </section>
  )
}
