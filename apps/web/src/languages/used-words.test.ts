import { describe, expect, test } from 'vitest'
import { HOME_NOUNS } from '../shell/router.tsx'
import { FIRST_NOUNS } from '../shell/unreached.ts'
import { cataloguesOf } from './every-word.ts'

const files = import.meta.glob<string>(
  ['../*/*.ts', '../*/*.tsx', '!../**/*.test.*', '!../fixture/*'],
  {
    eager: true,
    query: '?raw',
    import: 'default',
  },
)
const sources = new Map(Object.entries(files).map(([path, text]) => [path.slice(3), text]))

/** `./b.ts` or `../c/b.ts` as seen from `a/x.ts`. */
function normalize(from: string, to: string): string {
  const [folder = ''] = from.split('/')
  return to.startsWith('../') ? to.slice(3) : `${folder}/${to.slice(2)}`
}

/** The keys that a source says, as patterns: `t('a.b')` and, for what is filled in, t(`a.${x}.c`). */
function said(source: string): readonly RegExp[] {
  const found = source.matchAll(/\bt\(\s*(?:'([\w.-]+)'|`([^`]+)`)/g)
  const chosen = source.matchAll(/'([a-zA-Z]+(?:\.[\w-]+)+)'/g)
  return [...found, ...chosen].map(([, plain, filled]) => {
    const parts = (plain ?? filled ?? '').split(/\$\{[^}]*\}/)
    return new RegExp(`^${parts.map(escaped).join('[^.]+')}(_(zero|one|two|few|many|other))?$`)
  })
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

const keys = new Map(
  [...cataloguesOf('en')].map(([noun, tree]) => [noun, [...leaves(tree, '')]] as const),
)

function leaves(tree: object, place: string): readonly string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' ? leaves(value, `${place}${key}.`) : [place + key],
  )
}

const everything = [...sources.values()].flatMap(said)

test.each([...keys])('[UI18] no word of %s is unused', (_, own) => {
  expect(own.filter((key) => !everything.some((pattern) => pattern.test(key)))).toEqual([])
})

/** Everything a module is drawn with; what it fetches by `import(…)` is a screen or overlay of its own. */
function reach(module: string, seen = new Set<string>()): ReadonlySet<string> {
  const source = sources.get(module)
  if (source === undefined || seen.has(module)) return seen
  seen.add(module)
  for (const [, from = ''] of source.matchAll(
    /^(?:import|export)(?! type)[^'"]*?from '(\.[^']+)'/gms,
  )) {
    reach(normalize(module, from), seen)
  }
  return seen
}

/** The nouns whose words the modules say. A key has one noun alone, so its group tells. */
function nounsOf(modules: Iterable<string>): readonly string[] {
  const patterns = [...modules].flatMap((module) => said(sources.get(module) ?? ''))
  return [...keys].flatMap(([noun, own]) =>
    own.some((key) => patterns.some((pattern) => pattern.test(key))) ? [noun] : [],
  )
}

const router = sources.get('shell/router.tsx') ?? ''
const lazy = new Map(
  [...router.matchAll(/const (\w+) = \(\) => import\('([^']+)'\)/g)].map(
    ([, name = '', from = '']) => [name, from],
  ),
)
const screens = [
  ...router.matchAll(
    /screen\(\s*(?:\(\) => import\('([^']+)'\)|(\w+)),\s*'(\w+)',\s*(\[[^\]]*\]|\w+),?\s*\)/g,
  ),
].map(([, from, name = '', shown = '', nouns = '']) => ({
  shown,
  module: normalize('shell/router.tsx', from ?? lazy.get(name) ?? ''),
  nouns:
    nouns === 'HOME_NOUNS' ? HOME_NOUNS : [...nouns.matchAll(/'([^']+)'/g)].map(([, noun]) => noun),
}))

describe('[UI18] the words of a screen come with it', () => {
  test('[UI18] every route of the router is read here', () => {
    expect(screens.length).toBe([...router.matchAll(/\.\.\.screen\(/g)].length)
    expect(screens.length).toBeGreaterThan(10)
  })

  test.each(screens)('[UI18] $shown', ({ module, nouns }) => {
    expect(sources.has(module)).toBe(true)
    const open: readonly (string | undefined)[] = [...FIRST_NOUNS, ...nouns]
    expect(nounsOf(reach(module)).filter((noun) => !open.includes(noun))).toEqual([])
  })

  test('[UI18] overlays say nothing that is not there from the first', () => {
    const overlays = ['command-menu', 'shortcut-sheet', 'places-sheet', 'start', 'not-found']
    for (const name of overlays) {
      const nouns = nounsOf(reach(`shell/${name}.tsx`))
      expect([name, nouns.filter((noun) => !FIRST_NOUNS.some((first) => first === noun))]).toEqual([
        name,
        [],
      ])
    }
  })

  test('[UI33] the words that the home needs are built into one file', () => {
    const [config = ''] = Object.values(
      import.meta.glob<string>('../../vite.config.ts', {
        eager: true,
        query: '?raw',
        import: 'default',
      }),
    )
    const [, listed = ''] = /HOME_NOUNS: readonly string\[\] = \[([^\]]*)\]/.exec(config) ?? []
    const built = [...listed.matchAll(/'([^']+)'/g)].map(([, noun]) => noun)
    expect(new Set(built)).toEqual(new Set([...FIRST_NOUNS, ...HOME_NOUNS]))
  })
})
