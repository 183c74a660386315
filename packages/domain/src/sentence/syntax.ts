import type { RulePlace, SentencePiece } from './sentence-piece.ts'
import type { Read, SourceText } from './source-text.ts'

/**
 * How something is said and how it is read, in one. Reading gives every way to go on from a place, the likeliest
 * first and at most one for each end: so whatever the text, reading takes no longer than its length allows.
 */
export interface Syntax<Value> {
  /** null: it is not said this way. */
  readonly write: (value: Value, place: RulePlace) => readonly SentencePiece[] | null
  readonly read: (source: SourceText, at: number) => readonly Read<Value>[]
}

/** What the fixed words of a phrase say. */
export type WordsSay = (place: RulePlace) => RulePlace | null

/** Nothing by themselves. */
export const nothing: WordsSay = () => null
/** What the whole phrase says, or a field of it. */
export const theField =
  (field = ''): WordsSay =>
  (place) =>
    place + field

type Holes<Fields> = { readonly [Name in keyof Fields]: Syntax<Fields[Name]> }

/**
 * A phrase with holes: `[kind:who did] {event} {times} {window}`. A hole is named by the field that fills it, and stands
 * at that field's place; so do words in square brackets. Throws for a phrase that leaves a hole out, or names one that
 * there is not.
 */
export function phrase<Fields extends object>(
  text: string,
  holes: Holes<Fields>,
  words: WordsSay = nothing,
): Syntax<Fields> {
  const pieces = piecesOf(text, holes)
  // Read as one, so that what would have gone on is told from where the words begin.
  const readPieces = piecesOf(text.replaceAll(/\[\w+:([^\]]*)\]/g, '$1'), holes)
  return {
    write: (fields, place) => {
      const parts: SentencePiece[] = []
      for (const piece of pieces) {
        if ('text' in piece) {
          const said = piece.field === null ? words(place) : `${place}.${piece.field}`
          parts.push({ text: piece.text, place: said })
        } else {
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
      for (const piece of readPieces) {
        ways = firsts(
          ways.flatMap(({ value, end }): readonly Read<Partial<Fields>>[] => {
            if ('text' in piece) {
              const next = source.words(piece.text, end)
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

type Piece<Fields> =
  | { readonly text: string; readonly field: string | null }
  | { readonly hole: keyof Fields }

function piecesOf<Fields extends object>(
  text: string,
  holes: Holes<Fields>,
): readonly Piece<Fields>[] {
  const isHole = (name: string): name is Extract<keyof Fields, string> => Object.hasOwn(holes, name)
  const pieces = [...text.matchAll(PIECES)].flatMap(
    ([plain, hole, field, said]): readonly Piece<Fields>[] => {
      if (hole !== undefined) {
        if (!isHole(hole)) throw new Error(`the phrase '${text}' has no field '${hole}'`)
        return [{ hole }]
      }
      const words = (said ?? plain).trim()
      return words === '' ? [] : [{ text: words, field: field ?? null }]
    },
  )
  const named = pieces.flatMap((piece) => ('hole' in piece ? [String(piece.hole)] : []))
  const missing = Object.keys(holes).filter((name) => !named.includes(name))
  if (missing.length > 0) throw new Error(`the phrase '${text}' leaves out ${missing.join(', ')}`)
  return pieces
}

const PIECES = /\{(\w+)\}|\[(\w+):([^\]]*)\]|[^[{]+/g

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

/** Said where it is there; null is not said, and has its place all the same. */
export function maybe<Value>(inner: Syntax<Value>): Syntax<Value | null> {
  return {
    write: (value, place) => (value === null ? [{ text: '', place }] : inner.write(value, place)),
    read: (source, at) => [...inner.read(source, at), { value: null, end: at }],
  }
}

/** Words that say that there is none. */
export function noneSaid<Value>(text: string, words: WordsSay): Syntax<Value | null> {
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
