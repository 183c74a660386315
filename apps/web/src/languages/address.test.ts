import { expect, test } from 'vitest'
import { cataloguesOf } from './every-word.ts'
import type { Language } from './language.ts'

/** Words of the other form of address: each language keeps to one (ro tu, ru вы, el εσείς, zh 你 or none). */
const OTHER: readonly (readonly [Language, RegExp])[] = [
  [
    'ro',
    /\b(spune|alege|încerca|verifica|folosi|uita|deschide|întreba|importa|trimite|cere)ți\b/iu,
  ],
  ['ru', /(^|[^а-яё])(ты|тебя|тебе|твой|твоя|твоё|твои)([^а-яё]|$)/iu],
  ['el', /(^|[^α-ωά-ώ])(εσύ|σου|εσένα)([^α-ωά-ώ]|$)/iu],
  ['zh', /您/u],
]

test.each(OTHER)('[UI18] %s keeps one form of address', (language, other) => {
  const texts = [...cataloguesOf(language).values()].flatMap((tree) =>
    JSON.stringify(tree).split('","'),
  )
  expect(texts.length).toBeGreaterThan(10)
  expect(texts.filter((text) => other.test(text))).toEqual([])
})
