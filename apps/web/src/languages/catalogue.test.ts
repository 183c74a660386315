import { describe, expect, test } from 'vitest'
import { cataloguesOf } from './every-word.ts'
import { firstLanguage, type Language, LANGUAGES } from './language.ts'

interface Tree {
  readonly [key: string]: string | Tree
}

const catalogue = (language: Language) =>
  new Map([...cataloguesOf(language).values()].flatMap((tree) => [...flat(tree, '')]))
const english = catalogue('en')

function flat(tree: Tree, place: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[place + key, value]] : [...flat(value, `${place}${key}.`)],
    ),
  )
}

const PLURAL = /_(zero|one|two|few|many|other)$/
const nameOf = (key: string) => key.replace(PLURAL, '')
const names = (words: ReadonlyMap<string, string>) => new Set([...words.keys()].map(nameOf))
const blanks = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)

/** The names in English that count something: those with plural forms. */
const counted = new Set([...english.keys()].filter((key) => PLURAL.test(key)).map(nameOf))

/** What English fills in, whichever the plural form. */
const filledIn = new Map<string, Set<string | undefined>>()
for (const [key, text] of english) {
  const known = filledIn.get(nameOf(key)) ?? new Set()
  for (const name of blanks(text)) known.add(name)
  filledIn.set(nameOf(key), known)
}

describe.each(LANGUAGES)('[UI18] every word stands in %s', (language) => {
  const words = catalogue(language)

  test('[UI18] no key is missing and none is extra, noun by noun', () => {
    const nouns = cataloguesOf(language)
    expect([...nouns.keys()].toSorted()).toEqual([...cataloguesOf('en').keys()].toSorted())
    for (const [noun, tree] of cataloguesOf('en')) {
      const own = [...names(flat(nouns.get(noun) ?? {}, ''))].toSorted()
      expect([noun, own]).toEqual([noun, [...names(flat(tree, ''))].toSorted()])
    }
  })

  test('[UI18] every plural form of the language is there, and no other', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
    for (const name of counted) {
      const own = [...words.keys()]
        .filter((key) => nameOf(key) === name)
        .map((key) => PLURAL.exec(key)?.[1] ?? '')
        .toSorted()
      expect([name, own]).toEqual([name, forms])
    }
  })

  test('[UI18] nothing is empty, and only what English fills in is filled in', () => {
    for (const [key, text] of words) {
      expect([key, text.trim()]).not.toEqual([key, ''])
      const known = filledIn.get(nameOf(key)) ?? new Set()
      expect([key, blanks(text).filter((name) => !known.has(name))]).toEqual([key, []])
    }
  })

  test('[UI18] what English fills in is filled in', () => {
    for (const [key, text] of words) {
      // A form for one thing may say it in a word; every other form must carry the number.
      if (PLURAL.exec(key)?.[1] === 'one') continue
      const wanted = english.get(key) ?? english.get(`${nameOf(key)}_other`) ?? ''
      const missing = blanks(wanted).filter((name) => !blanks(text).includes(name))
      expect([key, missing]).toEqual([key, []])
    }
  })
})

test('[UI18] the language is the one chosen, else the first of the browser that we speak, else English', () => {
  expect(firstLanguage('el', ['ru'])).toBe('el')
  expect(firstLanguage(null, ['de-DE', 'zh-Hans-CN', 'ru'])).toBe('zh')
  expect(firstLanguage('xx', [])).toBe('en')
})

/** Literal turns that were found and replaced: the field says it otherwise, or says two things by them. */
const UNSAID: Readonly<Record<Language, RegExp>> = {
  en: /whose time is over|\blets? in\b|\bRefused\b/i,
  ro: /Tot timpul|Bani în pericol|\bCrezut|Ca în desen|las[ăe]-?l să intre|Fă o cheie|\bCititor|\bTimpii\b|trăsătur|dumneavoastră|porniți/i,
  ru: /В пути|Ценность|под угрозой|Вы больше не вошли|Впуст|впуска|Читатель|Признак|Живая карта|\bты\b/i,
  el: /διαδρομ|Κοιτάζει|Όλος ο χρόνος|Άκυρο|Αναγνώστης|ζωντανός/i,
  zh: /实体|回头|期限已过|活地图|接受地图|您/,
}

test.each(LANGUAGES)('[UI71] %s speaks as its field does, with one form of address', (language) => {
  for (const [key, text] of catalogue(language)) {
    expect([key, text.match(UNSAID[language])?.[0] ?? null]).toEqual([key, null])
  }
})
