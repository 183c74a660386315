import type { i18n } from 'i18next'
import { createContext, use } from 'react'
import type { DeviceMemory } from '../device/device-memory.ts'
import type { Noun } from './english.ts'
import { firstLanguage, type Language, LANGUAGES } from './language.ts'
import { useTranslation } from './translation.ts'

/** Fetches one noun's words in one language. */
export type FetchWords = (noun: Noun, language: Language) => Promise<object>

const REMEMBERED = 'language'

/** The words on screen: which nouns are open and in which language. Each catalogue is fetched once, with the route that needs it. */
export class Words {
  readonly #i18n: i18n
  readonly #fetch: FetchWords
  readonly #memory: DeviceMemory
  readonly #open = new Set<Noun>()
  readonly #fetched = new Map<string, Promise<void>>()
  #language: Language = 'en'

  constructor(i18next: i18n, fetch: FetchWords, memory: DeviceMemory) {
    this.#i18n = i18next
    this.#fetch = fetch
    this.#memory = memory
  }

  /** In the language chosen before, else the browser's. */
  async start(browser: readonly string[], nouns: readonly Noun[]): Promise<void> {
    const language = firstLanguage(this.#memory.get(REMEMBERED), browser)
    this.#language = language
    const ready = this.#i18n.init({
      lng: language,
      fallbackLng: false,
      partialBundledLanguages: true,
      // It advertises on the console otherwise.
      showSupportNotice: false,
      resources: {},
      interpolation: { escapeValue: false },
    })
    await Promise.all([ready, this.open(nouns)])
    await this.speak(language)
  }

  /** Makes the words of these nouns sayable, now and in every language spoken later. */
  async open(nouns: readonly Noun[]): Promise<void> {
    for (const noun of nouns) this.#open.add(noun)
    // While another language is on its way the old one is still spoken.
    const spoken = LANGUAGES.find((known) => known === this.#i18n.language) ?? this.#language
    await Promise.all(
      [...new Set([this.#language, spoken])].map((language) => this.#fetchAll(nouns, language)),
    )
  }

  /** Fetches what is open in another language and says it; the page is not loaded again. */
  async speak(language: Language): Promise<void> {
    this.#language = language
    // What is opened meanwhile comes in this language already.
    await this.#fetchAll([...this.#open], language)
    if (this.#language !== language) return
    await this.#i18n.changeLanguage(language)
    document.documentElement.lang = language
  }

  async choose(language: Language): Promise<void> {
    this.#memory.set(REMEMBERED, language)
    await this.speak(language)
  }

  /** The language kept with the account, unless another was chosen on this device. '' leaves it to the browser. */
  async speakFor(account: Language | ''): Promise<void> {
    if (account !== '' && this.#memory.get(REMEMBERED) === null && account !== this.#language) {
      await this.speak(account)
    }
  }

  async #fetchAll(nouns: readonly Noun[], language: Language): Promise<void> {
    await Promise.all(
      nouns.map((noun) => {
        const key = `${language} ${noun}`
        const under = this.#fetched.get(key) ?? this.#fetchOne(noun, language)
        this.#fetched.set(key, under)
        // Lost on the way: the next one who needs it asks again.
        under.catch(() => this.#fetched.delete(key))
        return under
      }),
    )
  }

  async #fetchOne(noun: Noun, language: Language): Promise<void> {
    const words = await this.#fetch(noun, language)
    this.#i18n.addResourceBundle(language, 'translation', words, true)
  }
}

export const WordsContext = createContext<Words | null>(null)

export function useWords(): Words {
  const words = use(WordsContext)
  if (words === null) throw new Error('Nobody speaks here: no WordsContext')
  return words
}

export function useSpokenLanguage(): Language {
  const { i18n } = useTranslation()
  return LANGUAGES.find((known) => known === i18n.language) ?? 'en'
}
