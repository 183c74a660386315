import { expect, test } from 'vitest'
import { messageHash } from './message-space.ts'
import { messageFilter } from './message-filter.ts'
import { messageWords } from './message-words.ts'

const messages = (workspace: number, many: number, every = 1) =>
  messageWords(
    Array.from({ length: many / every }, (_, i) =>
      messageHash(workspace, 'server', `m${i * every}`),
    ),
  )

test('[CO11] the filter never forgets, grows, and is seldom wrong about what is new', () => {
  const filter = messageFilter()
  filter.add(messages(1, 600_000))
  expect(filter.perhapsHeld(messages(1, 600_000, 8))).toHaveLength(75_000)
  expect(filter.perhapsHeld(messages(2, 100_000)).length).toBeLessThan(60)
})
