import { quotedText, type Quotes } from './quoted-text.ts'
import { BLANK, gapAt, type RulePlace, type SentencePiece } from './sentence-piece.ts'
import type { NamedThing } from './sentence-names.ts'
import { type ExpectedKind, folded, type Read, type SourceText } from './source-text.ts'
import type { SpokenWords } from './spoken-words.ts'
import { either, firsts, type Syntax } from './syntax.ts'

const NUMBER = /[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.]*\d)/iy
const NUMBER_TEXT = /^[+-]?\d+(?:\.\d+)?$/
const DATE = /\d{4}-\d{2}-\d{2}(?!\d)/y
const DATE_TEXT = /^\d{4}-\d{2}-\d{2}$/
const BARE = /[A-Z_]\w*(?:[.$-]\w+)*/iy
const BARE_TEXT = /^[A-Z_]\w*(?:[.$-]\w+)*$/i
/** Before the id of what has no name, or not one of its own. */
const HASH = '#'

/** A text in quotes. An empty one can be read, and hardly meant. */
export function quoted(quotes: Quotes): Syntax<string> {
  return {
    write: (text, place) => [
      { text: quotedText(text, quotes), place, ...(text === '' ? { gap: true } : {}) },
    ],
    read: (source, at) => one(source.quoted(at, 'quoted-text')),
  }
}

export const number: Syntax<number> = {
  write: (value, place) => [{ text: String(value), place, plain: 'number' }],
  read: (source, at) =>
    one(source.matching(NUMBER, at, 'number')).map(({ value, end }) => ({
      value: Number(value),
      end,
    })),
}

/** A text that should be a number: in quotes where it is none. */
export function numberText(quotes: Quotes): Syntax<string> {
  return either(bare(NUMBER, NUMBER_TEXT, 'number'), quoted(quotes))
}

/** A text that should be a date: in quotes where it is none. */
export function dateText(quotes: Quotes): Syntax<string> {
  return either(bare(DATE, DATE_TEXT, 'date'), quoted(quotes))
}

/** The name of a trait or property: in quotes where it could be taken for something else. */
export function fieldName(quotes: Quotes, ownWords: ReadonlySet<string>): Syntax<string> {
  const plain = bare(BARE, BARE_TEXT, 'name', (text) => !ownWords.has(folded(text)))
  return either(blank(''), plain, quoted(quotes))
}

function bare(
  pattern: RegExp,
  whole: RegExp,
  kind: 'number' | 'date' | 'name',
  allowed: (text: string) => boolean = () => true,
): Syntax<string> {
  return {
    write: (text, place) =>
      whole.test(text) && allowed(text)
        ? [{ text, place, ...(kind === 'name' ? {} : { plain: kind }) }]
        : null,
    read: (source, at) =>
      one(source.matching(pattern, at, kind)).filter(({ value, end }) => {
        if (allowed(value)) return true
        source.expect(end - value.length, { kind })
        return false
      }),
  }
}

/** Nothing is chosen yet. */
export function blank<Value>(empty: Value): Syntax<Value> {
  return {
    write: (value, place) => (value === empty ? [gapAt(place)] : null),
    read: (source, at) => {
      const start = source.seen(at)
      return source.text.startsWith(BLANK, start)
        ? [{ value: empty, end: start + BLANK.length }]
        : []
    },
  }
}

/** Something known by its id: said by its name if no other has that, else by its id, `#“id”`. */
export function named(
  things: readonly NamedThing[],
  quotes: Quotes,
  unknown: ExpectedKind,
): Syntax<string> {
  const nameOf = (id: string): NamedThing | undefined => things.find((thing) => thing.id === id)
  const idsOf = (name: string): readonly string[] =>
    things.flatMap((thing) => (thing.name === name ? [thing.id] : []))
  return either(blank(''), {
    write: (id, place) => {
      const name = nameOf(id)?.name
      return nameParts(
        name ?? null,
        id,
        name === undefined || idsOf(name).length > 1,
        place,
        quotes,
      )
    },
    read: (source, at) =>
      readNamed(source, at, unknown).flatMap(({ value, end }) => {
        if (value.id !== null) return [{ value: value.id, end }]
        const [id, ...others] = idsOf(value.name)
        if (id !== undefined && others.length === 0) return [{ value: id, end }]
        source.refuse(source.seen(at), unknown)
        return []
      }),
  })
}

/** @param withId the name alone does not say which one */
export function nameParts(
  name: string | null,
  id: string,
  withId: boolean,
  place: RulePlace,
  quotes: Quotes,
): readonly SentencePiece[] {
  const texts = [
    ...(name === null ? [] : [quotedText(name, quotes)]),
    ...(withId ? [HASH + quotedText(id, quotes)] : []),
  ]
  return [{ text: texts.join(' '), place }]
}

export type ReadName = { readonly id: null; readonly name: string } | { readonly id: string }

/** A name, an id, or both, where the id is what counts. */
export function readNamed(
  source: SourceText,
  at: number,
  expected: ExpectedKind,
): readonly Read<ReadName>[] {
  const idAt = (from: number): readonly Read<ReadName>[] => {
    const start = source.seen(from)
    if (source.text.charAt(start) !== HASH) return []
    return one(source.quoted(start + 1, 'quoted-text')).map(({ value, end }) => ({
      value: { id: value },
      end,
    }))
  }
  const [alone] = idAt(at)
  if (alone !== undefined) return [alone]
  return one(source.quoted(at, expected)).flatMap(({ value, end }): readonly Read<ReadName>[] => {
    const [withId] = idAt(end)
    return [withId ?? { value: { id: null, name: value }, end }]
  })
}

/** Several texts: “a”, “b” or “c”. */
export function listed(
  item: Syntax<string>,
  { phrases, mostListed }: SpokenWords,
): Syntax<readonly string[]> {
  const { comma, or } = phrases.list
  return {
    write: (texts, place) => {
      if (texts.length === 0) return [gapAt(place)]
      if (texts.length > mostListed + 1) {
        const some = texts.slice(0, mostListed)
        const first = some.flatMap((text, i) => [
          ...(i === 0 ? [] : [{ text: comma, place }]),
          ...(item.write(text, `${place}[${i}]`) ?? []),
        ])
        return [...first, { text: `${BLANK} (${texts.length})`, place }]
      }
      const last = texts.length - 1
      return texts.flatMap((text, i): readonly SentencePiece[] => {
        const joint = i === 0 ? null : i === last ? or : comma
        const said = item.write(text, `${place}[${i}]`) ?? []
        return joint === null ? said : [{ text: joint, place }, ...said]
      })
    },
    read: (source, at) => {
      const [empty] = blank<readonly string[]>([]).read(source, at)
      if (empty !== undefined) return [empty]
      const [first] = item.read(source, at)
      if (first === undefined) return []
      const texts = [first.value]
      // What follows an “or” may also begin another condition.
      const stops: Read<number>[] = []
      let end = first.end
      for (;;) {
        const afterComma = source.words(comma, end)
        const afterOr = source.words(or, afterComma ?? end)
        const next = afterOr ?? afterComma
        const [read] = next === null ? [] : item.read(source, next)
        if (read === undefined) break
        if (afterOr !== null) stops.push({ value: texts.length, end })
        texts.push(read.value)
        end = read.end
      }
      return firsts([
        { value: texts, end },
        ...stops
          .slice(-MOST_STOPS)
          .map((stop) => ({ value: texts.slice(0, stop.value), end: stop.end })),
      ])
    },
  }
}

const MOST_STOPS = 3

function one<Value>(read: Read<Value> | null): readonly Read<Value>[] {
  return read === null ? [] : [read]
}
