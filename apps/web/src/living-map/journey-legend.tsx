import { useTranslation } from '../languages/translation.ts'
import type { CanvasFrame } from './canvas-layer.tsx'
import styles from './journey-legend.module.css'

/** What the shapes of the drawing mean; it stands in the corner over the rail. */
export function JourneyLegend() {
  const { t } = useTranslation()
  return (
    <ul className={styles.keys}>
      <li>
        <svg width="16" height="8" aria-hidden="true">
          <rect className={styles.band} y="1" width="16" height="6" rx="2" />
        </svg>
        {t('legend.measured')}
      </li>
      <li>
        <svg width="16" height="8" aria-hidden="true">
          <path className={styles.believed} d="M0 4H16" />
        </svg>
        {t('legend.believed')}
      </li>
      <li>
        <svg width="16" height="8" aria-hidden="true">
          <path className={styles.left} d="M3 0H13L13 8Z" />
        </svg>
        {t('legend.left')}
      </li>
      <li>
        <span className={styles.open} aria-hidden="true" />
        {t('legend.inProgress')}
      </li>
    </ul>
  )
}

/** The scale of emotion, on the rail beside the drawing. */
export function EmotionAxis({ frame }: { readonly frame: CanvasFrame }) {
  const { t } = useTranslation()
  const plot = frame.height - frame.above - frame.below
  const y = (emotion: number) => frame.above + ((2 - emotion) / 4) * plot
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
