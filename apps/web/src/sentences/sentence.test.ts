import type { SegmentRule } from '@parcurs/domain'
import i18next from 'i18next'
import { describe, expect, test } from 'vitest'
import { speakEverything } from '../languages/every-word.ts'
import { type Language, LANGUAGES } from '../languages/language.ts'
import { numberFormats } from '../numbers/number-formats.ts'
import { NO_NAMES } from './names.ts'
import { CONDITION_KINDS, newCondition } from './new-condition.ts'
import { sentenceWriter } from './sentence.ts'

const twice: SegmentRule = {
  kind: 'all',
  rules: [
    {
      kind: 'did',
      event: { kind: 'event', names: ['Order'] },
      times: { op: 'gte', value: 2 },
      window: { kind: 'last', n: 90, unit: 'days' },
    },
    { kind: 'trait', trait: 'country', op: 'eq', value: 'RO' },
  ],
}

const SAID: Readonly<Record<Language, string>> = {
  en: 'Customers who did “Order” at least 2 times in the last 90 days and whose country is “RO”',
  ro: 'Clienți care au făcut „Order” de cel puțin 2 ori în ultimele 90 de zile și pentru care country este „RO”',
  ru: 'Клиенты, которые сделали «Order» не менее 2 раз за последние 90 дней и у которых country равно «RO»',
  el: 'Πελάτες που έκαναν «Order» τουλάχιστον 2 φορές τις τελευταίες 90 ημέρες και για τους οποίους το country είναι «RO»',
  zh: '最近 90 天内 做过 “Order” 至少 2 次，且其 country 是 “RO”的客户',
}

async function writerIn(language: Language) {
  await speakEverything(language)
  return sentenceWriter(
    i18next.getFixedT(language),
    numberFormats(language, 'EUR', 'UTC'),
    NO_NAMES,
  )
}

describe.each(LANGUAGES)('[UI46] a rule is a sentence in %s', (language) => {
  test('[UI46] as people say it', async () => {
    expect((await writerIn(language)).rule(twice)).toBe(SAID[language])
  })

  test('[UI46] every kind of condition has its parts, each once, and words around them', async () => {
    const writer = await writerIn(language)
    for (const kind of CONDITION_KINDS) {
      const leaf = newCondition(kind)
      const parts = writer.parts(leaf)
      const slots = parts.flatMap(({ slot }) => slot ?? [])
      expect([kind, slots.length]).toEqual([kind, new Set(slots).size])
      expect(slots).toContain('kind')
      expect('window' in leaf ? slots.includes('window') : true).toBe(true)
      expect(parts.every(({ text }) => text !== '' && !/\{\{|sentence\./.test(text))).toBe(true)
    }
  })
})

test('[UI46] counted words have the form of their number', async () => {
  const days = (n: number): SegmentRule => ({
    kind: 'first',
    event: { kind: 'event', names: ['A'] },
    window: { kind: 'last', n, unit: 'days' },
  })
  const ru = await writerIn('ru')
  expect([1, 2, 5, 21].map((n) => ru.rule(days(n)).split('«A» ')[1])).toEqual([
    'за последний 1 день',
    'за последние 2 дня',
    'за последние 5 дней',
    'за последний 21 день',
  ])
  const ro = await writerIn('ro')
  expect([1, 2, 20].map((n) => ro.rule(days(n)).split('„A” ')[1])).toEqual([
    'astăzi',
    'în ultimele 2 zile',
    'în ultimele 20 de zile',
  ])
})

test('[UI46] groups within a sentence stand in brackets; nobody and everybody are said', async () => {
  const writer = await writerIn('en')
  const [a, b, c] = ['a', 'b', 'c'].map(
    (trait): SegmentRule => ({ kind: 'trait', trait, op: 'set' }),
  )
  if (a === undefined || b === undefined || c === undefined) throw new Error('three conditions')
  expect(writer.rule({ kind: 'all', rules: [a, { kind: 'any', rules: [b, c] }] })).toBe(
    'Customers whose a is known and (whose b is known or whose c is known)',
  )
  expect(writer.rule({ kind: 'none', rules: [a, b] })).toBe(
    'Customers none of: whose a is known or whose b is known',
  )
  expect(writer.rule({ kind: 'all', rules: [] })).toBe('Everybody')
  expect(writer.rule({ kind: 'any', rules: [] })).toBe('Nobody')
})

test('[UI46] text from the data is said as it is, also when it looks like markup or a placeholder', async () => {
  const writer = await writerIn('en')
  const value = '{{window}} <b>$&'
  expect(writer.rule({ kind: 'trait', trait: 'note', op: 'eq', value })).toBe(
    `Customers whose note is “${value}”`,
  )
})
