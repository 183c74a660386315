// What `npm test` and `npm run check` are made of. A step says what passed, what failed, what was
// skipped and why; nothing stops the next one, so that one run tells everything.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The program of a dependency, without npx in between. */
export const bin = (name) => join(ROOT, 'node_modules', '.bin', name)

/** Runs a command with its output shown. @returns its exit code and the end of what it printed */
export function run(command, args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    const keep = (shown) => (chunk) => {
      said = `${said}${chunk}`.slice(-200_000)
      if (!quiet) shown.write(chunk)
    }
    child.stdout.on('data', keep(process.stdout))
    child.stderr.on('data', keep(process.stderr))
    child.on('error', (error) => resolve({ code: 127, said: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, said }))
  })
}

/** A command that is one check: it passes when it exits with 0. */
export async function command(title, program, args, options = {}) {
  heading(title)
  const { code, said } = await run(program, args, { quiet: true, ...options })
  if (code !== 0) process.stdout.write(`${said.trimEnd()}\n`)
  return code === 0 ? passed() : failed(`${title}: exit code ${code}`)
}

/** Projects of vitest.config.ts; every test counts, and a file that cannot be read is one failure. */
export async function vitest(title, projects, env = {}) {
  heading(title)
  const folder = mkdtempSync(join(tmpdir(), 'parcurs-report-'))
  const file = join(folder, 'report.json')
  const { code } = await run(
    bin('vitest'),
    [
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    { env },
  )
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
  rmSync(folder, { recursive: true, force: true })
  if (report === null) return failed(`${title}: no report (exit code ${code})`)
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, file: relative(ROOT, name) })),
  )
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  const of = (status) => tests.filter((test) => test.status === status)
  const failures = [
    ...of('failed').map(({ file, fullName }) => `${file}: ${fullName}`),
    ...broken.map(({ name }) => `${relative(ROOT, name)}: could not be run`),
  ]
  // An error outside of every test, such as an unhandled rejection.
  if (failures.length === 0 && code !== 0) failures.push(`${title}: exit code ${code}`)
  return {
    passed: of('passed').length,
    failures,
    skipped: ['skipped', 'pending', 'todo', 'disabled']
      .flatMap(of)
      .map(({ file, fullName }) => `${file}: ${fullName}`),
  }
}

/** A command whose last line is `N passed, N failed[, N skipped]`. */
export async function counted(title, program, args) {
  heading(title)
  const { code, said } = await run(program, args, { quiet: true })
  const lines = said.trimEnd().split('\n')
  const [, ok, bad, out] =
    /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/.exec(lines.at(-1) ?? '') ?? []
  if (ok === undefined || code !== 0) process.stdout.write(`${said.trimEnd()}\n`)
  if (ok === undefined) return failed(`${title}: no result (exit code ${code})`)
  process.stdout.write(`${lines.at(-1)}\n`)
  const failures = Array.from({ length: Number(bad) }, (_, at) => `${title}: case ${at + 1} above`)
  if (failures.length === 0 && code !== 0) failures.push(`${title}: exit code ${code}`)
  const skipped = lines
    .filter((line) => /^skip(ped)?\b/i.test(line))
    .map((line) => `${title}: ${line}`)
  const named = skipped.slice(0, Number(out ?? 0))
  while (named.length < Number(out ?? 0)) named.push(`${title}: see its list`)
  return { passed: Number(ok), failures, skipped: named }
}

export const passed = () => ({ passed: 1, failures: [], skipped: [] })
export const failed = (why) => ({ passed: 0, failures: [why], skipped: [] })

/** Lists what failed and what was skipped, prints the one plain line, and sets the exit code. */
export function conclude(results) {
  const failures = results.flatMap((result) => result.failures)
  const skipped = results.flatMap((result) => result.skipped)
  const count = results.reduce((sum, result) => sum + result.passed, 0)
  if (skipped.length > 0) process.stdout.write(`\nSkipped:\n${list(grouped(skipped))}`)
  if (failures.length > 0) process.stdout.write(`\nFailed:\n${list(failures)}`)
  const out = skipped.length > 0 ? `, ${skipped.length} skipped` : ''
  process.stdout.write(`\n${count} passed, ${failures.length} failed${out}\n`)
  process.exitCode = failures.length === 0 ? 0 : 1
}

const list = (lines) => lines.map((line) => `  ${line}\n`).join('')

/** Many skipped for one reason are one line with their number. */
function grouped(lines) {
  const counts = new Map()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count})`))
}

function heading(title) {
  process.stdout.write(`\n== ${title}\n`)
}
