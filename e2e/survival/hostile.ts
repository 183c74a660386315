// The long form of the hostile test: `npx tsx --conditions=source e2e/survival/hostile.ts [requests] [first seed]`.
// A server of its own in a temporary folder gets that many hostile requests; it must answer none with a
// failure of its own, be the same process at the end, and have grown by no more than what it warmed up with.
// Its heap is kept small: what it holds on to shows, instead of what it has not yet cleared away.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostileRequest } from '../../apps/server/src/testing/hostile-request.ts'
import { rawExchange } from '../../apps/server/src/testing/raw-exchange.ts'
import { command, freePort, startServer, stopServer } from './server.ts'

const REQUESTS = Number(process.argv[2] ?? 100_000)
const FIRST = Number(process.argv[3] ?? 1)
const LANES = 12
/** After this share the caches, pools and compiled code are what they will be. */
const WARM_SHARE = 0.3
const GROWTH_MB = 60
const HEAP_MB = 128

const home = mkdtempSync(join(tmpdir(), 'parcurs-hostile-'))
const port = await freePort()
const server = await startServer(home, port, {
  PARCURS_LOG: 'error',
  NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
})
const failures: string[] = []
const answers = new Map<string, number>()
const workspace = 'main'
const { key } = await command<{ key: string }>(
  server,
  'POST',
  `/api/workspaces/${workspace}/write-keys`,
  { name: 'hostile' },
)
const aim = {
  host: `127.0.0.1:${port}`,
  workspace,
  machine: `Authorization: Bearer ${server.token}`,
  writeKey: `Authorization: Basic ${Buffer.from(`${key}:`).toString('base64')}`,
}

let sent = 0
let warmMb = 0
const began = Date.now()
async function lane(): Promise<void> {
  while (sent < REQUESTS) {
    const at = ++sent
    const seed = FIRST + at - 1
    const request = hostileRequest(aim, seed)
    const { status, body } = await rawExchange(port, request, 60_000)
    const name = String(status ?? 'closed')
    answers.set(name, (answers.get(name) ?? 0) + 1)
    if (status !== null && status >= 500) {
      failures.push(`seed ${seed}: ${status} ${body.slice(0, 200)} to ${firstLine(request)}`)
    }
    if (at === Math.floor(REQUESTS * WARM_SHARE)) warmMb = residentMb()
    if (at % 5_000 === 0) {
      const seconds = Math.round((Date.now() - began) / 1000)
      console.log(`${at} requests, ${seconds} s, ${residentMb()} MB, ${failures.length} failures`)
    }
  }
}
await Promise.all(Array.from({ length: LANES }, lane))

const endMb = residentMb()
const alive = server.process.exitCode === null && server.process.signalCode === null
const health = await fetch(`${server.url}/health`)
await stopServer(server)
rmSync(home, { recursive: true, force: true })

const tally = [...answers].toSorted(([a], [b]) => a.localeCompare(b))
console.log(tally.map(([status, count]) => `${status}: ${count}`).join(', '))
console.log(`memory: ${warmMb} MB after the warm-up, ${endMb} MB at the end`)
for (const failure of failures.slice(0, 50)) console.log(failure)
const passed = failures.length === 0 && alive && health.ok && endMb - warmMb <= GROWTH_MB
console.log(passed ? `${REQUESTS} hostile requests survived` : 'NOT survived')
if (!passed) console.log(server.said().slice(-5_000))
process.exit(passed ? 0 : 1)

function residentMb(): number {
  const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

function firstLine(request: Buffer): string {
  return request.toString('latin1').split('\r\n')[0]?.slice(0, 200) ?? ''
}
