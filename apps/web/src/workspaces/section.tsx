import { type ReactNode, useId } from 'react'
import panel from '../ui/panel.module.css'
import { useProblemText } from '../ui/problem-text.ts'
import styles from './section.module.css'

/** One subject of the settings, with what it is for and what went wrong last. */
export function Section(props: {
  readonly title: string
  readonly text?: string
  readonly error?: Error | null
  /** A list, which needs the whole width. */
  readonly wide?: boolean
  readonly children: ReactNode
}) {
  const id = useId()
  const problemText = useProblemText()
  return (
    <section className={styles.section} data-wide={props.wide === true} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id} className={panel.title}>
          {props.title}
        </h2>
        {props.text !== undefined && <p className={panel.text}>{props.text}</p>}
      </header>
      <div className={props.wide === true ? styles.wide : panel.box}>
        {props.children}
        {props.error != null && (
          <p role="alert" className={styles.wrong}>
            {problemText(props.error)}
          </p>
        )}
      </div>
    </section>
  )
}
