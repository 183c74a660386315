import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { ROOT } from './program-process.ts'
import { freePort } from '../survival/server.ts'

// The README's commands as they stand there, in its order, on a folder where nothing is yet; under the Node that runs
// this test, and under the newer ones as the package registry has them.

const run = promisify(execFile)
const work = mkdtempSync(join(tmpdir(), 'parcurs-e2e-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const DAY_MS = 86_400_000
const SHOP = Array.from({ length: 60 }, (_, n) => {
  const at = (hours: number) =>
    new Date(Date.UTC(2026, 9, 1) + (n % 20) * DAY_MS + hours * 3_600_000).toISOString()
  return [
    `c${n},view_item,${at(0)},`,
    ...(n % 2 === 0 ? [`c${n},add_to_cart,${at(1)},`] : []),
    ...(n % 4 === 0 ? [`c${n},purchase,${at(2)},${20 + n}.50`] : []),
  ]
}).flat()

/** Blocks of the README that type the program's commands. */
const blocks = [
  ...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm),
]
  .map(([, text = '']) => text)
  .filter((text) => text.includes('npx parcurs'))

/** @returns what the last block, the questions, printed */
async function firstHour(node: string, name: string): Promise<string> {
  const folder = join(work, name)
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(folder, 'shop.csv'), ['customer,event,time,revenue', ...SHOP].join('\n'))
  const parcurs = join(ROOT, 'apps/cli/bin/parcurs.mjs')
  // Inside the checkout npx finds the command there.
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\nexec "${node}" "${parcurs}" "$@"\n`)
  chmodSync(join(bin, 'npx'), 0o755)
  const env = {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    PORT: String(await freePort()),
    PARCURS_DEMO: 'off',
    NO_COLOR: '1',
  }
  const server = execFile(node, [join(ROOT, 'scripts/start.mjs')], { cwd: folder, env })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  try {
    await expect
      .poll(() => existsSync(join(folder, '.parcurs/server.json')), { timeout: 120_000 })
      .toBe(true)
    let said = ''
    for (const text of blocks) {
      const ran = await run('bash', ['-eu', '-c', text], { cwd: folder, env })
      // When it was asked differs.
      said = ran.stdout.replaceAll(/"nowMs": \d+/g, '')
    }
    return said
  } finally {
    server.kill('SIGTERM')
    await ended
  }
}

async function nodeOf(major: number): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`
  await run('npm', ['pack', '--silent', `${name}@${major}`], { cwd: work })
  const folder = join(work, `node-${major}`)
  mkdirSync(folder)
  await run(
    'bash',
    ['-c', `tar -xzf ${name}-${major}.*.tgz -C node-${major} && rm ${name}-${major}.*.tgz`],
    {
      cwd: work,
    },
  )
  const node = join(folder, 'package/bin/node')
  const { stdout } = await run(node, ['--version'])
  expect(stdout).toMatch(new RegExp(`^v${major}\\.`))
  return node
}

test('[PR17] the README’s commands work in their order, and say the same under Node 22 and 24', async () => {
  expect(blocks).toHaveLength(2)
  const said = await firstHour(process.execPath, 'here')
  expect(said).toContain('60 customers entered')
  expect(said).toMatch(/purchase +15/)
  for (const major of [22, 24]) {
    expect(await firstHour(await nodeOf(major), `newer-${major}`)).toBe(said)
  }
})
