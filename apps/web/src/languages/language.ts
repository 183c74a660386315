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

/** The one chosen before, else the first of the browser's that we speak, else English. */
export function firstLanguage(chosen: string | null, browser: readonly string[]): Language {
  const wanted = [chosen ?? '', ...browser].map((tag) => tag.toLowerCase().split('-')[0])
  return wanted.flatMap((tag) => LANGUAGES.find((language) => language === tag) ?? [])[0] ?? 'en'
}
