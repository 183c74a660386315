import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Segmented } from '../ui/segmented.tsx'
import styles from './again-notice.module.css'
import type { ImportLook } from './use-imports.ts'

type Again = NonNullable<ImportLook['again']>

/** What is to become of rows that are here already; `skip`: nothing is stored. */
export type AgainChoice = 'replace' | 'keep' | 'skip'

/** Until somebody chooses: nothing is taken away, and nothing counts twice. */
export function safeChoice(again: Again): AgainChoice {
  return again.double ? 'skip' : 'keep'
}

/** Rows of the file are here already: by what, and what is to be done. */
export function AgainNotice(props: {
  readonly again: Again
  readonly choice: AgainChoice
  readonly onChange: (choice: AgainChoice) => void
}) {
  const { again, choice } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const offered: readonly AgainChoice[] =
    again.imports.length === 0 ? ['keep', 'skip'] : ['replace', 'keep', 'skip']
  return (
    <section className={styles.notice} role="status" aria-label={t('again.title')}>
      <h3>{t('again.title')}</h3>
      <p>
        {t('again.here', {
          count: again.here,
          n: numbers.count(again.here),
          rows: numbers.count(again.rows),
        })}
      </p>
      {again.imports.length === 0 ? (
        <p>{t('again.otherwise')}</p>
      ) : (
        <ul className={styles.imports}>
          {again.imports.map(({ importId, name, createdMs, stored }) => (
            <li key={importId}>
              {t('again.by', {
                name,
                when: numbers.instant(createdMs),
                count: stored,
                n: numbers.count(stored),
              })}
            </li>
          ))}
        </ul>
      )}
      <Segmented
        label={t('again.choice')}
        value={choice}
        options={offered.map((id) => ({ id, text: t(`again.${id}`) }))}
        onChange={props.onChange}
      />
      <p className={styles.soft}>
        {choice === 'keep' && again.double ? t('again.doubleText') : t(`again.${choice}Text`)}
      </p>
    </section>
  )
}
