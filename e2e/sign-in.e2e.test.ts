import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ProgramProcess, program, ROOT } from './program/program-process.ts'

const home = join(mkdtempSync(join(tmpdir(), 'parcurs-sign-in-')), 'data')
let started: ProgramProcess
let browser: Browser
let link = ''

beforeAll(async () => {
  started = program({ env: { PARCURS_HOME: home, PARCURS_LOG: 'debug' } })
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  link = await started.ready
})
afterAll(async () => {
  await browser.close()
  started.child.kill('SIGTERM')
  await started.ended
  rmSync(join(home, '..'), { recursive: true, force: true })
})

/** A page that remembers what it asked for and what its browser complained about. */
async function watched(
  context: BrowserContext,
): Promise<{ page: Page; asked: string[]; complaints: string[] }> {
  const page = await context.newPage()
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return { page, asked, complaints }
}

async function anotherLink(): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--conditions=source',
      '--import',
      join(ROOT, 'node_modules/tsx/dist/loader.mjs'),
      join(ROOT, 'apps/cli/src/main.ts'),
      'link',
    ],
    { env: { PATH: process.env['PATH'] ?? '', PARCURS_HOME: home } },
  )
  return stdout.trim()
}

test('[SI1] the printed link opens the workspace signed in, once, and leaves no token behind', async () => {
  const context = await browser.newContext()
  const { page, asked, complaints } = await watched(context)
  await page.goto(link)
  await page.waitForURL(/\/w\/main/)
  const token = link.split('#')[1] ?? ''
  expect(page.url()).not.toContain(token)
  const { origin } = new URL(link)
  expect(asked.filter((url) => url.includes(token))).toEqual([])
  expect(asked.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([])
  // Nothing the content security policy refuses, nothing that fails.
  expect(complaints).toEqual([])
  const [cookie] = await context.cookies()
  expect(cookie).toMatchObject({
    name: expect.stringMatching(/^parcurs_[0-9a-f]{12}$/),
    httpOnly: true,
    sameSite: 'Strict',
    path: expect.stringMatching(/^\/~[0-9a-f]{12}\/$/),
  })
  expect(await page.evaluate(() => document.cookie)).toBe('')

  const other = await browser.newContext()
  const second = await other.newPage()
  await second.goto(link)
  await second.getByRole('alert').waitFor()
  expect(await other.cookies()).toEqual([])
  expect(started.err() + started.out().replace(link, '')).not.toContain(token)
  await Promise.all([context.close(), other.close()])
})

test('[SI1] `parcurs link` prints another, for whoever can read the data folder', async () => {
  const printed = new URL(await anotherLink())
  expect(printed.origin).toBe(new URL(link).origin)
  const answer = await fetch(`${printed.origin}/api/sign-in/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: printed.hash.slice(1) }),
  })
  expect(answer.status).toBe(200)
})

test('[SI12] another program on the host neither gets the cookie nor signs anybody out', async () => {
  const got: string[] = []
  const neighbour = createServer((request, response) => {
    got.push(request.headers.cookie ?? '')
    response.setHeader('set-cookie', 'parcurs_session=theirs; Path=/')
    response.end('<!doctype html><title>Neighbour</title>')
  })
  neighbour.listen(0, '127.0.0.1')
  await once(neighbour, 'listening')
  const address = neighbour.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const context = await browser.newContext()
  const { page } = await watched(context)
  await page.goto(await anotherLink())
  await page.waitForURL(/\/w\/main/)
  const { hostname, origin } = new URL(page.url())
  for (const path of ['/', '/api/me', '/w/main']) {
    await page.goto(`http://${hostname}:${port}${path}`)
  }
  expect(got.length).toBeGreaterThanOrEqual(3)
  expect(got.filter((header) => header.includes('ps_'))).toEqual([])
  await page.goto(`${origin}/w/main`)
  await page.getByRole('main').waitFor()
  expect(page.url()).toContain('/w/main')
  await context.close()
  neighbour.close()
})

test('[HT3] a page of another site cannot use the session', async () => {
  const { origin } = new URL(link)
  const answer = await fetch(`${origin}/api/sign-out`, {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
  })
  expect(answer.status).toBe(403)
})

test('[HT12] the page of the interface obeys the policy too', async () => {
  const context = await browser.newContext()
  const { page, asked, complaints } = await watched(context)
  const { origin } = new URL(link)
  await page.goto(`${origin}/docs/api`)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Parcurs API')
  expect(complaints).toEqual([])
  expect(asked.filter((url) => !url.startsWith(origin))).toEqual([])
  await context.close()
})
