import { expect, test } from 'vitest'
import { flatten, MAX_PROPERTIES, noProperties, wellFormed } from './flat-properties.ts'

function flat(value: object) {
  const into = noProperties()
  return { wrong: flatten(value, into), into: { ...into } }
}

test('[CO9] objects become dotted names, lists JSON, null nothing', () => {
  expect(flat({ a: 1, b: { c: true, d: { e: 'x' } }, f: [1, { g: 2 }], h: null })).toEqual({
    wrong: null,
    into: { a: '1', 'b.c': 'true', 'b.d.e': 'x', f: '[1,{"g":2}]' },
  })
})

test('[CO9] what is too deep stands as JSON', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(9)}1${'}'.repeat(9)}`)
  expect(flat(deep).into).toEqual({ 'a.a.a.a.a.a': '{"a":{"a":{"a":1}}}' })
})

test('[CO9] a name that could reach a prototype is only a name', () => {
  const sent = JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"y":2}}}')
  const into = noProperties()
  expect(flatten(sent, into)).toBeNull()
  expect(Object.keys(into)).toEqual(['__proto__.x', 'constructor.prototype.y'])
  expect(Reflect.get({}, 'x')).toBeUndefined()
})

test('[CO9] too many values and too long a name are refused', () => {
  const many = Object.fromEntries(
    Array.from({ length: MAX_PROPERTIES + 1 }, (_, i) => [`p${i}`, i]),
  )
  expect(flat(many).wrong).toContain('more than 300')
  expect(flat({ ['x'.repeat(201)]: 1 }).wrong).toContain('201 characters')
})

test('[CO9] text becomes well formed', () => {
  expect(wellFormed('a\0b\ud800c\udc00')).toBe('a\u{fffd}b\u{fffd}c\u{fffd}')
  expect(wellFormed('😀')).toBe('😀')
})
