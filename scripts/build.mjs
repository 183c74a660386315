// `npm run build`, and the first half of `npm start`: compiles what has changed since it was compiled.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bin, ROOT, run } from './steps.mjs'

const STAMPS = join(ROOT, 'node_modules', '.cache', 'parcurs')
const PACKAGES = [
  'packages/domain',
  'packages/analytics',
  'packages/contract',
  'packages/demo-shop',
]

const PARTS = [
  {
    what: 'Building the server',
    stamp: 'server',
    sources: [...PACKAGES, 'apps/server', 'apps/cli'],
    made: 'apps/server/dist/main.js',
    program: 'tsc',
    args: ['-b', 'apps/server', 'apps/cli'],
  },
  {
    what: 'Building the web app',
    stamp: 'web',
    sources: [...PACKAGES, 'apps/web'],
    made: 'apps/web/dist/index.html',
    program: 'vite',
    args: ['build', 'apps/web', '--logLevel', 'warn'],
  },
]

/** @returns null, or what went wrong, told by the compiler */
export async function build(say = () => {}) {
  mkdirSync(STAMPS, { recursive: true })
  for (const { what, stamp, sources, made, program, args } of PARTS) {
    const file = join(STAMPS, stamp)
    const now = fingerprint(sources)
    const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
    if (before === now && existsSync(join(ROOT, made))) continue
    say(`${what} …`)
    const { code, said } = await run(bin(program), args, { quiet: true })
    if (code !== 0) return `${what} failed:\n${said.trimEnd()}`
    writeFileSync(file, now)
  }
  return null
}

/** Of names, sizes and times of everything that is compiled, and of what compiles it. */
function fingerprint(folders) {
  const hash = createHash('sha256')
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(ROOT, path))
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  const walk = (folder) => {
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true }).toSorted(byName)) {
      if (entry.name === 'dist' || entry.name === 'node_modules') continue
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else add(path)
    }
  }
  for (const folder of folders) walk(folder)
  for (const file of ['package-lock.json', 'tsconfig.base.json']) add(file)
  return hash.digest('hex')
}

const byName = (a, b) => (a.name < b.name ? -1 : 1)

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const failure = await build((line) => process.stdout.write(`${line}\n`))
  if (failure !== null) {
    process.stderr.write(`${failure}\n`)
    process.exit(1)
  }
}
