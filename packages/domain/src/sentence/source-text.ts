import { readQuoted } from './quoted-text.ts'

/** What could have stood at a place of the text. */
export type Expected =
  /** These words. */
  { readonly kind: 'words'; readonly text: string } | { readonly kind: ExpectedKind }

export const EXPECTED_KINDS = [
  'quoted-text',
  'end-of-quote',
  'name',
  'number',
  'date',
  'known-touchpoint',
  'known-map',
  'known-step',
  'known-segment',
  'known-list',
  'fewer-brackets',
  'end',
] as const
export type ExpectedKind = (typeof EXPECTED_KINDS)[number]

/** A text that is being read. It remembers how far reading came, for whoever has to say what is wrong. */
export interface SourceText {
  readonly text: string
  /** The next sign that is seen. */
  readonly seen: (at: number) => number
  /** @returns the place after the words, whatever their case and marks; null: others stand there */
  readonly words: (words: string, at: number) => number | null
  readonly quoted: (at: number, expected: ExpectedKind) => Read<string> | null
  /** @param pattern sticky */
  readonly matching: (pattern: RegExp, at: number, expected: ExpectedKind) => Read<string> | null
  readonly expect: (at: number, expected: Expected) => void
  /** What stands there is understood, and is nothing that is there: that is what is wrong, however far reading came. */
  readonly refuse: (at: number, expected: ExpectedKind) => void
  /** Reads what lies in brackets, as far as brackets may lie in brackets. */
  readonly deeper: <Value>(at: number, read: () => readonly Read<Value>[]) => readonly Read<Value>[]
  /** What was refused, else the furthest place at which something else was expected. */
  readonly wrong: () => { readonly at: number; readonly expected: readonly Expected[] }
}

export interface Read<Value> {
  readonly value: Value
  readonly end: number
}

/** More than a rule may have, so that a rule that is too deep is told as that. */
const MOST_DEPTH = 20

const UNSEEN = /[\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u

export function sourceText(text: string): SourceText {
  let furthest = 0
  let refused: { readonly at: number; readonly expected: readonly Expected[] } | null = null
  let depth = 0
  let expected: readonly Expected[] = []

  const seen = (at: number): number => {
    let next = at
    while (next < text.length && UNSEEN.test(text.charAt(next))) next++
    return next
  }
  const expect = (at: number, one: Expected): void => {
    if (at < furthest) return
    if (at > furthest) expected = []
    furthest = at
    if (!expected.some((other) => same(other, one))) expected = [...expected, one]
  }
  const foldedWords = new Map<string, string>()
  const words = (given: string, from: number): number | null => {
    const start = seen(from)
    const plain = foldedWords.get(given) ?? folded(given)
    foldedWords.set(given, plain)
    const end = wordsEnd(text, plain, start, seen)
    if (end === null) expect(start, { kind: 'words', text: given })
    return end
  }
  return {
    text,
    seen,
    words,
    expect,
    quoted: (from, kind) => {
      const at = seen(from)
      const read = readQuoted(text, at)
      if (read === null) expect(at, { kind })
      else if (read.end === null) expect(text.length, { kind: 'end-of-quote' })
      else return { value: read.value, end: read.end }
      return null
    },
    matching: (pattern, from, kind) => {
      pattern.lastIndex = seen(from)
      const [value] = pattern.exec(text) ?? []
      if (value !== undefined) return { value, end: pattern.lastIndex }
      expect(seen(from), { kind })
      return null
    },
    refuse: (at, kind) => {
      refused ??= { at, expected: [{ kind }] }
    },
    deeper: (at, read) => {
      if (depth === MOST_DEPTH) {
        expect(at, { kind: 'fewer-brackets' })
        return []
      }
      depth++
      const ways = read()
      depth--
      return ways
    },
    wrong: () => refused ?? { at: furthest, expected },
  }
}

function same(one: Expected, other: Expected): boolean {
  return one.kind === 'words' && other.kind === 'words'
    ? one.text === other.text
    : one.kind === other.kind
}

function wordsEnd(
  text: string,
  words: string,
  start: number,
  seen: (at: number) => number,
): number | null {
  let at = start
  let i = 0
  while (i < words.length) {
    if (words.charAt(i) === ' ') {
      at = seen(at)
      i++
      continue
    }
    const sign = String.fromCodePoint(text.codePointAt(at) ?? 0)
    const plain = folded(sign)
    if (at >= text.length || !words.startsWith(plain, i)) return null
    at += sign.length
    i += plain.length
  }
  while (/^\p{M}/u.test(text.slice(at, at + 1))) at++
  return runsOn(words.slice(-1), text.slice(at, at + 1)) ? null : at
}

/** Words of alphabets end at a letter's end; Chinese ones do not. */
function runsOn(last: string, next: string): boolean {
  return LETTER.test(last) && LETTER.test(next) && !HAN.test(last) && !HAN.test(next)
}

const LETTER = /[\p{L}\p{N}_]/u
const HAN = /\p{Script=Han}/u

const PLAIN: Readonly<Record<string, string>> = {
  ς: 'σ',
  '’': "'",
  '，': ',',
  '（': '(',
  '）': ')',
  '：': ':',
  '—': '-',
  '–': '-',
}

/** Without case, accents and the width of punctuation: `în` and `IN` are the same. */
export function folded(text: string): string {
  const bare = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return bare.replaceAll(/[ς’，（）：—–]/gu, (sign) => PLAIN[sign] ?? sign)
}
