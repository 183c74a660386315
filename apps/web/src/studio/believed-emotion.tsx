import { useId } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { NONE } from '../numbers/number-formats.ts'
import { Check } from '../ui/check.tsx'
import styles from './inspector.module.css'

/** −2…+2 by dragging and by arrow keys; null: not drawn. */
export function BelievedEmotion(props: {
  readonly value: number | null
  readonly onChange: (value: number | null) => void
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className={styles.label}>
        {t('studio.believed')}
      </label>
      <div className={styles.range}>
        <input
          id={id}
          type="range"
          min={-2}
          max={2}
          step={0.5}
          value={props.value ?? 0}
          data-drawn={props.value !== null}
          onKeyDown={(event) => event.stopPropagation()}
          onChange={(event) => props.onChange(Number(event.target.value))}
        />
        <span className={styles.value}>
          {props.value === null ? NONE : numbers.signed(props.value)}
        </span>
      </div>
      <Check
        label={t('studio.believedNone')}
        value={props.value === null}
        onChange={(none) => props.onChange(none ? null : 0)}
      />
    </div>
  )
}
