import { NO_NAMES, type SentenceSlot, type SentenceWriter, sentenceWriter } from '@parcurs/domain'
import i18next from 'i18next'
import { describe, expect, test } from 'vitest'
import { speakEverything } from '../languages/every-word.ts'
import { type Language, LANGUAGES } from '../languages/language.ts'
import { CONDITION_KINDS, type ConditionKind, newCondition } from './new-condition.ts'
import { slotText } from './slot-text.ts'

function slotsOf(writer: SentenceWriter, kind: ConditionKind): readonly SentenceSlot[] {
  return writer.leaf(newCondition(kind)).flatMap((part) => (part.kind === 'slot' ? [part] : []))
}

async function speaking(language: Language) {
  await speakEverything(language)
  return { t: i18next.getFixedT(language), writer: sentenceWriter(language, NO_NAMES) }
}

describe.each(LANGUAGES)('[UI46] in %s', (language) => {
  test('[UI46] every slot of a new condition shows something, in words, and no two the same gap', async () => {
    const { t, writer } = await speaking(language)
    for (const kind of CONDITION_KINDS) {
      const slots = slotsOf(writer, kind)
      const texts = slots.map((slot) => slotText(slot, t))
      expect([kind, texts.filter((text) => text === '' || /…$|sentence\./.test(text))]).toEqual([
        kind,
        kind === 'sequence' ? [t('sentence.unsaid.steps')] : [],
      ])
      expect(slots[0]?.place.startsWith('rule.')).toBe(true)
    }
  })
})

test('[UI46] a slot shows what it says, what is to be chosen, or what leaving it out means', async () => {
  const { t, writer } = await speaking('en')
  const shown = (kind: ConditionKind) => slotsOf(writer, kind).map((slot) => slotText(slot, t))
  expect(shown('trait')).toEqual(['whose', 'choose a trait', 'choose a value'])
  expect(shown('sequence')).toEqual([
    'who did in order',
    'choose an event',
    'choose an event',
    'then…',
    'however far apart',
    'however long in all',
    'with anything in between',
    'in the last 90 days',
  ])
  expect(shown('on-map')).toEqual([
    'who',
    'left at',
    'choose a step',
    'choose a map',
    'in the last 90 days',
  ])
})

test('[UI46] an event with a condition that is not finished says what is known of it', async () => {
  const { t, writer } = await speaking('en')
  const [, event] = writer
    .leaf({
      kind: 'last',
      event: {
        kind: 'all',
        rules: [
          { kind: 'event', names: ['Order'] },
          { kind: 'property', property: '', op: 'gte', value: '5' },
        ],
      },
      window: { kind: 'ever' },
    })
    .filter((part) => part.kind === 'slot')
  expect(event === undefined ? null : slotText(event, t)).toBe('“Order” where (… is at least 5)')
})
