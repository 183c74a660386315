import { expect, test } from 'vitest'
import { lane } from './lane.ts'

test('[ST13] at most so many at once, the others in the order they came, failures included', async () => {
  const through = lane(2)
  let running = 0
  let most = 0
  const order: number[] = []
  const work = (n: number) =>
    through(async () => {
      running += 1
      most = Math.max(most, running)
      order.push(n)
      await new Promise((resolve) => setTimeout(resolve, 2))
      running -= 1
      if (n === 1) throw new Error('one fails')
      return n
    })
  const settled = await Promise.allSettled([0, 1, 2, 3, 4, 5].map(work))
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  expect({ most, running, order }).toEqual({ most: 2, running: 0, order: [0, 1, 2, 3, 4, 5] })
})
