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
  return (
    <fieldset>
      <legend className={styles.label}>{t('studio.touchpoints')}</legend>
      {chosen.length === 0 && <p className={styles.hint}>{t('studio.touchpointsHint')}</p>}
      <div className={styles.picks}>
        {props.touchpoints.map(({ id, name }) => (
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
