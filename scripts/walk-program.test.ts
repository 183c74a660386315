import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

test('[AR7] the compiled walk was compiled from the sources that are here: else npm run walk', () => {
  const source = execFileSync(process.execPath, [join(root, 'tools/build-walk.mjs'), '--source'], {
    encoding: 'utf8',
  })
  expect(source).toMatch(/^[0-9a-f]{64}$/)
  const program = join(root, 'packages/analytics/src/map-walk/walk-program.ts')
  expect(readFileSync(program, 'utf8')).toContain(`'${source}'`)
})
