import { type AnyLeaf, isGroup, type Nest } from '../condition/nest.ts'
import type { GroupWords, Phrases } from './phrases.ts'
import { BLANK, type RulePlace, type SentencePiece } from './sentence-piece.ts'
import { firsts, type Syntax } from './syntax.ts'
import type { Read, SourceText } from './source-text.ts'

interface Placed<Leaf> {
  readonly nest: Nest<Leaf>
  readonly place: RulePlace
}

/**
 * The conditions that a group joins. One that stands alone is said by itself, and what is joined the same way
 * within a group is said as part of it: the meaning is the same.
 */
export function joinedBy<Leaf extends AnyLeaf>(
  kind: 'all' | 'any',
  nest: Nest<Leaf>,
  place: RulePlace,
): readonly Placed<Leaf>[] {
  const only = alone(nest, place)
  if (!isGroup(only.nest) || only.nest.kind !== kind) return [only]
  return only.nest.rules.flatMap((rule, i) => joinedBy(kind, rule, `${only.place}.rules[${i}]`))
}

/** What a nest comes down to, and where that stands. */
export function alone<Leaf extends AnyLeaf>(nest: Nest<Leaf>, place: RulePlace): Placed<Leaf> {
  if (!isGroup(nest) || nest.kind === 'none') return { nest, place }
  const { kind } = nest
  const parts = nest.rules.flatMap((rule, i) => joinedBy(kind, rule, `${place}.rules[${i}]`))
  const [first] = parts
  if (first !== undefined && parts.length === 1) return first
  return { nest: { kind, rules: parts.map((part) => part.nest) }, place }
}

/** The same rule as it is read back from its sentence. */
export function shortest<Leaf extends AnyLeaf>(nest: Nest<Leaf>): Nest<Leaf> {
  if (!isGroup(nest)) return nest
  const { kind } = nest
  const inner = kind === 'all' ? 'all' : 'any'
  const rules = nest.rules
    .map((rule) => shortest(rule))
    .flatMap((rule) => (isGroup(rule) && rule.kind === inner ? rule.rules : [rule]))
  const [first] = rules
  return first !== undefined && rules.length === 1 && kind !== 'none' ? first : { kind, rules }
}

/** Conditions joined by and, or and not; groups within groups stand in brackets. */
export function nestSyntax<Leaf extends AnyLeaf>(
  leaf: Syntax<Leaf>,
  words: GroupWords,
  [open, shut]: Phrases['brackets'],
): Syntax<Nest<Leaf>> {
  // What joins a group says its kind, once; the rest are words between its rules.
  const kindOf = (text: string, place: RulePlace): SentencePiece => ({
    text,
    place: `${place}.kind`,
  })
  const between = (text: string, place: RulePlace): SentencePiece => ({
    text,
    place: `${place}.rules`,
  })

  const series = (
    parts: readonly Placed<Leaf>[],
    kind: 'all' | 'any',
    place: RulePlace,
    join: typeof kindOf,
  ): readonly SentencePiece[] =>
    parts.flatMap((part, i) => [
      ...(i === 0
        ? []
        : [(i === 1 ? join : between)(kind === 'all' ? words.and : words.or, place)]),
      ...single(part),
    ])

  const single = ({ nest, place }: Placed<Leaf>): readonly SentencePiece[] =>
    isGroup(nest) && nest.kind !== 'none' && nest.rules.length > 0
      ? [between(open, place), ...whole(nest, place), between(shut, place)]
      : whole(nest, place)

  const whole = (given: Nest<Leaf>, at: RulePlace): readonly SentencePiece[] => {
    const { nest, place } = alone(given, at)
    if (!isGroup(nest)) return leaf.write(nest, place) ?? []
    if (nest.kind === 'none') {
      const parts = nest.rules.flatMap((rule, i) => joinedBy('any', rule, `${place}.rules[${i}]`))
      const inside =
        parts.length === 0 ? [between(BLANK, place)] : series(parts, 'any', place, between)
      return [kindOf(words.none, place), between(open, place), ...inside, between(shut, place)]
    }
    if (nest.rules.length === 0) {
      return [kindOf(nest.kind === 'all' ? words.everything : words.nothing, place)]
    }
    return series(joinedBy(nest.kind, given, at), nest.kind, place, kindOf)
  }

  const inBrackets = (source: SourceText, at: number): readonly Read<Nest<Leaf>>[] => {
    const start = source.words(open, at)
    if (start === null) return []
    return source.deeper(at, () =>
      read(source, start).flatMap(({ value, end }) => {
        const next = source.words(shut, end)
        return next === null ? [] : [{ value, end: next }]
      }),
    )
  }

  const readNone = (source: SourceText, at: number): readonly Read<Nest<Leaf>>[] => {
    const bracket = source.words(words.none, at)
    if (bracket === null) return []
    const start = source.words(open, bracket)
    const empty = start === null ? null : source.words(BLANK, start)
    const end = empty === null ? null : source.words(shut, empty)
    if (end !== null) return [{ value: { kind: 'none', rules: [] }, end }]
    return inBrackets(source, bracket).map((read) => ({
      value: shortest<Leaf>({ kind: 'none', rules: [read.value] }),
      end: read.end,
    }))
  }

  const said = (text: string, kind: 'all' | 'any') => (source: SourceText, at: number) => {
    const end = source.words(text, at)
    return end === null ? [] : [{ value: { kind, rules: [] } as const, end }]
  }
  const everything = said(words.everything, 'all')
  const nothing = said(words.nothing, 'any')

  const readOne = (source: SourceText, at: number): readonly Read<Nest<Leaf>>[] =>
    firsts([
      ...inBrackets(source, at),
      ...readNone(source, at),
      ...leaf.read(source, at),
      ...everything(source, at),
      ...nothing(source, at),
    ])

  const read = (source: SourceText, at: number): readonly Read<Nest<Leaf>>[] => {
    const one = readOne(source, at)
    const more = (['all', 'any'] as const).flatMap((kind) => {
      const joint = kind === 'all' ? words.and : words.or
      let ways = one.map(({ value, end }) => ({ rules: [value], end }))
      const ended: Read<Nest<Leaf>>[] = []
      while (ways.length > 0) {
        ways = ways.flatMap(({ rules, end }) => {
          const next = source.words(joint, end)
          return next === null
            ? []
            : readOne(source, next).map((found) => ({
                rules: [...rules, found.value],
                end: found.end,
              }))
        })
        ended.unshift(
          ...ways.map(({ rules, end }) => ({ value: shortest<Leaf>({ kind, rules }), end })),
        )
      }
      return ended
    })
    return firsts([...more, ...one])
  }

  return { write: whole, read }
}
