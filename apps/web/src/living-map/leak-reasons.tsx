import type { Leak } from '@parcurs/analytics'
import type { JourneyMap } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import styles from './leak-reasons.module.css'
import { useLeakText } from './leak-text.ts'
import panel from './step-panel.module.css'

/** Everything found that sets those who left apart, the strongest first with the part of the loss it explains. */
export function LeakReasons(props: { readonly map: JourneyMap; readonly leak: Leak | undefined }) {
  const { leak } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const text = useLeakText(props.map)
  if (leak === undefined || leak.reasons.length === 0) return null
  return (
    <section>
      <h3 className={panel.section}>{t('panel.reasons')}</h3>
      <ol className={styles.reasons}>
        {leak.reasons.map((reason, i) => (
          <li key={JSON.stringify(reason)}>
            {text.reason(reason)}
            {i === 0 && leak.explained > 0 && (
              <span className={styles.explained}>
                {t('leaks.explained', { share: numbers.percent(leak.explained) })}
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
