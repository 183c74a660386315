import { expect, test } from 'vitest'
import { messageHash } from '../customers/identity-key.ts'
import { messageFilter } from './message-filter.ts'

test('[CO11] the filter never forgets, grows, and is seldom wrong about what is new', () => {
  const filter = messageFilter()
  const many = 600_000
  for (let i = 0; i < many; i++) filter.add(messageHash(1, `m${i}`))
  let forgotten = 0
  let wrong = 0
  for (let i = 0; i < many; i += 7) if (!filter.mayHold(messageHash(1, `m${i}`))) forgotten++
  for (let i = 0; i < 100_000; i++) if (filter.mayHold(messageHash(2, `m${i}`))) wrong++
  expect(forgotten).toBe(0)
  expect(wrong).toBeLessThan(60)
})
