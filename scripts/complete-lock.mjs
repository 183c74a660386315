// npm leaves platform packages that the registry did not serve at install time out of the lock,
// and `npm ci` then refuses that lock. This adds the missing entries; with --check it only says so.
import { readFileSync, writeFileSync } from 'node:fs'

const file = 'package-lock.json'
const lock = JSON.parse(readFileSync(file, 'utf8'))
const OS = [
  [/darwin|macos/, 'darwin'],
  [/win32|windows/, 'win32'],
  [/android/, 'android'],
  [/freebsd/, 'freebsd'],
  [/openharmony/, 'openharmony'],
  [/linux/, 'linux'],
]
const CPU = [
  [/arm64|aarch64/, 'arm64'],
  [/x64|x86_64/, 'x64'],
  [/ia32/, 'ia32'],
  [/ppc64/, 'ppc64'],
  [/s390x/, 's390x'],
  [/riscv64/, 'riscv64'],
  [/loong64/, 'loong64'],
  [/arm/, 'arm'],
]
const named = (table, name) => table.find(([pattern]) => pattern.test(name))?.[1]
const added = []
for (const [path, held] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(held.optionalDependencies ?? {})) {
    const own = `${path}/node_modules/${name}`
    const top = `node_modules/${name}`
    if (lock.packages[own] || lock.packages[top]) continue
    const os = named(OS, name)
    const cpu = named(CPU, name)
    if (!/^\d/.test(version) || !os) continue
    lock.packages[top] = {
      version,
      optional: true,
      ...(held.dev ? { dev: true } : {}),
      os: [os],
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(/musl/.test(name) ? { libc: ['musl'] } : {}),
    }
    added.push(`${name}@${version}`)
  }
}
// A lock must work with any registry, so it names none.
for (const held of Object.values(lock.packages)) {
  if (/^https?:/.test(held.resolved ?? '')) delete held.resolved
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
)
const text = `${JSON.stringify(lock, null, 2)}\n`
if (process.argv.includes('--check')) {
  if (text !== readFileSync(file, 'utf8')) {
    console.error('package-lock.json is incomplete or names a registry: run `npm run lock`')
    process.exit(1)
  }
} else {
  writeFileSync(file, text)
  console.log(`package-lock.json: ${added.length} entries added`)
}
