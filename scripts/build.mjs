// `npm run build`, and the first half of `npm start`: compiles what has changed since it was compiled.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bin, ROOT, run } from './steps.mjs'

// Beside what was built: `npm ci` empties node_modules.
const STAMPS = join(ROOT, 'apps', 'server', 'dist')
const PACKAGES = [
  'packages/domain',
  'packages/analytics',
  'packages/contract',
  'packages/demo-shop',
]

const PARTS = [
  {
    what: 'Building the server',
    stamp: '.server-built-of',
    sources: [...PACKAGES, 'apps/server', 'apps/cli'],
    made: 'apps/server/dist/main.js',
    program: 'tsc',
    args: ['-b', 'apps/server', 'apps/cli'],
  },
  {
    what: 'Building the web app',
    stamp: '.web-built-of',
    sources: [...PACKAGES, 'apps/web'],
    made: 'apps/web/dist/index.html',
    program: 'vite',
    args: ['build', 'apps/web', '--logLevel', 'warn'],
  },
]

/** @returns null, or what went wrong in words for whoever typed the command */
export async function build(say = () => {}) {
  try {
    for (const part of PARTS) {
      const failure = await buildPart(part, say)
      if (failure !== null) return failure
    }
    return null
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error
    return `cannot write to ${error.path} (${error.code}): build as the owner of ${ROOT} (npm run build), then anybody who can read it can start it`
  }
}

async function buildPart({ what, stamp, sources, made, program, args }, say) {
  const file = join(STAMPS, stamp)
  const now = fingerprint(sources)
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (before === now && existsSync(join(ROOT, made))) return null
  // Other packages bring a compiler along, but not all that it needs.
  if (!existsSync(bin('vite'))) {
    return `${made} is not built from these sources, and what builds it is not installed: run \`npm ci\` without --omit=dev`
  }
  // Asked first: a compiler says it with a hundred lines.
  mkdirSync(STAMPS, { recursive: true })
  writeFileSync(file, '')
  say(`${what} …`)
  const { code, said } = await run(bin(program), args, { quiet: true })
  if (code !== 0) return `${what} failed:\n${said.trimEnd()}`
  writeFileSync(file, now)
  return null
}

/** Of names and contents of everything that is compiled, and of what compiles it. */
function fingerprint(folders) {
  const hash = createHash('sha256')
  const add = (path) => {
    const bytes = readFileSync(join(ROOT, path))
    hash.update(`${path} ${bytes.length}\n`).update(bytes)
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
