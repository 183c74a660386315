import { expect, test } from 'vitest'
import { survive } from './survival/rounds.ts'

test('[SV1] what was acknowledged is there once after kill -9, and nothing else', async () => {
  let state = 20_261_122
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  const result = await survive({
    rounds: 3,
    connections: 4,
    batchSize: 50,
    importRows: 60_000,
    aliveMs: [400, 1_600],
    say: () => {},
    random,
  })
  expect(result.acknowledged).toBeGreaterThan(0)
  expect(result.wrong).toEqual([])
  expect(result.lost).toEqual([])
  expect(result.twice).toEqual([])
  expect(result.strange).toEqual([])
  expect(result.map).toEqual(result.cleanMap)
}, 600_000)
