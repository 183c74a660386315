// `npm run walk`: compiles tools/map-walk and writes it where it is committed. `npm run walk -- --check` compares instead.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const TOOLS = import.meta.dirname
const PROGRAM = join(TOOLS, '../packages/analytics/src/map-walk/walk-program.ts')
const OPTIONS = [
  'map-walk/map-walk.ts',
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  // 64 KB each: a count that needs more than 1 GB is refused.
  '--maximumMemory',
  '16384',
]

/** Of the sources, and of what compiles them and how. */
function sourceHash() {
  const hash = createHash('sha256')
  const sources = readdirSync(join(TOOLS, 'map-walk')).filter((name) => name.endsWith('.ts'))
  const files = ['package-lock.json', ...sources.toSorted().map((name) => `map-walk/${name}`)]
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(TOOLS, file)))
  return hash.update(OPTIONS.join(' ')).digest('hex')
}

function compiled() {
  if (!existsSync(join(TOOLS, 'node_modules'))) command('npm', ['ci', '--no-audit', '--no-fund'])
  const folder = mkdtempSync(join(tmpdir(), 'map-walk-'))
  try {
    const out = join(folder, 'map-walk.wasm')
    const compiler = join(TOOLS, 'node_modules/assemblyscript/bin/asc.js')
    command(process.execPath, [compiler, ...OPTIONS, '-o', out])
    return readFileSync(out)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function command(program, args) {
  const { status } = spawnSync(program, args, { cwd: TOOLS, stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}

function program(bytes) {
  return `// Compiled from tools/map-walk by \`npm run walk\`: not changed by hand.

/** Of what it was compiled from. */
export const WALK_SOURCE = '${sourceHash()}'

/** The program, in base64. */
export const WALK_PROGRAM =
  '${bytes.toString('base64')}'
`
}

const asked = process.argv[2]
// Without the compiler: a test compares it with what was compiled.
if (asked === '--source') {
  process.stdout.write(sourceHash())
  process.exit(0)
}
const made = program(compiled())
if (asked !== '--check') writeFileSync(PROGRAM, made)
else if (readFileSync(PROGRAM, 'utf8') !== made) {
  process.stderr.write(`${PROGRAM} is not what tools/map-walk compiles to: npm run walk\n`)
  process.exit(1)
}
