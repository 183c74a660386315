import { NO_NAMES, ruleSentence, SENTENCE_LANGUAGES, type SegmentRule } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { languageAsked, ruleAsked } from './sentence-asked.ts'
import { widthOf } from './table.ts'

// SPEC.md, "Segments".

const buyers: SegmentRule = {
  kind: 'did',
  event: { kind: 'event', names: ['purchase'] },
  times: { op: 'gte', value: 2 },
  window: { kind: 'ever' },
}

test('[CT12] a sentence is said in the language asked for, else the terminal’s, else English', () => {
  expect(languageAsked('zh', { LANG: 'ro_RO.UTF-8' })).toBe('zh')
  expect(languageAsked(undefined, { LANG: 'ro_RO.UTF-8' })).toBe('ro')
  expect(languageAsked(undefined, { LC_ALL: 'el', LANG: 'ro_RO.UTF-8' })).toBe('el')
  expect(languageAsked(undefined, { LC_ALL: '', LANG: 'ru_RU.KOI8-R' })).toBe('ru')
  for (const LANG of ['C', 'C.UTF-8', 'POSIX', 'de_DE.UTF-8', '', undefined]) {
    expect(languageAsked(undefined, { LANG })).toBe('en')
  }
  expect(() => languageAsked('fr', {})).toThrow("--lang is 'fr': expected one of en, ro")
})

test('[CT12] what is said in any language is read back', () => {
  for (const language of SENTENCE_LANGUAGES) {
    const said = ruleSentence(buyers, language, NO_NAMES)
    expect([said, ruleAsked(said, language, NO_NAMES)]).toEqual([
      said,
      ruleAsked(ruleSentence(buyers, 'en', NO_NAMES), 'en', NO_NAMES),
    ])
  }
})

test('[CT12] a sentence is read as a terminal’s keyboard types it', () => {
  expect(ruleAsked('customers who did "purchase" at least 2 times', 'en', NO_NAMES)).toEqual(
    ruleAsked(ruleSentence(buyers, 'en', NO_NAMES), 'en', NO_NAMES),
  )
})

function refusal(sentence: string, language: 'en' | 'zh' = 'en'): readonly string[] {
  try {
    ruleAsked(sentence, language, NO_NAMES)
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n')
  }
  throw new Error(`'${sentence}' is understood`)
}

test('[CT12] a sentence that is not understood is shown with the place and what could stand there', () => {
  const [head, line, caret] = refusal('Customers who did "purchase" at leest 2 times')
  expect(head).toContain('(en), from character 30 on')
  expect(line).toBe('  Customers who did "purchase" at leest 2 times')
  expect(caret?.indexOf('^')).toBe(line?.indexOf('at leest'))
  expect(caret).toContain('“at least”')
})

test('[CT12] the place stands below wide signs, line breaks and in the middle of long sentences', () => {
  const said = ruleSentence(buyers, 'zh', NO_NAMES)
  const [, chinese, wide] = refusal(`${said}啊`, 'zh')
  expect(wide?.indexOf('^')).toBe(widthOf(chinese?.slice(0, chinese.indexOf('啊')) ?? ''))
  const [, broken] = refusal('Customers\nwho dud')
  expect(broken).toBe('  Customers who dud')
  const long = `Customers who did “${'x'.repeat(200)}” at leest`
  const [, cut = '', below = ''] = refusal(long)
  expect(cut.length).toBeLessThan(80)
  expect(cut.slice(below.indexOf('^'))).toBe('at leest')
})
