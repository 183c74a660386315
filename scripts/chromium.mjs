// Finds a Chromium for the browser tests, or installs one where that can be done without asking.
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { run } from './steps.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const APPS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
/** Inside a folder of Playwright's cache, by platform. */
const CACHED = [
  'chrome-linux/chrome',
  'chrome-linux64/chrome',
  'chrome-linux/headless_shell',
  'chrome-headless-shell-linux64/chrome-headless-shell',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
]

/** CHROMIUM_PATH, the system's, Playwright's cache, else Debian's package manager when we are root. */
export async function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) {
    return existsSync(env.CHROMIUM_PATH)
      ? { ok: true, path: env.CHROMIUM_PATH }
      : { ok: false, detail: `CHROMIUM_PATH is '${env.CHROMIUM_PATH}': no such file` }
  }
  const found = installed(env)
  if (found !== null) return { ok: true, path: found }
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    process.stdout.write('\n== Installing Chromium\n')
    const quiet = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } }
    await run('apt-get', ['update', '-q'], quiet)
    const { said } = await run('apt-get', ['install', '-y', '-q', 'chromium'], quiet)
    const now = installed(env)
    if (now !== null) return { ok: true, path: now }
    process.stdout.write(said)
  }
  return {
    ok: false,
    detail:
      'no Chromium found. Set CHROMIUM_PATH to one, or install it: `sudo apt-get install chromium` (Debian, Ubuntu), ' +
      '`brew install --cask chromium` (macOS), or `npx playwright-core install chromium`',
  }
}

function installed(env) {
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...onPath, ...APPS, ...playwrights(env)].find((path) => existsSync(path)) ?? null
}

/** Newest first. */
function playwrights(env) {
  const cache =
    env.PLAYWRIGHT_BROWSERS_PATH ||
    join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'ms-playwright')
  if (!existsSync(cache)) return []
  return readdirSync(cache)
    .filter((name) => name.startsWith('chromium'))
    .toSorted((a, b) => Number(b.split('-').at(-1)) - Number(a.split('-').at(-1)))
    .flatMap((name) => CACHED.map((path) => join(cache, name, path)))
}
