import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

// A rule without a test is a wish; a test without a rule is a guess. SPEC.md of each package names the rules,
// `[FN3]`; the names of tests begin with one.

const root = resolve(import.meta.dirname, '..')
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)))
const read = (file: string) => readFileSync(join(root, file), 'utf8')

const RULE = /\[([A-Z]{2}\d+)\]/g
const rulesIn = (text: string) => [...text.matchAll(RULE)].map(([, rule = '']) => rule)

const specs = tracked.filter((file) => /(^|\/)SPEC\.md$/.test(file))
const tests = tracked.filter((file) => /\.test\.tsx?$/.test(file))

/** A rule is stated where its id is first on a line, after a bullet or a table's bar. */
const statedIn = (file: string) =>
  [...read(file).matchAll(/^(?:[-*|#\s]|\*\*)*\[([A-Z]{2}\d+)\]/gm)].map(([, rule = '']) => rule)
const stated = new Set(specs.flatMap(statedIn))
const shown = new Set(tests.flatMap((file) => rulesIn(read(file))))

test('[SP1] every rule has a test', () => {
  expect([...stated].filter((rule) => !shown.has(rule)).sort()).toEqual([])
})

test('[SP2] every rule that a test names is stated', () => {
  expect([...shown].filter((rule) => !stated.has(rule)).sort()).toEqual([])
})

test('[SP3] an id stands for one rule of its page', () => {
  const twice = specs.flatMap((file) => {
    const rules = statedIn(file)
    return rules.filter((rule, i) => rules.indexOf(rule) !== i).map((rule) => `${file} ${rule}`)
  })
  expect(twice).toEqual([])
})
