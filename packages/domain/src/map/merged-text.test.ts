import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergedText } from './merged-text.ts'

test.each([
  ['both ends', 'slow page', 'very slow page', 'slow page!', 'very slow page!'],
  ['one alone', 'slow', 'slow', 'fast', 'fast'],
  ['mine alone', 'slow', 'fast', 'slow', 'fast'],
  ['the same twice', 'slow', 'fast', 'fast', 'fast'],
  ['at one place: theirs first', 'ab', 'aXb', 'aYb', 'aYXb'],
  ['overlapping: both are kept', 'the old text', 'the new text', 'the own text', 'the ownnew text'],
  ['mine holds theirs', 'a', 'a b c', 'a b', 'a b c'],
  ['emoji that share a half', '😀', '😁', '😂', '😂😁'],
  ['from nothing', '', 'mine', 'theirs', 'theirsmine'],
])('[MD2] %s', (_what, base, mine, theirs, merged) => {
  expect(mergedText(base, mine, theirs)).toBe(merged)
})

test('[MD2] no half characters; one change alone is that change', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '😀', '😁', '👍🏽'), maxLength: 8 })
  fc.assert(
    fc.property(text, text, text, (base, mine, theirs) => {
      expect(mergedText(base, mine, theirs)).not.toMatch(/\p{Surrogate}/u)
      expect(mergedText(base, mine, base)).toBe(mine)
      expect(mergedText(base, base, theirs)).toBe(theirs)
    }),
    { numRuns: 500 },
  )
})
