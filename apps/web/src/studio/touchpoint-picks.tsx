import { useState } from 'react'
import type { Touchpoint } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { Check } from '../ui/check.tsx'
import styles from './inspector.module.css'

/** Which touchpoints a step stands for: those of the workspace, the chosen ones first. */
export function TouchpointPicks(props: {
  readonly touchpoints: readonly Touchpoint[]
  readonly chosen: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
}) {
  const { chosen, onChange } = props
  const { t } = useTranslation()
  // As they were when it was opened: what is ticked does not jump away from under the pointer.
  const [first] = useState(() => new Set(chosen))
  const ordered = props.touchpoints.toSorted(
    (a, b) => Number(first.has(b.id)) - Number(first.has(a.id)),
  )
  return (
    <fieldset>
      <legend className={styles.label}>{t('studio.touchpoints')}</legend>
      {chosen.length === 0 && <p className={styles.hint}>{t('studio.touchpointsHint')}</p>}
      <div className={styles.picks}>
        {ordered.map(({ id, name }) => (
          <Check
            key={id}
            label={name}
            value={chosen.includes(id)}
            onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
        ))}
      </div>
    </fieldset>
  )
}
