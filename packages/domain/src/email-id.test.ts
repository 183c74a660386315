import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyedAs } from './identity.ts'

test.each([
  ['ann@shop.example', 'ann@shop.example'],
  [' Ann@Shop.EXAMPLE\t', 'ann@shop.example'],
  ['ann.b+x@shop.example', 'ann.b+x@shop.example'],
  ['A.NN@shop.example', 'a.nn@shop.example'],
  ['ΆΝΝΑ@Κατάστημα.gr', 'άννα@κατάστημα.gr'],
  ['Ann@shop', 'Ann@shop'],
  ['@shop.example', '@shop.example'],
  ['Ann Bee <ann@shop.example>', 'Ann Bee <ann@shop.example>'],
  ['a@b@c.example', 'a@b@c.example'],
  ['User-42', 'User-42'],
  ['', ''],
])('[DC7] %j is keyed as %j', (sent, keyed) => {
  expect(keyedAs(sent)).toBe(keyed)
})

const address = fc
  .tuple(
    fc.stringMatching(/^[a-zA-Z0-9.+_-]{1,12}$/),
    fc.stringMatching(/^[a-zA-Z0-9-]{1,12}\.[a-zA-Z]{2,6}$/),
  )
  .map(([name, house]) => `${name}@${house}`)

test('[DC7] all spellings of an address are one, and a key of a key is itself', () => {
  fc.assert(
    fc.property(address, fc.infiniteStream(fc.boolean()), (text, upper) => {
      const spelled = Array.from(text)
        .map((letter) =>
          upper.next().value === true ? letter.toUpperCase() : letter.toLowerCase(),
        )
        .join('')
      expect(keyedAs(` ${spelled} `)).toBe(keyedAs(text))
      expect(keyedAs(keyedAs(text))).toBe(keyedAs(text))
    }),
  )
})

test('[DC7] what is no address is as it was sent', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !text.includes('@')),
      (text) => {
        expect(keyedAs(text)).toBe(text)
      },
    ),
  )
})
