import type { ComparisonOf } from '../condition/comparison.ts'
import type { CustomerLeaf, EventLeaf, TouchpointLeaf } from '../condition/event-condition.ts'
import { isGroup, type Nest } from '../condition/nest.ts'
import { URL_OPERATORS } from '../condition/url-operator.ts'
import type { EventRule } from '../segment/segment-rule.ts'
import { propertyComparison } from './comparison-syntax.ts'
import { alone, joinedBy, nestSyntax, shortest } from './nest-syntax.ts'
import type { SentenceNames } from './sentence-names.ts'
import type { RulePlace, SentencePiece } from './sentence-piece.ts'
import type { Read, SourceText } from './source-text.ts'
import type { SpokenWords } from './spoken-words.ts'
import { either, firsts, ofWhole, phrase, saidAs, type Syntax, theField } from './syntax.ts'
import { fieldName, listed, named, quoted } from './token-syntax.ts'

export type AnyEventLeaf = EventLeaf | TouchpointLeaf | CustomerLeaf

/** What an event has to be: "event is “Order” and total is at least 50". */
export function eventLeafSyntax(
  spoken: SpokenWords,
  names: SentenceNames,
): Syntax<EventLeaf | TouchpointLeaf> {
  const { event, quotes } = spoken.phrases
  const field = fieldName(quotes, spoken.own)
  const values = listed(quoted(quotes), spoken)
  return either<EventLeaf | TouchpointLeaf>(
    saidAs<EventLeaf | TouchpointLeaf, { readonly names: readonly string[] }>(
      phrase(event.isEvent, { names: listed(quoted(quotes), spoken) }),
      (leaf) => (leaf.kind === 'event' ? leaf : null),
      (read) => ({ kind: 'event', names: read.names }),
    ),
    touchpointSyntax(event.isTouchpoint, spoken, names),
    saidAs<EventLeaf | TouchpointLeaf, { readonly channels: readonly string[] }>(
      phrase(event.channel, { channels: values }),
      (leaf) => (leaf.kind === 'channel' ? leaf : null),
      ({ channels }) => ({ kind: 'channel', channels }),
    ),
    ...URL_OPERATORS.map((op) =>
      saidAs<EventLeaf | TouchpointLeaf, { readonly value: string }>(
        phrase(event.url[op], { value: quoted(quotes) }, theField('.op')),
        (leaf) => (leaf.kind === 'url' && leaf.op === op ? leaf : null),
        ({ value }) => ({ kind: 'url', op, value }),
      ),
    ),
    saidAs<EventLeaf | TouchpointLeaf, PropertySaid>(
      phrase(event.property, { property: field, comparison: ofWhole(propertyComparison(spoken)) }),
      (leaf) => (leaf.kind === 'property' ? { property: leaf.property, comparison: leaf } : null),
      ({ property, comparison }) => ({ kind: 'property', property, ...comparison }),
    ),
  )
}

interface PropertySaid {
  readonly property: string
  readonly comparison: ComparisonOf<'property'>
}

/** What an event, and whoever did it, has to be. */
export function conditionSyntax(
  spoken: SpokenWords,
  names: SentenceNames,
): Syntax<Nest<AnyEventLeaf>> {
  const { event, events, quotes, brackets } = spoken.phrases
  const ofEvent = eventLeafSyntax(spoken, names)
  const ofCustomer = saidAs<AnyEventLeaf, TraitSaid>(
    phrase(event.trait, {
      trait: fieldName(quotes, spoken.own),
      comparison: ofWhole(propertyComparison(spoken)),
    }),
    (leaf) => (leaf.kind === 'trait' ? { trait: leaf.trait, comparison: leaf } : null),
    ({ trait, comparison }) => ({ kind: 'trait', trait, ...comparison }),
  )
  const leaf: Syntax<AnyEventLeaf> = {
    write: (given, place) =>
      given.kind === 'trait' ? ofCustomer.write(given, place) : ofEvent.write(given, place),
    read: (source, at) => firsts([...ofCustomer.read(source, at), ...ofEvent.read(source, at)]),
  }
  return nestSyntax(leaf, events, brackets)
}

interface TraitSaid {
  readonly trait: string
  readonly comparison: ComparisonOf<'property'>
}

type Noun = Extract<EventLeaf, { readonly kind: 'event' }> | TouchpointLeaf

/** An event that was done: “Order” where (total is at least 50). */
export function eventSyntax(spoken: SpokenWords, names: SentenceNames): Syntax<EventRule> {
  const { event, events, quotes, brackets } = spoken.phrases
  const [open, shut] = brackets
  const inside = nestSyntax(eventLeafSyntax(spoken, names), events, brackets)
  const listOfNames = listed(quoted(quotes), spoken)
  const touchpoint = touchpointSyntax(event.touchpoint, spoken, names)
  const noun: Syntax<Noun> = {
    write: (leaf, place) =>
      leaf.kind === 'event'
        ? listOfNames.write(leaf.names, `${place}.names`)
        : touchpoint.write(leaf, place),
    read: (source, at) => [
      ...listOfNames.read(source, at).map(
        ({ value, end }): Read<Noun> => ({
          value: { kind: 'event', names: value },
          end,
        }),
      ),
      ...touchpoint
        .read(source, at)
        .flatMap(({ value, end }) => (value.kind === 'touchpoint' ? [{ value, end }] : [])),
    ],
  }
  const where = (parts: readonly SentencePiece[], place: RulePlace): readonly SentencePiece[] => [
    { text: event.where, place: null },
    { text: open, place },
    ...parts,
    { text: shut, place },
  ]
  const readWhere = (source: SourceText, at: number): readonly Read<EventRule>[] => {
    const start = source.words(event.where, at)
    const bracket = start === null ? null : source.words(open, start)
    if (bracket === null) return []
    return source.deeper(at, () =>
      inside.read(source, bracket).flatMap(({ value, end }) => {
        const next = source.words(shut, end)
        return next === null ? [] : [{ value, end: next }]
      }),
    )
  }
  return {
    write: (rule, place) => {
      const [first, ...rest] = joinedBy('all', rule, place)
      if (first !== undefined && !isGroup(first.nest) && isNoun(first.nest)) {
        const said = noun.write(first.nest, first.place) ?? []
        if (rest.length === 0) return said
        // The places of what follows are its own; only the group around it is not there.
        const parts = rest.flatMap((part, i) => [
          ...(i === 0 ? [] : [{ text: events.and, place }]),
          ...(rest.length === 1 || !isJoined(part.nest)
            ? (inside.write(part.nest, part.place) ?? [])
            : [
                { text: open, place: part.place },
                ...(inside.write(part.nest, part.place) ?? []),
                { text: shut, place: part.place },
              ]),
        ])
        return [...said, ...where(parts, place)]
      }
      const any: SentencePiece = { text: event.any, place }
      const only = alone(rule, place).nest
      if (isGroup(only) && only.kind === 'all' && only.rules.length === 0) return [any]
      return [any, ...where(inside.write(rule, place) ?? [], place)]
    },
    read: (source, at) => {
      const anyEnd = source.words(event.any, at)
      const any = anyEnd === null ? [] : [{ value: null, end: anyEnd }]
      return firsts(
        [...any, ...noun.read(source, at)].flatMap(({ value, end }): readonly Read<EventRule>[] => [
          ...readWhere(source, end).map((read) => ({
            value:
              value === null
                ? read.value
                : shortest<EventLeaf | TouchpointLeaf>({ kind: 'all', rules: [value, read.value] }),
            end: read.end,
          })),
          { value: value ?? { kind: 'all', rules: [] }, end },
        ]),
      )
    },
  }
}

function isNoun(leaf: EventLeaf | TouchpointLeaf): leaf is Noun {
  return leaf.kind === 'event' || leaf.kind === 'touchpoint'
}

function isJoined(nest: EventRule): boolean {
  return isGroup(nest) && nest.kind !== 'none' && nest.rules.length > 0
}

function touchpointSyntax(
  words: string,
  { phrases }: SpokenWords,
  names: SentenceNames,
): Syntax<EventLeaf | TouchpointLeaf> {
  return saidAs<EventLeaf | TouchpointLeaf, { readonly touchpoint: string }>(
    phrase(words, { touchpoint: named(names.touchpoints, phrases.quotes, 'known-touchpoint') }),
    (leaf) => (leaf.kind === 'touchpoint' ? leaf : null),
    ({ touchpoint }) => ({ kind: 'touchpoint', touchpoint }),
  )
}
