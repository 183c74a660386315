import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { snippetLines } from '../apps/cli/src/key-snippet.ts'
import { type ProgramProcess, program, serverFile } from './program/program-process.ts'

// apps/server SPEC.md [CO33]: a page of another site with the snippet that `parcurs key` prints.

const home = join(mkdtempSync(join(tmpdir(), 'parcurs-browser-client-')), 'data')
let started: ProgramProcess
let browser: Browser

beforeAll(async () => {
  started = program({ env: { PARCURS_HOME: home } })
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  await started.ready
})
afterAll(async () => {
  await browser.close()
  started.child.kill('SIGTERM')
  await started.ended
  rmSync(join(home, '..'), { recursive: true, force: true })
})

async function asked(path: string, body?: object): Promise<Record<string, unknown>> {
  const { url, token } = serverFile(home)
  const answer = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await answer.json()) as Record<string, unknown>
}

test('[CO33] Segment’s snippet on a page of another site sends its page, a track and an identify', async () => {
  const { url } = serverFile(home)
  const made = await asked('/api/workspaces/main/write-keys', { name: 'site', kind: 'browser' })
  const snippet = snippetLines('browser', { key: String(made['key']), address: url })
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    const script = snippet.slice(snippet.indexOf('<script>')).join('\n')
    response.end(`<!doctype html><title>Shop</title>${script}<h1>Shop</h1>`)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const address = site.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  try {
    const page = await browser.newPage()
    const elsewhere: string[] = []
    page.on('request', (request) => {
      const { host } = new URL(request.url())
      if (host !== new URL(url).host && host !== `127.0.0.1:${port}`) elsewhere.push(host)
    })
    await page.goto(`http://127.0.0.1:${port}/cart`)
    await page.evaluate(
      `analytics.identify('ann', { plan: 'gold' }); analytics.track('Cart Seen', { value: 5 })`,
    )
    const names = async () => {
      const { events } = await asked('/api/workspaces/main/vocabulary')
      return (events as readonly { readonly name: string }[]).map(({ name }) => name).toSorted()
    }
    await expect.poll(names, { timeout: 15_000 }).toEqual(['Cart Seen', 'page_view'])
    const { traits } = await asked('/api/workspaces/main/vocabulary')
    expect(traits).toMatchObject([{ name: 'plan', customers: 1 }])
    expect(elsewhere).toEqual([])
  } finally {
    site.close()
  }
})
