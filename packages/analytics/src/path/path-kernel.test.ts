import { describe, expect, test } from 'vitest'
import { graphKernel } from './graph-kernel.ts'
import { containsPattern, itemName } from './path-item.ts'
import { pathKernel, type PathRules } from './path-kernel.ts'
import { shapePaths } from './path-shape.ts'

const LETTERS = ' abcdefgh'
const label = (item: number): string => LETTERS[item] ?? '?'

/** `a0 b60`: items at seconds; z is no item. */
function journey(story: string) {
  const words = story.split(' ')
  return {
    times: Float64Array.from(words, (word) => Number(word.slice(1)) * 1000),
    items: Uint32Array.from(words, (word) => Math.max(0, LETTERS.indexOf(word[0] ?? ''))),
  }
}

const rules = (given: Partial<PathRules> = {}): PathRules => ({
  gap: { ms: 1_800_000, cuts: 'over' },
  begun: null,
  runs: 'collapse',
  start: new Set(),
  end: new Set(),
  through: new Set(),
  steps: 5,
  ...given,
})

function shaped(stories: readonly string[], given: Partial<PathRules> = {}, options = {}) {
  const kernel = pathKernel(rules(given))
  for (const story of stories) kernel.add(journey(story))
  return shapePaths(kernel.tallies(), label, { perColumn: null, edgeLimit: null, ...options })
}

const edges = (stories: readonly string[], given: Partial<PathRules> = {}, options = {}) =>
  shaped(stories, given, options).edges.map(({ from, to, count }) => `${from}>${to} ${count}`)

describe('columns', () => {
  const item = (letter: string) => new Set([LETTERS.indexOf(letter)])
  test.each<readonly [string, string, Partial<PathRules>, readonly string[]]>([
    ['[PA1] exactly 30 min stays', 'a0 b1800', {}, ['1_a>2_b 1']],
    ['[PA1] over 30 min cuts', 'a0 b1800.001', {}, []],
    [
      '[PA1] a gap of its own cuts when reached',
      'a0 b1800',
      { gap: { ms: 1_800_000, cuts: 'at-least' } },
      [],
    ],
    ['[PA1] the whole journey', 'a0 b99999', { gap: null }, ['1_a>2_b 1']],
    [
      '[PA10] a path is of the period in which it began, and whole',
      'a0 a900 b1800 c5000 d5900 e9000',
      { begun: { fromMs: 1_000_000, toMs: 5_500_000 } },
      ['1_c>2_d 1'],
    ],
    ['[PA2] a run is one', 'a0 a5 b10', {}, ['1_a>2_b 1']],
    ['[PA2] a run is kept', 'a0 a5 b10', { runs: 'keep' }, ['1_a>2_a 1', '2_a>3_b 1']],
    ['[PA2] what is no item closes its gap', 'a0 z5 a10 b20', {}, ['1_a>2_b 1']],
    ['[PA3] from a start', 'c0 a1 b2', { start: item('a') }, ['1_a>2_b 1']],
    ['[PA3] without the start', 'c0 b2', { start: item('a') }, []],
    ['[PA3] to an end', 'a0 b1 c2', { end: item('b') }, ['1_a>2_b 1']],
    ['[PA3] through', 'a0 b1', { through: item('c') }, []],
    ['[PA4] the first columns', 'a0 b1 c2', { steps: 2 }, ['1_a>2_b 1']],
    [
      '[PA4] the last columns before an end',
      'a0 b1 c2',
      { steps: 2, end: item('c') },
      ['1_b>2_c 1'],
    ],
    [
      '[PA4] the middle is shortened',
      'a0 b1 c2 d3 e4 f5',
      { steps: 4, start: item('a'), end: item('f') },
      ['1_a>2_b 1', '2_b>3_... 1', '3_...>4_e 1', '4_e>5_f 1'],
    ],
  ])('%s', (_rule, story, given, expected) => {
    expect(edges([story], given)).toEqual(expected)
  })

  test('[PA2] the last of a run keeps its time', () => {
    expect(shaped(['a0 a50 b60']).edges[0]?.meanMs).toBe(10_000)
  })

  test('[PA5] continue, left and beyond add up', () => {
    const { nodes } = shaped(['a0 b1 c2', 'a0 b1', 'a0'], { steps: 2 })
    expect(
      nodes.map(({ key, reached, continued, left, beyond }) => [
        key,
        reached,
        continued,
        left,
        beyond,
      ]),
    ).toEqual([
      ['1_a', 3, 2, 1, 0],
      ['2_b', 2, 0, 1, 1],
    ])
  })

  test('[PA6] the rest of a column stands together', () => {
    const stories = ['a0 b1', 'a0 b1', 'a0 c1', 'a0 d1']
    expect(edges(stories, {}, { perColumn: 1 })).toEqual(['1_a>2_b 2', '1_a>2_other 2'])
  })

  test('[PA6] beyond the limit edges go, and what they cut off', () => {
    const stories = ['a0 b1 c2', 'd0 e1', 'd0 e1', 'a0 b1']
    expect(edges(stories, {}, { edgeLimit: 2 })).toEqual(['1_a>2_b 2', '1_d>2_e 2'])
    expect(edges(['a0 b1 c2', 'd0 b1 c2'], {}, { edgeLimit: 1 })).toEqual([])
  })
})

test.each([
  ['/cart/', '/cart'],
  ['/', '/'],
  ['/2/bar/33/foo', '/bar/*/foo'],
  ['/gone', null],
])('[PA7] %s becomes %s', (raw, name) => {
  const asked = { stripTrailingSlash: true, group: ['/bar/*/foo'], exclude: ['/gone'] }
  expect(itemName(raw, asked)).toBe(name)
})

test('[PA7] patterns are literal but for their stars, and never slow', () => {
  expect(containsPattern('a.c', 'a.c')).toBe(true)
  expect(containsPattern('abc', 'a.c')).toBe(false)
  expect(containsPattern('a'.repeat(50_000), `${'a*'.repeat(500)}b`)).toBe(false)
})

test('[PA8] the graph counts passages, customers and loops', () => {
  const kernel = graphKernel({ gap: null, runs: 'keep' }, 8)
  for (const story of ['a0 a10 b20', 'a0 b99999', 'z0']) kernel.add(journey(story))
  const { edges: tallies, starts, ends, customers } = kernel.tallies()
  expect(
    [...tallies.values()].map(({ from, to, count, customers: n, ms }) => [
      label(from),
      label(to),
      count,
      n,
      ms,
    ]),
  ).toEqual([
    ['a', 'a', 1, 1, [10_000]],
    ['a', 'b', 2, 2, [10_000, 99_999_000]],
  ])
  expect([starts.get(1), ends.get(2), customers]).toEqual([2, 2, 2])
})

test('[PA8] a cut gives no edge, a collapsed run no loop', () => {
  const kernel = graphKernel({ gap: { ms: 1000, cuts: 'over' }, runs: 'collapse' }, 8)
  kernel.add(journey('a0 a1 b2 c99'))
  expect(
    [...kernel.tallies().edges.values()].map(({ from, to }) => label(from) + label(to)),
  ).toEqual(['ab'])
})
