import type { Comparison, ComparisonOf } from '../condition/comparison.ts'
import { type OperatorCode, operatorsOf } from '../condition/operator.ts'
import type { NumberTest } from '../segment/segment-rule.ts'
import { counted } from './counted-syntax.ts'
import type { SpokenWords } from './spoken-words.ts'
import { either, phrase, saidAs, type Syntax, theField, type WordsSay } from './syntax.ts'
import { dateText, listed, number, numberText, quoted } from './token-syntax.ts'

const OPERATOR = theField('.op')

/** A comparison, said after what is compared: "is one of “RO”, “MD”". */
export function traitComparison(spoken: SpokenWords): Syntax<Comparison> {
  return either(...operatorsOf('trait').map((op) => comparisonBy(op, spoken)))
}

export function propertyComparison(spoken: SpokenWords): Syntax<ComparisonOf<'property'>> {
  return saidAs<ComparisonOf<'property'>, Comparison>(
    either(...operatorsOf('property').map((op) => comparisonBy(op, spoken))),
    (given) => given,
    (read) => (isOfProperty(read) ? read : null),
  )
}

function isOfProperty(comparison: Comparison): comparison is ComparisonOf<'property'> {
  return operatorsOf('property').some((op) => op === comparison.op)
}

function comparisonBy(op: OperatorCode, spoken: SpokenWords): Syntax<Comparison> {
  const { compare } = spoken.phrases
  const { quotes } = spoken.phrases
  const forms = compare[op]
  const words = typeof forms === 'string' ? forms : forms.other
  switch (op) {
    case 'eq':
    case 'ne':
    case 'contains':
    case 'starts-with':
      return withValue(op, words, quoted(quotes))
    case 'gte':
    case 'lte':
      return withValue(op, words, numberText(quotes))
    case 'before':
    case 'after':
      return withValue(op, words, dateText(quotes))
    case 'set':
    case 'unset':
    case 'true':
      return saidAs<Comparison, Readonly<Record<never, never>>>(
        phrase(words, {}, OPERATOR),
        (given) => (given.op === op ? {} : null),
        () => ({ op }),
      )
    case 'one-of':
      return saidAs<Comparison, { readonly values: readonly string[] }>(
        phrase(words, { values: listed(quoted(quotes), spoken) }, OPERATOR),
        (given) => (given.op === op ? given : null),
        ({ values }) => ({ op, values }),
      )
    case 'between':
      return saidAs<Comparison, { readonly least: string; readonly most: string }>(
        phrase(words, { least: numberText(quotes), most: numberText(quotes) }, OPERATOR),
        (given) => (given.op === op ? given : null),
        ({ least, most }) => ({ op, least, most }),
      )
    case 'in-last':
    case 'in-next':
    case 'anniversary':
      return saidAs<Comparison, number>(
        counted(forms, 'days', spoken.plural, OPERATOR),
        (given) => (given.op === op ? given.days : null),
        (days) => ({ op, days }),
      )
  }
}

type WithValue = Extract<Comparison, { readonly value: string }>

function withValue(op: WithValue['op'], words: string, value: Syntax<string>): Syntax<Comparison> {
  return saidAs<Comparison, { readonly value: string }>(
    phrase(words, { value }, OPERATOR),
    (given) => (given.op === op && 'value' in given ? given : null),
    (read) => ({ op, value: read.value }),
  )
}

/** A number compared, in the words for whatever it is a number of. */
export function testSyntax(words: Readonly<Record<NumberTest['op'], string>>): Syntax<NumberTest> {
  const by = (op: 'gte' | 'lte' | 'eq'): Syntax<NumberTest> =>
    saidAs<NumberTest, { readonly value: number }>(
      phrase(words[op], { value: number }, OPERATOR),
      (test) => (test.op === op ? { value: test.value } : null),
      ({ value }) => ({ op, value }),
    )
  return either(by('gte'), by('lte'), by('eq'), between(words.between, OPERATOR))
}

/** How often. */
export function timesSyntax(spoken: SpokenWords): Syntax<NumberTest> {
  const { times } = spoken.phrases
  const by = (op: 'gte' | 'lte' | 'eq'): Syntax<NumberTest> =>
    saidAs<NumberTest, number>(
      counted(times[op], 'value', spoken.plural, OPERATOR),
      (test) => (test.op === op ? test.value : null),
      (value) => ({ op, value }),
    )
  const forms = times.between
  if (typeof forms === 'string') {
    return either(by('gte'), by('lte'), by('eq'), between(forms, OPERATOR))
  }
  const ways = new Map(
    [...new Set(Object.values(forms))].map((text) => [text, between(text, OPERATOR)]),
  )
  return either(by('gte'), by('lte'), by('eq'), {
    write: (test, place) => {
      if (test.op !== 'between') return null
      const form = spoken.plural.select(test.most)
      const text = form === 'one' || form === 'few' || form === 'many' ? forms[form] : undefined
      return ways.get(text ?? forms.other)?.write(test, place) ?? null
    },
    read: either(...ways.values()).read,
  })
}

function between(words: string, say: WordsSay): Syntax<NumberTest> {
  return saidAs<NumberTest, { readonly least: number; readonly most: number }>(
    phrase(words, { least: number, most: number }, say),
    (test) => (test.op === 'between' ? test : null),
    ({ least, most }) => ({ op: 'between', least, most }),
  )
}
