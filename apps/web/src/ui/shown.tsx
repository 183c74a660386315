import type { ReactNode } from 'react'
import type { Asked } from './asked.ts'
import styles from './shown.module.css'
import { Failed, Waiting } from './waiting.tsx'

/**
 * What was asked, in each of its states. What is old is dimmed and stands; what failed says so above it.
 * The place in the page is the same throughout, so nothing that is shown forgets what it was doing.
 */
export function Shown<Answer>(props: {
  readonly asked: Asked<Answer>
  /** It takes all the height there is and scrolls within itself. */
  readonly fill?: boolean
  readonly children: (answer: Answer) => ReactNode
}) {
  const { asked } = props
  switch (asked.state) {
    case 'waiting':
      return <Waiting />
    case 'stale':
    case 'answered':
      return (
        <div
          className={styles.shown}
          data-fill={props.fill}
          data-old={asked.state === 'stale'}
          aria-busy={asked.state === 'stale'}
        >
          {props.children(asked.answer)}
        </div>
      )
    case 'refused':
    case 'offline':
      return (
        <div className={styles.shown} data-fill={props.fill} data-old={asked.answer !== null}>
          <Failed error={asked.error} onRetry={asked.retry} />
          {asked.answer !== null && props.children(asked.answer)}
        </div>
      )
  }
}
