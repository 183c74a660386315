import { NO_NAMES, plainSentence } from '@parcurs/domain'
import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useSentence } from '../sentences/use-sentence.ts'
import { useVocabulary } from '../touchpoints/use-vocabulary.ts'
import { Shown } from '../ui/shown.tsx'
import { recipesOf } from './recipes.ts'
import styles from './recipe-cards.module.css'

/** Good first segments, made of what is in the data: a press away from being changed and saved. */
export function RecipeCards({ workspace }: { readonly workspace: string }) {
  const { t } = useTranslation()
  const vocabulary = useVocabulary(workspace)
  const writer = useSentence(NO_NAMES)
  return (
    <Shown asked={vocabulary}>
      {(words) =>
        words.events.length > 0 && (
          <section aria-labelledby="recipes">
            <h2 id="recipes" className={styles.title}>
              {t('segments.recipes')}
            </h2>
            <ul className={styles.cards}>
              {recipesOf(words).map(({ kind, rule }) => (
                <li key={kind}>
                  <Link
                    className={styles.card}
                    to="/w/$workspace/segments/new"
                    params={{ workspace }}
                    search={{ name: t(`segments.recipe.${kind}`), rule }}
                  >
                    <span className={styles.name}>{t(`segments.recipe.${kind}`)}</span>
                    <span className={styles.sentence}>{plainSentence(writer.rule(rule))}</span>
                    <ArrowRight size={16} aria-hidden="true" />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Shown>
  )
}
