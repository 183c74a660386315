import { useTranslation } from '../languages/translation.ts'
import type { CanvasFrame } from './canvas-layer.tsx'
import styles from './journey-legend.module.css'

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
