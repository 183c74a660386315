import { describe, expect, test } from 'vitest'
import { chosenWorkspace } from './asked-workspace.ts'

function chosen(slugs: readonly string[], filled: readonly string[], asked?: string) {
  const workspaces = slugs.map((slug) => ({ slug, simulated: slug === 'demo' }))
  return chosenWorkspace(workspaces, asked, async (slug) => filled.includes(slug))
}

describe('[CT4] the workspace of a question', () => {
  test.each([
    ['the one asked for', ['demo', 'main'], ['demo'], 'main', 'main'],
    ['the only one, with events or not', ['main'], [], undefined, 'main'],
    ['the only one with events', ['demo', 'main'], ['demo'], undefined, 'demo'],
    ['its own before the simulated shop', ['demo', 'main'], ['demo', 'main'], undefined, 'main'],
    ['the only one with events, whichever it is', ['demo', 'main'], ['main'], undefined, 'main'],
  ] as const)('%s', async (_name, slugs, filled, asked, expected) => {
    expect(await chosen(slugs, filled, asked)).toBe(expected)
  })

  test.each([
    [['demo', 'main', 'b'], ['demo', 'main', 'b'], undefined, 'with --workspace: main, b'],
    [['a', 'b', 'c'], ['a', 'c'], undefined, 'several workspaces have events; .*: a, c'],
    [['demo', 'main'], [], undefined, 'no workspace has events yet; .*: demo, main'],
    [['demo', 'main'], ['demo'], 'mian', "no workspace 'mian'; there are demo, main"],
    [[], [], undefined, 'there is no workspace yet'],
  ] as const)('of %j with events in %j, asked for %s: %s', async (slugs, filled, asked, words) => {
    await expect(chosen(slugs, filled, asked)).rejects.toThrow(new RegExp(words))
  })
})
