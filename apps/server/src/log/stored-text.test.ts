import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutText, MAX_KIND_BYTES, storedJson, storedKind } from './stored-text.ts'

const part = fc
  .string({ unit: 'binary', maxLength: 700 })
  .chain((text) =>
    fc.constantFrom(
      text,
      `\0${text}`,
      `${text}\ud800`,
      '💥'.repeat(350),
      'ж'.repeat(700),
      `a${'💥'.repeat(300)}`,
      '*',
    ),
  )

test('[CO14] a kind fits the index of the vocabulary, whatever it is made of, and stays as it is when kept again', () => {
  fc.assert(
    fc.property(part, part, part, (name, channel, path) => {
      const kept = storedKind({ type: 'track', name, channel, path })
      const text = `${kept.name}${kept.channel}${kept.path}`
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_KIND_BYTES)
      expect(text).toBe(Buffer.from(text).toString('utf8'))
      expect(text).not.toContain('\0')
      expect(storedKind(kept)).toEqual(kept)
    }),
  )
})

test('[CO14] text is cut between characters', () => {
  expect(cutText('a💥', 2)).toBe('a')
  expect(cutText('a💥', 3)).toBe('a💥')
})

test('[CO14] the path that stands for many is nobody’s own', () => {
  expect(storedKind({ type: 'page', name: 'page_view', channel: 'web', path: '*' }).path).toBe('/*')
})

test('[CO14] JSON for a column holds no escape that it refuses', () => {
  expect(storedJson({ shown: 'a\0b\ud800', kept: String.raw`\u0000` })).toBe(
    String.raw`{"shown":"a�b�","kept":"\\u0000"}`,
  )
})
