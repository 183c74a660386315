import fc from 'fast-check'
import pc from 'picocolors'
import { expect, test } from 'vitest'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { steadied } from '@parcurs/domain'

test('[CT15] what would steer the terminal is shown by its number', () => {
  expect(steadied('a\u001b]0;title\u0007b')).toBe(String.raw`a\x1b]0;title\x07b`)
  expect(steadied('\u001b[2Jgone\u001b[1A')).toBe(String.raw`\x1b[2Jgone\x1b[1A`)
  expect(steadied('one\rtwo')).toBe(String.raw`one\x0dtwo`)
  expect(steadied('abc\u202egpj')).toBe(String.raw`abc\u202egpj`)
  expect(steadied('\u009b31m')).toBe(String.raw`\u009b31m`)
})

test('[CT15] line ends, tabs, colours and every language stay', () => {
  const { bold } = pc.createColors(true)
  for (const text of ['a\n\tb', bold('Ștefan'), 'Ελένη 李 Żółć 👩‍💻'])
    expect(steadied(text)).toBe(text)
})

test('[CT15] JSON stays JSON of the same text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(steadied(JSON.stringify([text])))).toEqual([text])
    }),
  )
})

test('[CT15] nothing that steers is left of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      // oxlint-disable-next-line no-control-regex
      const plain = steadied(text).replaceAll(/\u001b\[[0-9;]*m/g, '')
      expect(plain).not.toMatch(
        // oxlint-disable-next-line no-control-regex
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
      )
    }),
  )
})

test('[CT15] whatever is shown goes through one place', () => {
  const folder = import.meta.dirname
  const beside = readdirSync(folder).filter(
    (file) =>
      !/^terminal-text\.|\.test\.ts$/.test(file) &&
      /std(out|err)\.write|console\.|, process\.stdout/.test(
        readFileSync(join(folder, file), 'utf8'),
      ),
  )
  expect(beside).toEqual([])
})
