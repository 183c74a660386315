import { expect, test } from 'vitest'
import { ByteQueue } from './byte-queue.ts'

test('[QU7] what was given up is left before the next piece, however many wait', async () => {
  let givenUp = false
  const taken: number[] = []
  const queue = new ByteQueue(
    () => {},
    () => givenUp,
  )
  for (const byte of [1, 2, 3]) queue.push(Uint8Array.of(byte))
  const reading = (async () => {
    for await (const piece of queue) {
      taken.push(...piece)
      givenUp = piece[0] === 2
    }
  })()
  await expect(reading).rejects.toThrow('given up')
  expect(taken).toEqual([1, 2])
})
