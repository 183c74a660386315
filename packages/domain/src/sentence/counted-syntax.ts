import type { Forms } from './phrases.ts'
import { number } from './token-syntax.ts'
import { either, phrase, saidAs, type Syntax, type WordsSay } from './syntax.ts'

/** A phrase with a number, in the form that the language has for it. Any form is read. */
export function counted(
  forms: Forms,
  field: string,
  plural: Intl.PluralRules,
  words: WordsSay,
): Syntax<number> {
  const given: Readonly<Record<string, string>> =
    typeof forms === 'string' ? { other: forms } : { ...forms }
  const ways = new Map(
    [...new Set(Object.values(given))].map((text) => [text, withNumber(text, field, words)]),
  )
  const wayOf = (form: string) => ways.get(given[form] ?? given['other'] ?? '')
  return {
    write: (value, place) => {
      const form = value === 1 && '=1' in given ? '=1' : plural.select(value)
      return wayOf(form)?.write(value, place) ?? null
    },
    read: either(...ways.values()).read,
  }
}

function withNumber(text: string, field: string, words: WordsSay): Syntax<number> {
  if (!text.includes(`{${field}}`)) {
    return saidAs<number, Readonly<Record<never, never>>>(
      phrase(text, {}, words),
      (value) => (value === 1 ? {} : null),
      () => 1,
    )
  }
  return saidAs<number, Readonly<Record<string, number>>>(
    phrase<Readonly<Record<string, number>>>(text, { [field]: number }, words),
    (value) => ({ [field]: value }),
    (fields) => fields[field] ?? null,
  )
}
