import { useTranslation } from '../languages/translation.ts'
import type { CanvasFrame } from './canvas-layer.tsx'
import styles from './journey-legend.module.css'

/** How the drawing is read, in one line over it. */
export function JourneyLegend(props: {
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

/** The scale of emotion, on the rail beside the drawing. */
export function EmotionAxis({ frame }: { readonly frame: CanvasFrame }) {
  const { t } = useTranslation()
  const plot = frame.height - frame.above - frame.below
  const y = (emotion: number) => frame.above + ((2 - emotion) / 4) * plot
  if (frame.flat) return null
  return (
    <div className={styles.axis} style={{ '--height': `${frame.height}px` }}>
      {([2, 0, -2] as const).map((emotion) => (
        <span key={emotion} className={styles.tick} style={{ '--y': `${y(emotion)}px` }}>
          {t(`legend.scale.${emotion === 2 ? 'good' : emotion === 0 ? 'neutral' : 'bad'}`)}
        </span>
      ))}
    </div>
  )
}
