/**
 * Two people changed one text: both changes are kept. Where they overlap, theirs stays and mine is put behind it:
 * nothing that was typed is lost.
 *
 * @param base what both began with
 */
export function mergedText(base: string, mine: string, theirs: string): string {
  if (mine === theirs || mine === base) return theirs
  if (theirs === base) return mine
  const a = spliceOf(base, mine)
  const b = spliceOf(base, theirs)
  const samePlace = a.start === b.start && a.end === b.end && a.start === a.end
  if (a.end <= b.start && !samePlace) return spliced(base, a, b)
  if (b.end <= a.start && !samePlace) return spliced(base, b, a)
  const start = Math.min(a.start, b.start)
  const end = Math.max(a.end, b.end)
  return (
    base.slice(0, start) +
    both(over(base, b, start, end), over(base, a, start, end)) +
    base.slice(end)
  )
}

/** What a text has where `base` has the piece from start to end, which the splice lies in. */
function over(base: string, splice: Splice, start: number, end: number): string {
  return base.slice(start, splice.start) + splice.put + base.slice(splice.end, end)
}

interface Splice {
  readonly start: number
  readonly end: number
  readonly put: string
}

function spliced(base: string, first: Splice, second: Splice): string {
  const between = base.slice(first.end, second.start)
  return base.slice(0, first.start) + first.put + between + second.put + base.slice(second.end)
}

function both(theirs: string, mine: string): string {
  if (theirs.includes(mine)) return theirs
  return mine.includes(theirs) ? mine : theirs + mine
}

/** The one piece of `base` in whose place another text stands in `next`. */
function spliceOf(base: string, next: string): Splice {
  const most = Math.min(base.length, next.length)
  let start = 0
  while (start < most && base[start] === next[start]) start++
  let tail = 0
  while (tail < most - start && base.at(-1 - tail) === next.at(-1 - tail)) tail++
  // TRICKY: two emoji share their first half; a splice between the halves of one would leave half a character behind.
  if (isInside(base, start) || isInside(next, start)) start--
  if (isInside(base, base.length - tail) || isInside(next, next.length - tail)) tail--
  return { start, end: base.length - tail, put: next.slice(start, next.length - tail) }
}

/** Between the halves of one character. */
function isInside(text: string, at: number): boolean {
  return isHalf(text.charCodeAt(at - 1), 0xd800) && isHalf(text.charCodeAt(at), 0xdc00)
}

function isHalf(unit: number, kind: number): boolean {
  return (unit & 0xfc00) === kind
}
