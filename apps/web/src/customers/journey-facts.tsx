import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import panel from '../ui/panel.module.css'
import styles from './journey-facts.module.css'

/** Who this is: the ids merged into one customer, and what is known of them. */
export function JourneyFacts({ journey }: { readonly journey: AnswerOf<'customerJourney'> }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const traits = Object.entries(journey.traits)
  return (
    <aside className={panel.box} aria-label={t('journey.who')}>
      <section>
        <h2 className={styles.title}>{t('journey.identities')}</h2>
        <ul>
          {journey.identities.map((identity) => (
            <li key={identity.key} className={styles.row}>
              <span className={styles.value}>{identity.value}</span>
              <span className={styles.name}>
                {t(`identity.${identity.kind}`)} ·{' '}
                {t('journey.events', {
                  count: identity.events,
                  n: numbers.count(identity.events),
                })}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2 className={styles.title}>{t('journey.traits')}</h2>
        {traits.length === 0 ? (
          <p className={panel.text}>{t('journey.noTraits')}</p>
        ) : (
          <dl>
            {traits.map(([name, value]) => (
              <div key={name} className={styles.row}>
                <dt className={styles.name}>{name}</dt>
                <dd className={styles.value}>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
    </aside>
  )
}
