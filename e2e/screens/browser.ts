import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { program, type ProgramProcess, ROOT } from '../program/program-process.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A server with the demo shop, and a browser whose owner is signed in. */
export interface Installation {
  readonly origin: string
  /** A new context, signed in; `closed` with its installation at the latest. */
  readonly context: (options?: BrowserContextOptions) => Promise<BrowserContext>
  readonly page: (options?: BrowserContextOptions) => Promise<Watched>
  readonly close: () => Promise<void>
}

/** A page that remembers what it asked for and what its browser complained about. */
export interface Watched {
  readonly page: Page
  readonly asked: readonly string[]
  readonly complaints: readonly string[]
}

export async function installation(demo: 'on' | 'off'): Promise<Installation> {
  if (!existsSync(join(ROOT, 'apps/web/dist/index.html'))) {
    throw new Error('The web app is not built: run `npm run build` first')
  }
  const home = join(mkdtempSync(join(tmpdir(), 'parcurs-screens-')), 'data')
  const started: ProgramProcess = program({ env: { PARCURS_HOME: home, PARCURS_DEMO: demo } })
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--no-first-run'],
  })
  const link = await started.ready
  const first = await browser.newContext()
  const page = await first.newPage()
  await page.goto(link)
  await page.waitForURL(/\/w\//)
  const storageState = await first.storageState()
  await first.close()
  const { origin } = new URL(link)
  const context = (options: BrowserContextOptions = {}) =>
    browser.newContext({
      baseURL: origin,
      storageState,
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    })
  return {
    origin,
    context,
    page: async (options) => watched(await (await context(options)).newPage()),
    close: async () => {
      await browser.close()
      started.child.kill('SIGTERM')
      await started.ended
      rmSync(join(home, '..'), { recursive: true, force: true })
    },
  }
}

function watched(page: Page): Watched {
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return { page, asked, complaints }
}

/** What axe finds against WCAG 2.2 A and AA, in one line each; empty: nothing. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const axe: {
      run: (
        context: Document,
        options: object,
      ) => Promise<{
        violations: {
          id: string
          nodes: { target: unknown[]; failureSummary?: string }[]
        }[]
      }>
    } = Reflect.get(globalThis, 'axe')
    const found = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      // Names match what is seen (2.5.3); axe still counts its rule among the experimental ones.
      rules: { 'label-content-name-mismatch': { enabled: true } },
      resultTypes: ['violations'],
    })
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
    )
  })
}
