import { expect, test } from 'vitest'
import { attack } from './survival/attacks.ts'
import { killRestores } from './survival/restore-kills.ts'
import { survive } from './survival/rounds.ts'
import { surviveWatching } from './survival/watching.ts'

function seeded(): () => number {
  let state = 20_261_122
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

test('[SV1] what was acknowledged is there once after kill -9, and nothing else', async () => {
  const result = await survive({
    rounds: 3,
    connections: 4,
    batchSize: 50,
    importRows: 60_000,
    aliveMs: [400, 1_600],
    say: () => {},
    random: seeded(),
  })
  expect(result.acknowledged).toBeGreaterThan(0)
  expect(result.wrong).toEqual([])
  expect(result.lost).toEqual([])
  expect(result.twice).toEqual([])
  expect(result.strange).toEqual([])
  expect(result.map).toEqual(result.cleanMap)
}, 600_000)

test('[SV2] after kill -9 watched segments hold whom they should, and each change was told once', async () => {
  const { acknowledged, members, changes, left, ...faults } = await surviveWatching({
    rounds: 3,
    connections: 2,
    batchSize: 50,
    aliveMs: [800, 2_500],
    say: () => {},
    random: seeded(),
  })
  expect(acknowledged).toBeGreaterThan(0)
  expect(members).toBeGreaterThan(0)
  expect(changes).toBeGreaterThan(members)
  expect(left).toBeGreaterThan(0)
  expect(faults).toEqual({ different: [], twice: [], untold: [], wrong: [] })
}, 600_000)

test('[SV3] who holds a page’s key, a link, a token or an account harms nobody else', async () => {
  const faults = await attack({
    rounds: 1,
    kinds: 1_500,
    imported: 0,
    asked: 60,
    events: 20_000,
    // How long anything takes is shown by hand: others share this machine.
    mostStallMs: null,
    say: () => {},
  })
  expect(faults).toEqual([])
}, 600_000)

test('[SV4] a restore that is killed leaves nothing that could be taken for whole', async () => {
  const faults = await killRestores({
    rounds: 2,
    events: 20_000,
    aliveShare: [0.4, 0.95],
    say: () => {},
    random: seeded(),
  })
  expect(faults).toEqual([])
}, 600_000)
