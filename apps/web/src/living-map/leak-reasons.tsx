import type { Leak } from '@parcurs/analytics'
import type { JourneyMap } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import styles from './leak-reasons.module.css'
import { useLeakText } from './leak-text.ts'
import panel from './step-panel.module.css'

/** Everything found that sets those who left apart, the strongest first with the part of the loss that each explains. */
export function LeakReasons(props: { readonly map: JourneyMap; readonly leak: Leak | undefined }) {
  const { leak } = props
  const { t } = useTranslation()
  const text = useLeakText(props.map)
  if (leak === undefined || leak.reasons.length === 0) return null
  return (
    <section>
      <h3 className={panel.section}>{t('panel.reasons')}</h3>
      <ol className={styles.reasons}>
        {leak.reasons.map((reason) => (
          <li key={JSON.stringify(reason)}>
            {text.reason(reason)}
            <span className={styles.explained}>{text.explained(reason.explained)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
