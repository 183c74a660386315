import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alreadyOwns, type Link, ownerAt, ownersSince, ownershipOf, relinked } from './ownership.ts'

const ann = 1n
const bob = 3n
const link = (timeMs: number, user: bigint): Link => ({ timeMs, user })

describe('[ID2] whose an anonymous event is', () => {
  test.each<[string, readonly Link[], number, bigint | null]>([
    ['nobody linked', [], 5, null],
    ['before the first login: in retrospect', [link(10, ann)], 0, ann],
    ['at the login', [link(10, ann)], 10, ann],
    ['after another logged in', [link(10, ann), link(20, bob)], 20, bob],
    ['between the two', [link(10, ann), link(20, bob)], 19, ann],
    ['the first again', [link(10, ann), link(20, bob), link(30, ann)], 31, ann],
    ['whatever the order of arrival', [link(30, ann), link(20, bob), link(10, ann)], 25, bob],
    ['one instant: the greater key', [link(10, bob), link(10, ann)], 10, bob],
  ])('%s', (_, links, timeMs, owner) => {
    expect(ownerAt(ownershipOf(links), timeMs)).toBe(owner)
  })
})

const links = fc.array(fc.record({ timeMs: fc.nat(20), user: fc.constantFrom(1n, 3n, 5n) }))

test('[ID2] neighbours differ and times rise', () => {
  fc.assert(
    fc.property(links, (some) => {
      const { fromMs, users } = ownershipOf(some)
      for (let i = 1; i < users.length; i++) {
        expect(users[i]).not.toBe(users[i - 1])
        expect(fromMs[i]).toBeGreaterThan(fromMs[i - 1] ?? 0)
      }
    }),
  )
})

test('[ID2] a link at which its user already owns changes nothing', () => {
  fc.assert(
    fc.property(
      links,
      fc.nat(20),
      fc.constantFrom(1n, 3n, 5n),
      fc.nat(21),
      (some, timeMs, user, at) => {
        const ownership = ownershipOf(some)
        fc.pre(alreadyOwns(ownership, { timeMs, user }))
        expect(ownerAt(ownershipOf([...some, { timeMs, user }]), at)).toBe(ownerAt(ownership, at))
      },
    ),
  )
})

test('[ID2] adding links piece by piece is the same as all at once, reading only whom it must', () => {
  fc.assert(
    fc.property(links, links, fc.nat(21), (known, more, at) => {
      fc.pre(known.length > 0 && more.length > 0)
      const ownership = ownershipOf(known)
      const sinceMs = Math.min(...more.map(({ timeMs }) => timeMs))
      const users = new Set([...ownersSince(ownership, sinceMs), ...more.map(({ user }) => user)])
      const read = known.filter(({ user, timeMs }) => users.has(user) && timeMs >= sinceMs)
      const all = ownershipOf([...known, ...more])
      expect(ownerAt(relinked(ownership, sinceMs, [...read, ...more]), at)).toBe(ownerAt(all, at))
    }),
  )
})
