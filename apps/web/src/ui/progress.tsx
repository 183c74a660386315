import styles from './progress.module.css'

/** How far something is, with its count in words. */
export function Progress(props: {
  readonly label: string
  /** 0–1 */
  readonly share: number
  readonly text: string
}) {
  const percent = Math.round(Math.max(0, Math.min(1, props.share)) * 100)
  return (
    <div className={styles.progress}>
      <div
        role="progressbar"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={props.text}
        className={styles.track}
        style={{ '--share': percent / 100 }}
      />
      <p className={styles.text}>{props.text}</p>
    </div>
  )
}
