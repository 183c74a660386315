// The checks that need no store and no browser; also the first part of `npm test`.
import { bin, command, vitest } from './steps.mjs'

export async function quickChecks() {
  return [
    await command('Lock file', process.execPath, ['scripts/complete-lock.mjs', '--check']),
    await command('Format', bin('biome'), ['format', '.']),
    await command('Types', bin('tsc'), ['-b']),
    await command('Lint', bin('oxlint'), ['--type-aware', '--deny-warnings']),
    await vitest('Pure tests', ['pure', 'web']),
  ]
}
