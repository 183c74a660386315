import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  alreadyOwns,
  type Link,
  NOBODY_LINKED,
  ownerAt,
  ownersSince,
  ownershipOf,
  relinked,
  relinkedSince,
} from './ownership.ts'

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

test('[ID2] links one by one, skipping what is known, are the same as all at once', () => {
  fc.assert(
    fc.property(links, (some) => {
      let ownership = NOBODY_LINKED
      some.forEach((one, i) => {
        if (ownership.users.length > 0 && alreadyOwns(ownership, one)) return
        const sinceMs = relinkedSince(ownership, one.timeMs)
        const users = new Set([...ownersSince(ownership, sinceMs), one.user])
        const read = some.slice(0, i).filter((known) => users.has(known.user))
        ownership = relinked(ownership, sinceMs, [...read, one])
      })
      for (let at = 0; at <= 21; at++) {
        expect(ownerAt(ownership, at)).toBe(ownerAt(ownershipOf(some), at))
      }
    }),
    // Pinned: the first entry began earlier than it says, and a link of its very instant comes in.
    { numRuns: 300, examples: [[[link(5, 1n), link(2, 1n), link(5, 3n)]]] },
  )
})
