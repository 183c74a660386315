import { survive } from './rounds.ts'
import { differences } from './differences.ts'
import { surviveWatching } from './watching.ts'

// npm run survival -- [rounds]: the long form, by hand. The tests run a short one.

const rounds = Number(process.argv[2] ?? 20)
const say = (line: string) => process.stdout.write(`${line}\n`)
const result = await survive({
  rounds,
  connections: 8,
  batchSize: 100,
  importRows: 300_000,
  aliveMs: [300, 4_000],
  say,
  random: Math.random,
})
const { map, cleanMap, ...counted } = result
say(JSON.stringify(counted, null, 2))
const sameMap = JSON.stringify(map) === JSON.stringify(cleanMap)
say(sameMap ? 'the map is that of a clean import' : 'the map differs from a clean import:')
for (const line of differences(map, cleanMap, 'map')) say(line)
const faults = counted.lost.length + counted.twice.length + counted.strange.length
if (faults + counted.wrong.length > 0 || !sameMap) process.exitCode = 1

say('watched segments')
const watched = await surviveWatching({
  rounds,
  connections: 4,
  batchSize: 100,
  aliveMs: [300, 4_000],
  say,
  random: Math.random,
})
say(JSON.stringify(watched, null, 2))
const { different, twice, untold, wrong } = watched
if (different.length + twice.length + untold.length + wrong.length > 0) process.exitCode = 1
