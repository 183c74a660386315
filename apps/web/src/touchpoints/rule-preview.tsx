import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import type { Asked } from '../ui/asked.ts'
import { Figure } from '../ui/figure.tsx'
import { Shown } from '../ui/shown.tsx'
import styles from './rule-preview.module.css'

/** What the rule matches right now: counts, what kinds of events, and the five latest. */
export function RulePreview(props: {
  readonly complete: boolean
  readonly asked: Asked<AnswerOf<'previewRule'>>
}) {
  const { t } = useTranslation()
  if (!props.complete) return <p className={styles.soft}>{t('preview.incomplete')}</p>
  return <Shown asked={props.asked}>{(preview) => <Matched preview={preview} />}</Shown>
}

function Matched({ preview }: { readonly preview: AnswerOf<'previewRule'> }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  return (
    <section className={styles.preview} aria-label={t('preview.title')}>
      <p className={styles.counts}>
        <span>
          <Figure className={styles.figure} text={numbers.count(preview.events)} />{' '}
          {t('preview.events', { count: preview.events })}
        </span>
        <span>
          <Figure className={styles.figure} text={numbers.count(preview.customers)} />{' '}
          {t('preview.customers', { count: preview.customers })}
        </span>
      </p>
      {preview.events === 0 ? (
        <p className={styles.soft}>{t('preview.nothing')}</p>
      ) : (
        <>
          <ul className={styles.kinds} aria-label={t('preview.kinds')}>
            {preview.kinds.slice(0, 8).map((kind) => (
              <li key={`${kind.name} ${kind.channel} ${kind.path}`}>
                <span>
                  {kind.name}
                  {kind.path !== '' && <span className={styles.soft}> {kind.path}</span>}
                </span>
                <span>{numbers.count(kind.events)}</span>
              </li>
            ))}
          </ul>
          <h3 className={styles.title}>{t('preview.examples')}</h3>
          <ol className={styles.examples}>
            {preview.examples.map((example, i) => (
              <li key={i}>
                <p>
                  <strong>{example.name}</strong>{' '}
                  <span className={styles.soft}>
                    {numbers.instant(example.timeMs)} {example.path}
                  </span>
                </p>
                <p className={styles.properties}>
                  {Object.entries(example.properties)
                    .slice(0, 6)
                    .map(([name, value]) => `${name}: ${value}`)
                    .join(' · ')}
                </p>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}
