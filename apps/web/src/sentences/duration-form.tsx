import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { Choice } from '../ui/choice.tsx'
import { NumberField } from '../ui/number-field.tsx'
import styles from './part-form.module.css'

const UNITS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const
const CHOICES = ['any', 'minutes', 'hours', 'days'] as const
type Unit = (typeof CHOICES)[number]

/** The longest time from one thing to another; any, where it does not matter. */
export function DurationForm(props: {
  readonly ms: number | null
  readonly onChange: (ms: number | null) => void
}) {
  const { ms, onChange } = props
  const { t } = useTranslation()
  const [unit, setUnit] = useState<Unit>(() => unitOf(ms))
  const size = unit === 'any' ? UNITS.days : UNITS[unit]
  const n = ms === null ? 1 : Math.max(1, Math.round(ms / size))
  return (
    <div className={styles.row}>
      <Choice
        label={t('pick.longest')}
        shown="field"
        value={unit}
        options={CHOICES.map((id) => ({ id, text: t(`pick.units.${id}`) }))}
        onChange={(chosen) => {
          setUnit(chosen)
          onChange(chosen === 'any' ? null : n * UNITS[chosen])
        }}
      />
      {unit !== 'any' && (
        <NumberField
          key={unit}
          label={t('pick.number')}
          value={n}
          least={1}
          most={36_525}
          whole
          onChange={(value) => onChange(value * size)}
        />
      )}
    </div>
  )
}

function unitOf(ms: number | null): Unit {
  if (ms === null) return 'any'
  if (ms % UNITS.days === 0) return 'days'
  return ms % UNITS.hours === 0 ? 'hours' : 'minutes'
}
