import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { type Figure, millis, perSecond, plain } from './report.ts'
import { startServer } from './server-program.ts'

const FILE = new URL('../../shared/data/shop/online-retail-uci.csv.gz', import.meta.url)
const LEAST = 100_000

interface ImportView {
  readonly state: string
  readonly progress: {
    readonly rows: number
    readonly stored: number
    readonly startedMs: number | null
    readonly endedMs: number | null
  }
}

/** Part (d): the Online Retail file, uploaded and imported as the terminal does it. */
export async function importFile(home: string): Promise<readonly Figure[] | string> {
  if (!existsSync(FILE)) return `the import of Online Retail: no ${FILE.pathname}`
  const server = await startServer(home, false)
  try {
    const path = '/api/workspaces/main/imports'
    const startMs = performance.now()
    const uploaded = await fetch(`${server.url}${path}?name=online-retail-uci.csv.gz`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.token}`,
        'content-type': 'application/octet-stream',
      },
      body: readFileSync(FILE),
    })
    if (!uploaded.ok) throw new Error(`${uploaded.status} ${await uploaded.text()}`)
    const { importId }: { importId: string } = JSON.parse(await uploaded.text())
    await server.call('POST', `${path}/${importId}/run`, {})
    for (;;) {
      const view = await server.call<ImportView>('GET', `${path}/${importId}`)
      const { rows, stored, startedMs, endedMs } = view.progress
      if (view.state === 'failed') throw new Error(JSON.stringify(view))
      if (view.state !== 'done' || startedMs === null || endedMs === null) {
        await delay(50)
        continue
      }
      const ms = endedMs - startedMs
      const rate = (rows / ms) * 1000
      return [
        {
          part: 'import',
          what: `Online Retail, ${rows.toLocaleString('en-US')} rows, ${stored.toLocaleString('en-US')} stored`,
          value: `${perSecond(rows, ms)} (${millis(ms)})`,
          target: `≥ ${LEAST.toLocaleString('en-US')}/s`,
          met: rate >= LEAST,
        },
        plain('import', 'with upload and detection', millis(performance.now() - startMs)),
      ]
    }
  } finally {
    await server.stop()
  }
}
