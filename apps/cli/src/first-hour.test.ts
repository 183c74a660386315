import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'parcurs-first-hour-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The command as typed in an empty folder; PORT is one where nobody answers. */
function typed(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const { PATH } = process.env
  return spawnSync(
    process.execPath,
    ['--conditions=source', `--import=${loader}`, main, ...words],
    { cwd: folder, encoding: 'utf8', env: { PATH, PORT: '9', ...env } },
  )
}

test('[CT8] [CT9] a reading command makes no store, and says so as JSON when asked', () => {
  const { stdout, status } = typed(['funnel', '--steps', 'a,b', '--json'])
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toEqual({
    problem: {
      code: 'command',
      detail: expect.stringMatching(/^no data in .*\.parcurs: run this/),
    },
  })
  expect(existsSync(join(folder, '.parcurs'))).toBe(false)
})

test('[CT8] PARCURS_URL without a token is not passed over', () => {
  const { stderr, status } = typed(['map'], { PARCURS_URL: 'https://journeys.example.com' })
  expect(status).toBe(1)
  expect(stderr).toMatch(
    /PARCURS_URL is https:\/\/journeys\.example\.com, but PARCURS_TOKEN is not/,
  )
})

test('[CT9] an option that is not known is JSON too; the version is the package’s', () => {
  const { stdout, status } = typed(['map', '--jsom', '--json'])
  expect(status).toBe(1)
  expect(JSON.parse(stdout).problem.detail).toMatch(/unknown option '--jsom'/)
  const version = typed(['--version'])
  expect(version.status).toBe(0)
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})
