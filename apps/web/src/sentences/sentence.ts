import {
  type Comparison,
  type EventRule,
  isGroup,
  type NumberTest,
  type SegmentLeaf,
  type SegmentRule,
  type Window,
} from '@parcurs/domain'
import type { TFunction } from 'i18next'
import type { NumberFormats } from '../numbers/number-formats.ts'
import type { SegmentNames } from './names.ts'
import { conditionKind } from './new-condition.ts'

/** A part of a sentence that can be changed by itself. `step:0` is the first step of a sequence. */
export type Slot =
  | 'kind'
  | 'event'
  | 'times'
  | 'test'
  | 'window'
  | 'trait'
  | 'comparison'
  | 'amount'
  | 'of'
  | `step:${number}`
  | 'next'
  | 'stepWithin'
  | 'within'
  | 'without'
  | 'state'
  | 'step'
  | 'map'
  | 'which'
  | 'scale'
  | 'words'
  | 'touchpoint'
  | 'member'

export interface Part {
  /** null: words between the parts. */
  readonly slot: Slot | null
  readonly text: string
  /** Nothing is chosen yet: the text says what is missing. */
  readonly missing: boolean
}

interface Said {
  readonly text: string
  readonly missing?: boolean
}

/** A condition as a sentence, in the language spoken; every part with its place in it. */
export interface SentenceWriter {
  readonly parts: (leaf: SegmentLeaf) => readonly Part[]
  /** The condition alone: "who did Order at least 2 times in the last 90 days". */
  readonly condition: (leaf: SegmentLeaf) => string
  /** The whole rule in one sentence. */
  readonly rule: (rule: SegmentRule) => string
  readonly event: (rule: EventRule) => string
}

/** Surrounds what is filled into a template, so that it can be told from the words around. */
const OPEN = '\u0001'
const SHUT = '\u0002'

export function sentenceWriter(
  t: TFunction,
  numbers: NumberFormats,
  names: SegmentNames,
): SentenceWriter {
  const quoted = (text: string) => t('sentence.quoted', { text })
  const one = (texts: readonly string[]) => texts.map(quoted).join(t('sentence.orShort'))

  const test = (given: NumberTest): string =>
    given.op === 'between'
      ? t('sentence.test.between', {
          least: numbers.plain(given.least),
          most: numbers.plain(given.most),
        })
      : t(`sentence.test.${given.op}`, { n: numbers.plain(given.value) })

  const score = (given: NumberTest): string =>
    given.op === 'between'
      ? t('sentence.score.between', {
          least: numbers.plain(given.least),
          most: numbers.plain(given.most),
        })
      : t(`sentence.score.${given.op}`, { n: numbers.plain(given.value) })

  const times = (given: NumberTest): string =>
    given.op === 'between'
      ? t('sentence.times.between', {
          count: given.most,
          least: numbers.count(given.least),
          n: numbers.count(given.most),
        })
      : t(`sentence.times.${given.op}`, { count: given.value, n: numbers.count(given.value) })

  const window = (given: Window): string => {
    switch (given.kind) {
      case 'ever':
      case 'question':
        return t(`sentence.window.${given.kind}`)
      case 'hours':
        return t('sentence.window.hours', { count: given.n, n: numbers.count(given.n) })
      case 'last':
      case 'next':
        return t(`sentence.window.${given.kind}.${given.unit}`, {
          count: given.n,
          n: numbers.count(given.n),
        })
      case 'between':
        return t('sentence.window.between', { from: date(given.from), to: date(given.to) })
      case 'before':
      case 'after':
        return t(`sentence.window.${given.kind}`, { date: date(given.date) })
    }
  }

  const date = (text: string): string => {
    const ms = Date.parse(`${text}T12:00:00Z`)
    return Number.isNaN(ms) ? text : numbers.date(ms)
  }

  const comparison = (given: Comparison): string => {
    switch (given.op) {
      case 'set':
      case 'unset':
      case 'true':
        return t(`sentence.compared.${given.op}`)
      case 'in-last':
      case 'in-next':
      case 'anniversary':
        return t(`sentence.compared.${given.op}`, {
          count: given.days,
          n: numbers.count(given.days),
        })
      case 'before':
      case 'after':
        return t(`sentence.compared.${given.op}`, { value: date(given.value) })
      case 'one-of':
        return t('sentence.compared.one-of', {
          value:
            given.values.length > 4
              ? `${one(given.values.slice(0, 3))}… (${numbers.count(given.values.length)})`
              : one(given.values),
        })
      case 'between':
        return t('sentence.compared.between', { least: given.least, most: given.most })
      case 'gte':
      case 'lte':
        return t(`sentence.compared.${given.op}`, { value: given.value })
      default:
        return t(`sentence.compared.${given.op}`, { value: quoted(given.value) })
    }
  }

  const event = (rule: EventRule): string => {
    if (isGroup(rule)) {
      if (rule.rules.length === 0)
        return t(rule.kind === 'any' ? 'sentence.noEvent' : 'sentence.anyEvent')
      const [first, ...rest] = rule.rules
      if (rule.kind === 'all' && first !== undefined && rest.length > 0) {
        const conditions = rest.map(event).join(t('sentence.and'))
        return t('sentence.eventWhere', { event: event(first), conditions })
      }
      const joined = rule.rules
        .map(event)
        .join(t(rule.kind === 'all' ? 'sentence.and' : 'sentence.or'))
      return rule.kind === 'none' ? t('sentence.notThese', { conditions: joined }) : joined
    }
    switch (rule.kind) {
      case 'event':
        return one(rule.names)
      case 'touchpoint':
        return quoted(names.touchpoint(rule.touchpoint) ?? rule.touchpoint)
      case 'channel':
        return t('sentence.channel', { value: one(rule.channels) })
      case 'url':
        return t(`sentence.path.${rule.op}`, { value: quoted(rule.value) })
      case 'property':
        return t('sentence.property', { name: rule.property, comparison: comparison(rule) })
    }
  }

  const eventSaid = (rule: EventRule): Said => {
    const none = !isGroup(rule) && rule.kind === 'event' && rule.names.length === 0
    return none ? { text: t('sentence.missing.event'), missing: true } : { text: event(rule) }
  }

  const kind = (leaf: SegmentLeaf): Said => ({ text: t(`sentence.kind.${conditionKind(leaf)}`) })

  const duration = (which: 'stepWithin' | 'within', ms: number | null): Said => ({
    text:
      ms === null
        ? t(`sentence.${which}.any`)
        : t(`sentence.${which}.time`, { time: numbers.duration(ms) }),
  })

  const said = (leaf: SegmentLeaf): Readonly<Record<string, Said>> => {
    const base = { kind: kind(leaf) }
    switch (leaf.kind) {
      case 'trait':
        return {
          ...base,
          trait:
            leaf.trait === ''
              ? { text: t('sentence.missing.trait'), missing: true }
              : { text: leaf.trait },
          comparison: isBlank(leaf)
            ? { text: t('sentence.missing.value'), missing: true }
            : { text: comparison(leaf) },
        }
      case 'did':
        return {
          ...base,
          event: eventSaid(leaf.event),
          times: { text: times(leaf.times) },
          window: { text: window(leaf.window) },
        }
      case 'amount':
        return {
          ...base,
          amount: { text: t(`sentence.amount.${leaf.amount}`) },
          of:
            leaf.of.kind === 'value'
              ? { text: t('sentence.value') }
              : leaf.of.property === ''
                ? { text: t('sentence.missing.property'), missing: true }
                : { text: t('sentence.ofProperty', { property: quoted(leaf.of.property) }) },
          event: eventSaid(leaf.event),
          test: { text: test(leaf.test) },
          window: { text: window(leaf.window) },
        }
      case 'distinct':
        return {
          ...base,
          of:
            leaf.of.kind === 'days'
              ? { text: t('sentence.days') }
              : leaf.of.property === ''
                ? { text: t('sentence.missing.property'), missing: true }
                : { text: t('sentence.valuesOf', { property: quoted(leaf.of.property) }) },
          event: eventSaid(leaf.event),
          test: { text: test(leaf.test) },
          window: { text: window(leaf.window) },
        }
      case 'first':
      case 'last':
        return {
          ...base,
          event: eventSaid(leaf.event),
          window: { text: window(leaf.window) },
        }
      case 'sequence':
        return {
          ...base,
          stepWithin: duration('stepWithin', leaf.stepWithinMs),
          within: duration('within', leaf.withinMs),
          without:
            leaf.without === null
              ? { text: t('sentence.whatever') }
              : {
                  text: t('sentence.notBetween', { event: eventSaid(leaf.without).text }),
                  missing: eventSaid(leaf.without).missing ?? false,
                },
          window: { text: window(leaf.window) },
        }
      case 'on-map':
        return {
          ...base,
          state: { text: t(`sentence.state.${leaf.state}`) },
          step:
            leaf.step === null || leaf.step === ''
              ? { text: t('sentence.missing.step'), missing: true }
              : { text: quoted(names.step(leaf.map, leaf.step) ?? leaf.step) },
          map:
            leaf.map === ''
              ? { text: t('sentence.missing.map'), missing: true }
              : { text: quoted(names.map(leaf.map) ?? leaf.map) },
          window: { text: window(leaf.window) },
        }
      case 'said':
        return {
          ...base,
          which: { text: t(`sentence.which.${leaf.which}`) },
          scale: { text: t(`sentence.scale.${leaf.scale}`) },
          test: { text: leaf.test === null ? t('sentence.anyScore') : score(leaf.test) },
          words: {
            text:
              leaf.words === null
                ? t('sentence.anyWords')
                : t('sentence.withWords', { words: quoted(leaf.words) }),
          },
          touchpoint: {
            text:
              leaf.touchpoint === null
                ? t('sentence.anywhere')
                : t('sentence.about', {
                    touchpoint: quoted(names.touchpoint(leaf.touchpoint) ?? leaf.touchpoint),
                  }),
          },
          window: { text: window(leaf.window) },
        }
      case 'in':
        return {
          ...base,
          member:
            leaf.id === ''
              ? { text: t('sentence.missing.segment'), missing: true }
              : { text: quoted(names.segment(leaf.id) ?? leaf.id) },
        }
    }
  }

  const parts = (leaf: SegmentLeaf): readonly Part[] => {
    const filled = said(leaf)
    const steps =
      leaf.kind === 'sequence'
        ? leaf.steps.map((step, i) => [`step:${i}`, eventSaid(step)] as const)
        : []
    const all: Readonly<Record<string, Said>> = { ...filled, ...Object.fromEntries(steps) }
    const marks = Object.fromEntries(Object.keys(filled).map((slot) => [slot, OPEN + slot + SHUT]))
    const template = t(`sentence.leaf.${templateOf(leaf)}`, {
      ...marks,
      steps: [...steps.map(([slot]) => OPEN + slot + SHUT), `${OPEN}next${SHUT}`].join(
        t('sentence.then'),
      ),
    })
    return cut(template).map(({ slot, text }): Part => {
      if (slot === 'next') return { slot: 'next', text: t('sentence.next'), missing: false }
      const found = slot === null ? undefined : all[slot]
      if (found === undefined) return { slot: null, text, missing: false }
      return {
        slot: slot !== null && isSlot(slot) ? slot : null,
        text: found.text,
        missing: found.missing ?? false,
      }
    })
  }

  const condition = (leaf: SegmentLeaf): string =>
    parts(leaf)
      .map(({ slot, text }) => (slot === 'next' ? '' : text))
      .join('')
      .replaceAll(/\s+/g, ' ')
      .trim()

  const within = (rule: SegmentRule): string => {
    if (!isGroup(rule)) return condition(rule)
    const joined = rule.rules
      .map((one) => (isGroup(one) && one.rules.length > 1 ? `(${within(one)})` : within(one)))
      .join(t(rule.kind === 'all' ? 'sentence.and' : 'sentence.or'))
    return rule.kind === 'none' ? t('sentence.notThese', { conditions: joined }) : joined
  }

  return {
    parts,
    condition,
    event,
    rule: (rule) =>
      isGroup(rule) && rule.rules.length === 0
        ? t(rule.kind === 'any' ? 'sentence.nobody' : 'sentence.everybody')
        : t('sentence.customers', { conditions: within(rule) }),
  }
}

/** A condition whose value is still to be chosen. */
function isBlank(comparison: Comparison): boolean {
  if ('values' in comparison) return comparison.values.length === 0
  if ('least' in comparison) return comparison.least === '' && comparison.most === ''
  // An empty text can be meant only where something is said to be it, and then "is missing" says it better.
  return 'value' in comparison && comparison.value === ''
}

function templateOf(leaf: SegmentLeaf) {
  switch (leaf.kind) {
    case 'did':
      return conditionKind(leaf) === 'did-not' ? 'did-not' : 'did'
    case 'on-map':
      return STEPLESS.includes(leaf.state) ? 'on-map' : 'at-step'
    default:
      return leaf.kind
  }
}

/** States of a map as a whole. */
const STEPLESS: readonly string[] = ['reached-goal', 'conforms']

const SLOTS: readonly string[] = [
  'kind',
  'event',
  'times',
  'test',
  'window',
  'trait',
  'comparison',
  'amount',
  'of',
  'next',
  'stepWithin',
  'within',
  'without',
  'state',
  'step',
  'map',
  'which',
  'scale',
  'words',
  'touchpoint',
  'member',
]

export function isSlot(text: string): text is Slot {
  return SLOTS.includes(text) || /^step:\d+$/.test(text)
}

interface Piece {
  readonly slot: string | null
  readonly text: string
}

/** A filled template, cut at the marks. */
function cut(template: string): readonly Piece[] {
  return template.split(OPEN).flatMap((piece, i): readonly Piece[] => {
    if (i === 0) return piece === '' ? [] : [{ slot: null, text: piece }]
    const [slot = '', after = ''] = piece.split(SHUT)
    const marked: Piece = { slot, text: '' }
    return after === '' ? [marked] : [marked, { slot: null, text: after }]
  })
}
