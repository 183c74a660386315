import { useTranslation } from '../languages/translation.ts'
import styles from './journey-legend.module.css'

/** How the drawing is read, in one line over it. */
export default function JourneyLegend(props: {
  readonly flat: boolean
  readonly compared: boolean
  /** A loop is drawn. */
  readonly loops: boolean
}) {
  const { t } = useTranslation()
  const readings = props.flat ? (['thick'] as const) : (['thick', 'high', 'pale'] as const)
  return (
    <ul className={styles.keys}>
      {readings.map((reading) => (
        <li key={reading}>{t(`legend.${reading}`)}</li>
      ))}
      {!props.flat && (
        <li>
          <svg width="16" height="8">
            <path className={styles.believed} d="M0 4H16" />
          </svg>
          {t('legend.believed')}
        </li>
      )}
      <li>
        <svg width="12" height="8">
          <path className={styles.left} d="M0 0H12L12 8Z" />
        </svg>
        {t('legend.left')}
      </li>
      <li>
        <span className={styles.open} />
        {t('legend.inProgress')}
      </li>
      {props.loops && (
        <li>
          <svg width="16" height="8">
            <path className={styles.loop} d="M1 1C1 8 15 8 15 1" />
          </svg>
          {t('legend.loop')}
        </li>
      )}
      {props.compared && (
        <li>
          <svg width="16" height="8">
            <path className={styles.before} d="M0 1.5H16M0 6.5H16" />
          </svg>
          {t('legend.before')}
        </li>
      )}
    </ul>
  )
}
