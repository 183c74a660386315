import type { ReactNode } from 'react'
import { LANGUAGE_NAMES, LANGUAGES } from '../languages/language.ts'
import { useTranslation } from '../languages/translation.ts'
import { useWords } from '../languages/words.ts'
import { useDocumentTitle } from '../ui/document-title.ts'
import styles from './sign-in.module.css'

/** The quiet frame around the door: the mark, one thing to do, and the languages. */
export function SignInFrame(props: { readonly title: string; readonly children: ReactNode }) {
  const { t, i18n } = useTranslation()
  const words = useWords()
  useDocumentTitle(props.title)
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <svg className={styles.mark} viewBox="0 0 320 72" aria-hidden="true">
          <path d="M0 52C60 52 60 20 120 20S190 44 230 44S290 12 320 12" />
          <circle cx="120" cy="20" r="9" />
          <circle cx="230" cy="44" r="6" />
        </svg>
        <p className={styles.brand}>Parcurs</p>
        <h1 className={styles.title}>{props.title}</h1>
        {props.children}
      </div>
      <nav className={styles.languages} aria-label={t('shell.language')}>
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            aria-pressed={language === i18n.language}
            onClick={() => void words.choose(language)}
          >
            {LANGUAGE_NAMES[language]}
          </button>
        ))}
      </nav>
    </main>
  )
}
