import { ask, askOnce, faultsOf, machine, newKey, sender, textOf } from './asking.ts'
import { mapNumbers } from './map-numbers.ts'
import type { Server } from './server.ts'

export interface Flood {
  /** Different names that a page's key sends. */
  readonly kinds: number
  /** Different names that a file brings: 45,000 fill the vocabulary. */
  readonly imported: number
  /** One thing may hold up everybody so long while every page is open; null: only told. */
  readonly mostStallMs: number | null
  readonly say: (line: string) => void
}

const BATCH = 500
const BASE = '/api/workspaces/main'
const HONEST = 'honest order'

/** What the pages ask when they are opened. */
const PAGES: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['GET', '/vocabulary'],
  ['GET', '/touchpoints'],
  ['GET', '/touchpoint-library'],
  ['POST', '/touchpoints/preview', { rule: { kind: 'event', names: [HONEST] } }],
  ['POST', '/maps/proposal', {}],
  ['GET', '/maps'],
  ['GET', '/customers'],
  ['GET', '/segments'],
  ['POST', '/segments/preview', { rule: did(HONEST) }],
  ['GET', '/imports'],
  ['GET', '/write-keys'],
  ['GET', '/log'],
  ['POST', '/ask', { question: { kind: 'funnel', steps: [HONEST, 'name 1'] } }],
  ['POST', '/ask', { question: { kind: 'paths' } }],
  ['POST', '/ask', { question: { kind: 'metrics', metrics: ['value'] } }],
]

/**
 * Makes as many kinds of events as a public key can, opens every page and sends an honest event.
 *
 * @returns what was not answered as it should be
 */
export async function floodVocabulary(server: Server, flood: Flood): Promise<readonly string[]> {
  const page = sender(await newKey(server, 'browser'))
  const house = sender(await newKey(server, 'server'))
  const faults: string[] = []
  if (flood.imported > 0) await importNames(server, flood.imported)
  for (let from = 0; from < flood.kinds; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, flood.kinds - from) }, (_, i) => ({
      type: 'track',
      anonymousId: 'flood',
      event: `flood ${from + i}`,
      properties: { path: `/flood/${from + i}` },
    }))
    const answer = await ask(server, page, 'POST', '/v1/batch', { batch })
    faults.push(...faultsOf([[`a batch of new names from ${from}`, answer.status, 200]]))
  }
  const honest = { type: 'track', userId: 'ann', event: HONEST, properties: { order_id: 'h1' } }
  const sent = await ask(server, house, 'POST', '/v1/batch', { batch: [honest] })
  faults.push(
    ...faultsOf([['an honest event beside the flood', sent.text.includes('"stored":1,'), true]]),
  )

  await stallMs(server)
  const map = mapNumbers(server).then(
    () => [],
    (error: unknown) => [`the map at the limit: ${String(error).slice(0, 300)}`],
  )
  const opened = await Promise.all([
    map,
    ...PAGES.map(async ([method, path, body]) => {
      const { status, text } = await ask(server, machine(server), method, BASE + path, body)
      return status < 400 || status === 409
        ? []
        : [`${method} ${path} at the limit: ${status} ${text.slice(0, 200)}`]
    }),
  ])
  const held = await stallMs(server)
  flood.say(`every page at once held the server up for ${Math.round(held)} ms at the longest`)
  if (flood.mostStallMs !== null && held > flood.mostStallMs) {
    faults.push(`one thing held everybody up for ${Math.round(held)} ms`)
  }
  const { text } = await ask(server, machine(server), 'GET', `${BASE}/customers?search=ann`)
  const known = text.includes('"ann"')
  return [...faults, ...opened.flat(), ...faultsOf([['who sent the honest event', known, true]])]
}

/** How long the server was busy with one thing, at the longest since this was asked last. */
async function stallMs(server: Server): Promise<number> {
  const { text } = await askOnce(server, machine(server), 'GET', '/metrics')
  return (
    1000 * Number(/^parcurs_event_loop_stall_seconds\{\} (\S+)$/m.exec(text)?.[1] ?? Number.NaN)
  )
}

async function importNames(server: Server, names: number): Promise<void> {
  const rows = Array.from({ length: names }, (_, i) => `2026-10-01T00:00:00Z,c${i % 997},name ${i}`)
  const uploaded = await fetch(`${server.url}${BASE}/imports?name=names.csv`, {
    method: 'POST',
    headers: { ...machine(server), 'content-type': 'application/octet-stream' },
    body: `time,customer,event\n${rows.join('\n')}\n`,
  })
  const { importId }: { importId: string } = JSON.parse(await uploaded.text())
  const options = { customer: 'customer', time: 'time', event: 'event' }
  const path = `${BASE}/imports/${importId}`
  await ask(server, machine(server), 'POST', `${path}/run`, { options })
  for (;;) {
    const state = textOf(await ask(server, machine(server), 'GET', path), 'state')
    if (state === 'done') return
    if (state !== 'running') throw new Error(`the import of names is ${state}`)
  }
}

function did(name: string): object {
  return {
    kind: 'did',
    event: { kind: 'event', names: [name] },
    times: { op: 'gte', value: 1 },
    window: { kind: 'ever' },
  }
}
