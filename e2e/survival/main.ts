import { attack } from './attacks.ts'
import { killRestores } from './restore-kills.ts'
import { survive } from './rounds.ts'
import { differences } from './differences.ts'
import { surviveWatching } from './watching.ts'

// npm run survival -- [rounds] [kills|attacks|restores|watching]: the long form, by hand. The tests run a short one.

const rounds = Number(process.argv[2] ?? 20)
const only = process.argv[3]
const asked = (part: string) => only === undefined || only === part
const say = (line: string) => process.stdout.write(`${line}\n`)

if (asked('attacks')) {
  say('attacks')
  const faults = await attack({
    rounds,
    kinds: 40_000,
    imported: 45_000,
    asked: 150,
    events: 1_000_000,
    mostStallMs: 50,
    say,
  })
  for (const fault of faults) say(fault)
  if (faults.length > 0) process.exitCode = 1
}

if (asked('restores')) {
  say('restores')
  const faults = await killRestores({
    rounds,
    events: 300_000,
    aliveShare: [0.1, 1],
    say,
    random: Math.random,
  })
  for (const fault of faults) say(fault)
  if (faults.length > 0) process.exitCode = 1
}

if (asked('kills')) {
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
}

if (asked('watching')) {
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
}
