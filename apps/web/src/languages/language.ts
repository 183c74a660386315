import i18next from 'i18next'
import type english from './en.json'

export const LANGUAGES = ['en', 'ro', 'ru', 'el', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each in its own words, so that it is found by those who need it. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  ro: 'Română',
  ru: 'Русский',
  el: 'Ελληνικά',
  zh: '中文',
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof english }
    returnNull: false
  }
}

const CATALOGUES: Record<Language, () => Promise<{ readonly default: object }>> = {
  en: () => import('./en.json'),
  ro: () => import('./ro.json'),
  ru: () => import('./ru.json'),
  el: () => import('./el.json'),
  zh: () => import('./zh.json'),
}

const STORED = 'parcurs.language'

/** The one chosen before, else the first of the browser's that we speak, else English. */
export function firstLanguage(chosen: string | null, browser: readonly string[]): Language {
  const wanted = [chosen ?? '', ...browser].map((tag) => tag.toLowerCase().split('-')[0])
  return wanted.flatMap((tag) => LANGUAGES.find((language) => language === tag) ?? [])[0] ?? 'en'
}

export async function startLanguage(): Promise<void> {
  await i18next.init({
    lng: 'en',
    fallbackLng: false,
    partialBundledLanguages: true,
    // It advertises on the console otherwise.
    showSupportNotice: false,
    resources: {},
    interpolation: { escapeValue: false },
  })
  await speak(firstLanguage(stored(), navigator.languages))
}

/** Loads the words and shows them; the page is not loaded again. */
export async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const catalogue = await CATALOGUES[language]()
    i18next.addResourceBundle(language, 'translation', catalogue.default)
  }
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(STORED, language)
  } catch {
    // No storage: the choice holds until the page is closed.
  }
  await speak(language)
}

/** The language kept with the account, unless another was chosen on this device. '' leaves it to the browser. */
export async function speakFor(account: Language | ''): Promise<void> {
  if (account !== '' && stored() === null) await speak(account)
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED)
  } catch {
    return null
  }
}
