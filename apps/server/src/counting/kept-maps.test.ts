import type { KeptMap } from '@parcurs/analytics'
import { expect, test } from 'vitest'
import { keptMaps } from './kept-maps.ts'

// apps/server SPEC.md, "Living map": [LV10] what is kept stays within its bounds.

/** A tally of so many bytes, as far as its size is looked at. */
function kept(bytes: number): KeptMap {
  const nothing = {
    exact: [],
    bases: new Int32Array(0),
    pool: new Uint32Array(0),
    counts: new Float64Array(0),
  }
  return {
    commit: 1n,
    byKind: [],
    groups: [],
    counts: {
      entrants: 0,
      completions: 0,
      inProgress: 0,
      goalEnded: 0,
      continued: 0,
      outside: 0,
      settled: 0,
      settledCompletions: 0,
      firstSettlesMs: null,
      completionEstimate: null,
      goalValue: null,
      stages: [],
      steps: [],
      transitions: [],
      conformance: { finished: 0, conforming: 0, share: null, meanFitness: null },
      unmapped: [],
      evidence: [],
      listed: null,
    },
    tally: {
      plan: {
        steps: [],
        stageCount: 0,
        period: { fromMs: 0, toMs: 1 },
        nowMs: 0,
        windowMs: 1,
        unmappedGroups: 0,
        slices: 1,
        sampleSize: 0,
        keptUntilMs: 1,
      },
      parts: {
        numbers: [],
        arrays: [new Float64Array(bytes / 8)],
        leasts: [],
        edgeTimes: nothing,
        nextTimes: nothing,
        samples: [],
        moments: null,
      },
    },
  }
}

test('[LV10] the one asked for longest ago goes, by number', () => {
  const maps = keptMaps(2, 1000)
  const [a, b, c] = [kept(8), kept(8), kept(8)]
  maps.keep('a', a, null)
  maps.keep('b', b, null)
  expect(maps.get('a')).toBe(a)
  maps.keep('c', c, null)
  expect([maps.get('a'), maps.get('b'), maps.get('c')]).toEqual([a, null, c])
})

test('[LV10] and by bytes; what is kept anew takes the place of the former', () => {
  const maps = keptMaps(9, 1000)
  maps.keep('a', kept(400), null)
  maps.keep('b', kept(400), null)
  for (let i = 0; i < 5; i++) maps.keep('b', kept(400), null)
  expect(maps.get('a')).not.toBeNull()
  maps.keep('c', kept(400), null)
  expect(maps.get('b')).toBeNull()
  expect(maps.get('a')).not.toBeNull()
  maps.keep('d', kept(1200), null)
  expect(maps.get('d')).toBeNull()
  expect(maps.get('a')).not.toBeNull()
})

test('[LV11] what is told beside a tally stays, with whoever was touched since', () => {
  const maps = keptMaps()
  const at = (commit: bigint) => ({ ...kept(8), commit })
  const told = { samples: [], rows: [], came: [] }
  maps.keep('a', at(1n), null)
  // Another commit's.
  maps.keepBeside('a', 0n, told)
  expect(maps.beside('a', 1n)).toBeNull()
  maps.keepBeside('a', 1n, told)
  expect(maps.beside('a', 1n)).toEqual({ told, commit: 1n, touched: new Set() })
  maps.keep('a', at(2n), new Set(['8']))
  expect(maps.beside('a', 1n)).toBeNull()
  maps.keep('a', at(3n), new Set(['7']))
  expect(maps.beside('a', 3n)).toEqual({ told, commit: 1n, touched: new Set(['7', '8']) })
  maps.keep('a', at(4n), null)
  expect(maps.beside('a', 4n)).toBeNull()
})
