import { readFileSync } from 'node:fs'
import { conformanceServer } from './conformance-server.ts'
import { runVector, type Verdict } from './run-vector.ts'
import { parseVectors } from './vector.ts'

/** `npm run conformance -- FILE…`: vectors through the whole program. */

/** Cases under way at once: they wait for the disk in turns. */
const AT_ONCE = 4

const files = process.argv.slice(2)
if (files.length === 0) files.push('cases/peers.json')
const vectors = files.flatMap((file) => parseVectors(readFileSync(file, 'utf8'), file))
const server = await conformanceServer()
const verdicts = new Array<Verdict | undefined>(vectors.length)
try {
  let next = 0
  const work = async (): Promise<void> => {
    for (let i = next++; i < vectors.length; i = next++) {
      const vector = vectors[i]
      if (vector !== undefined) verdicts[i] = await runVector(vector, server, `case-${i}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
} finally {
  await server.close()
}
vectors.forEach(({ kind, name, semantics }, i) => {
  const { outcome, reason } = verdicts[i] ?? { outcome: 'failed', reason: 'it was not run' }
  const whose = semantics === undefined ? '' : ` [${semantics}]`
  console.log(`${outcome}  ${kind}: ${name}${whose}${reason === null ? '' : ` (${reason})`}`)
})
const count = (outcome: Verdict['outcome']): number =>
  verdicts.filter((verdict) => verdict?.outcome === outcome).length
console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`)
process.exitCode = count('failed') > 0 ? 1 : 0
