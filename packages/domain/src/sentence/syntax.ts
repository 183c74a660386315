import type { PartRole, RulePlace, SentencePart } from './sentence-part.ts'
import type { Read, SourceText } from './source-text.ts'

/**
 * How something is said and how it is read, in one. Reading gives every way to go on from a place, the likeliest
 * first and at most one for each end: so whatever the text, reading takes no longer than its length allows.
 */
export interface Syntax<Value> {
  /** null: it is not said this way. */
  readonly write: (value: Value, place: RulePlace) => readonly SentencePart[] | null
  readonly read: (source: SourceText, at: number) => readonly Read<Value>[]
}

/** What the fixed words of a phrase are. @param index 0: the first ones of the phrase */
export type WordsAre = (
  place: RulePlace,
  index: number,
) => { readonly role: PartRole; readonly place: RulePlace | null }

export const justWords: WordsAre = () => ({ role: 'word', place: null })
export const verbFirst: WordsAre = (place, index) =>
  index === 0 ? { role: 'verb', place: `${place}.kind` } : { role: 'word', place: null }
export const all =
  (role: PartRole, field = ''): WordsAre =>
  (place) => ({ role, place: place + field })

type Holes<Fields> = { readonly [Name in keyof Fields]: Syntax<Fields[Name]> }

/**
 * A phrase with holes: `who did {event} {times} {window}`. A hole is named by the field that fills it, and stands at
 * that field's place. Throws for a phrase that leaves a field out, or names one that there is not.
 */
export function phrase<Fields extends object>(
  text: string,
  holes: Holes<Fields>,
  words: WordsAre = justWords,
): Syntax<Fields> {
  const pieces = piecesOf(text, holes)
  return {
    write: (fields, place) => {
      const parts: SentencePart[] = []
      let index = 0
      for (const piece of pieces) {
        if (typeof piece === 'string') parts.push({ text: piece, ...words(place, index++) })
        else {
          const filled = holes[piece.hole].write(
            fields[piece.hole],
            `${place}.${String(piece.hole)}`,
          )
          if (filled === null) return null
          parts.push(...filled)
        }
      }
      return parts
    },
    read: (source, at) => {
      let ways: readonly Read<Partial<Fields>>[] = [{ value: {}, end: at }]
      for (const piece of pieces) {
        ways = firsts(
          ways.flatMap(({ value, end }): readonly Read<Partial<Fields>>[] => {
            if (typeof piece === 'string') {
              const next = source.words(piece, end)
              return next === null ? [] : [{ value, end: next }]
            }
            return holes[piece.hole]
              .read(source, end)
              .map((read) => ({ value: { ...value, [piece.hole]: read.value }, end: read.end }))
          }),
        )
      }
      // Every hole is filled: `piecesOf` has seen each.
      return ways as readonly Read<Fields>[]
    },
  }
}

type Piece<Fields> = string | { readonly hole: keyof Fields }

function piecesOf<Fields extends object>(
  text: string,
  holes: Holes<Fields>,
): readonly Piece<Fields>[] {
  const isHole = (name: string): name is Extract<keyof Fields, string> => Object.hasOwn(holes, name)
  const pieces = text.split(/\{(\w+)\}/).flatMap((piece, i): readonly Piece<Fields>[] => {
    if (i % 2 === 0) return piece.trim() === '' ? [] : [piece.trim()]
    if (!isHole(piece)) throw new Error(`the phrase '${text}' has no field '${piece}'`)
    return [{ hole: piece }]
  })
  const named = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [String(piece.hole)]))
  const missing = Object.keys(holes).filter((name) => !named.includes(name))
  if (missing.length > 0) throw new Error(`the phrase '${text}' leaves out ${missing.join(', ')}`)
  return pieces
}

/** The first of these that can say it, or that can be read. */
export function either<Value>(...ways: readonly Syntax<Value>[]): Syntax<Value> {
  return {
    write: (value, place) => {
      for (const way of ways) {
        const parts = way.write(value, place)
        if (parts !== null) return parts
      }
      return null
    },
    read: (source, at) => firsts(ways.flatMap((way) => way.read(source, at))),
  }
}

/** One way to end at a place is enough. */
export function firsts<Value>(ways: readonly Read<Value>[]): readonly Read<Value>[] {
  if (ways.length < 2) return ways
  const ends = new Set<number>()
  return ways.filter(({ end }) => !ends.has(end) && ends.add(end))
}

/**
 * Something said as something else.
 *
 * @param into null: what was read cannot be that
 * @param from null: it is not said this way
 */
export function saidAs<Outer, Inner>(
  inner: Syntax<Inner>,
  from: (outer: Outer) => Inner | null,
  into: (inner: Inner, source: SourceText) => Outer | null,
): Syntax<Outer> {
  return {
    write: (outer, place) => {
      const value = from(outer)
      return value === null ? null : inner.write(value, place)
    },
    read: (source, at) =>
      inner.read(source, at).flatMap(({ value, end }) => {
        const outer = into(value, source)
        return outer === null ? [] : [{ value: outer, end }]
      }),
  }
}

/** In a hole, but about the whole around it: its places are those of the whole. */
export function ofWhole<Value>(inner: Syntax<Value>): Syntax<Value> {
  return {
    write: (value, place) => inner.write(value, place.slice(0, place.lastIndexOf('.'))),
    read: inner.read,
  }
}

/** Said where it is there; null is not said. */
export function maybe<Value>(inner: Syntax<Value>): Syntax<Value | null> {
  return {
    write: (value, place) => (value === null ? [] : inner.write(value, place)),
    read: (source, at) => [...inner.read(source, at), { value: null, end: at }],
  }
}

/** Words that say that there is none. */
export function noneSaid<Value>(text: string, words: WordsAre): Syntax<Value | null> {
  const said = phrase<Readonly<Record<never, never>>>(text, {}, words)
  return {
    write: (value, place) => (value === null ? said.write({}, place) : null),
    read: (source, at) => said.read(source, at).map(({ end }) => ({ value: null, end })),
  }
}

/** Said always; where it is left out, this is meant. */
export function elseMeant<Value>(inner: Syntax<Value>, meant: Value): Syntax<Value> {
  return {
    write: inner.write,
    read: (source, at) => [...inner.read(source, at), { value: meant, end: at }],
  }
}
