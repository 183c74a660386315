import type { ReactNode } from 'react'
import { useDocumentTitle } from './document-title.ts'
import styles from './page.module.css'

/** A page of text and tables: title, one line that says what it is for, what can be done, and the rest. */
export function Page(props: {
  readonly title: string
  readonly lead?: string
  readonly actions?: ReactNode
  /** The way to its neighbours. */
  readonly above?: ReactNode
  readonly children: ReactNode
}) {
  useDocumentTitle(props.title)
  return (
    <div className={styles.page}>
      {props.above}
      <header className={styles.head}>
        <div>
          <h1 className={styles.title}>{props.title}</h1>
          {props.lead !== undefined && <p className={styles.lead}>{props.lead}</p>}
        </div>
        {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
      </header>
      {props.children}
    </div>
  )
}
