import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

// Compares every import with the table "Who may import whom" in ARCHITECTURE.md, read from there.

const root = resolve(import.meta.dirname, '..')

interface Folder {
  readonly path: string
  readonly name: string
  readonly files: readonly string[]
  readonly dependencies: ReadonlySet<string>
  readonly allowed: readonly string[]
}

const folders = table().map(({ path, allowed }): Folder => {
  const held: {
    readonly name: string
    readonly dependencies?: object
    readonly devDependencies?: object
    readonly optionalDependencies?: object
  } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))
  const { dependencies, devDependencies, optionalDependencies } = held
  return {
    path,
    name: held.name,
    allowed,
    files: sources(join(root, path, 'src')),
    dependencies: new Set(
      [dependencies, devDependencies, optionalDependencies].flatMap((of) => Object.keys(of ?? {})),
    ),
  }
})

test('[AR1] the table names every workspace and no other', () => {
  const workspaces = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent))
      .map((name) => `${parent}/${name}`)
      .filter((path) => existsSync(join(root, path, 'package.json'))),
  )
  expect(folders.map(({ path }) => path).toSorted()).toEqual(workspaces.toSorted())
})

test.each(folders)('[AR1] $path imports what the table allows', (folder) => {
  expect(folder.files.length).toBeGreaterThan(0)
  expect(folder.files.flatMap((file) => faults(folder, file))).toEqual([])
})

test.each(folders.filter(({ path }) => path.startsWith('packages/')))(
  '[AR2] $path takes time and randomness as arguments and knows no process',
  ({ files }) => {
    const impure =
      /\b(Date\.now|new Date\(\)|Math\.random|performance\.now|crypto\.(randomUUID|getRandomValues)|process\.|setTimeout\(|setInterval\(|fetch\(|globalThis\.process)/
    const found = files.filter(isCode).flatMap((file) =>
      code(file)
        .split('\n')
        .flatMap((line, at) =>
          impure.test(line) ? [`${relative(root, file)}:${at + 1} ${line.trim()}`] : [],
        ),
    )
    expect(found).toEqual([])
  },
)

test('[AR3] index.ts stands only at the root of a package, and two levels are under src', () => {
  const all = folders.flatMap(({ path, files }) =>
    files.map((file) => relative(join(root, path, 'src'), file)),
  )
  expect(all.filter((file) => /(^|\/)index\.tsx?$/.test(file) && file.includes('/'))).toEqual([])
  expect(all.filter((file) => file.split('/').length > 2)).toEqual([])
})

const ROOMS = 'apps/server/src'

test('[AR4] rooms of the server import what their row allows, and no row allows more', () => {
  const allowed = rooms()
  const arrows = new Map<string, Set<string>>()
  for (const file of folders.find(({ path }) => path === 'apps/server')?.files ?? []) {
    const room = roomOf(file)
    // What stands above all rooms starts the program; tests may look into every room.
    if (room === null || room === 'testing' || !isCode(file)) continue
    const held = arrows.get(room) ?? new Set()
    arrows.set(room, held)
    for (const specifier of imports(file)) {
      const other = specifier.startsWith('.') ? roomOf(resolve(dirname(file), specifier)) : null
      if (other !== null && other !== room) held.add(other)
    }
  }
  const sorted = (of: ReadonlyMap<string, ReadonlySet<string>>) =>
    [...of].map(([room, others]) => `${room}: ${[...others].toSorted().join(', ')}`).toSorted()
  expect(sorted(arrows)).toEqual(sorted(allowed))
  // From the ground up: each row names only rows above it, so there is no circle.
  const order = [...allowed.keys()]
  const upward = [...allowed].flatMap(([room, others]) =>
    [...others].filter((other) => order.indexOf(other) >= order.indexOf(room)),
  )
  expect(upward).toEqual([])
})

test('[AR5] no files import each other in a circle at run time', () => {
  const edges = new Map(
    folders.flatMap(({ files }) =>
      files.map((file) => [file, runTimeImports(file).map((at) => resolve(dirname(file), at))]),
    ),
  )
  expect(circles(edges).map((circle) => circle.map((file) => relative(root, file)))).toEqual([])
})

test.each(folders.map(({ path }) => path).filter((path) => path.startsWith('packages/')))(
  '[AR6] %s names what it exports, and somebody else imports each of it',
  (path) => {
    const index = code(join(root, path, 'src/index.ts'))
    expect(index).not.toMatch(/export\s*\*/)
    const exported = [...index.matchAll(/\{([^}]*)\}/g)].flatMap(([, names]) => namesIn(names))
    const others = [
      ...folders.filter((folder) => folder.path !== path).flatMap(({ files }) => files),
      ...['bench', 'e2e', 'scripts'].flatMap((folder) => sources(join(root, folder))),
    ]
    const used = new Set(others.flatMap((file) => namesFrom(file, folderNamed(path))))
    expect(exported.filter((name) => !used.has(name))).toEqual([])
  },
)

function folderNamed(path: string): string {
  return folders.find((folder) => folder.path === path)?.name ?? path
}

/** What a file imports of a package by name. */
function namesFrom(file: string, name: string): readonly string[] {
  const text = readFileSync(file, 'utf8')
  if (!text.includes(name)) return []
  return [...text.matchAll(/\{([^}]*)\}\s*from\s*'([^']+)'/g)].flatMap(([, names, from]) =>
    from === name ? namesIn(names) : [],
  )
}

/** `type A, b as c` → A, b. */
function namesIn(list: string | undefined): readonly string[] {
  return (list ?? '')
    .split(',')
    .map((name) =>
      name
        .trim()
        .replace(/^type\s+/, '')
        .replace(/\s+as\s+.*$/, ''),
    )
    .filter((name) => name !== '')
}

/** Groups of files that reach each other (Tarjan 1972). */
function circles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const numbers = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const found: string[][] = []
  const low = (file: string, other: number) =>
    lowest.set(file, Math.min(lowest.get(file) ?? other, other))
  const visit = (file: string): void => {
    numbers.set(file, numbers.size)
    low(file, numbers.size - 1)
    open.push(file)
    for (const next of edges.get(file) ?? []) {
      if (!edges.has(next)) continue
      if (!numbers.has(next)) {
        visit(next)
        low(file, lowest.get(next) ?? 0)
      } else if (open.includes(next)) low(file, numbers.get(next) ?? 0)
    }
    if (lowest.get(file) !== numbers.get(file)) return
    const circle = open.splice(open.indexOf(file))
    if (circle.length > 1) found.push(circle)
  }
  for (const file of edges.keys()) if (!numbers.has(file)) visit(file)
  return found
}

/** Relative imports that are there when the program runs: not those of types alone. */
function runTimeImports(file: string): readonly string[] {
  const statements = /^(?:import|export)\s+(type\s+)?([^'"`;]*?)\bfrom\s*'(\.[^'\n]+)'/gm
  return [...code(file).matchAll(statements)].flatMap(([, typed, names = '', from = '']) => {
    const onlyTypes = /^\{\s*(type\s+[^,{}]+,?\s*)+\}\s*$/.test(names)
    return typed !== undefined || onlyTypes ? [] : [from]
  })
}

function roomOf(file: string): string | null {
  const [room = '', ...rest] = relative(join(root, ROOMS), file).split('/')
  return rest.length === 0 || room === '..' ? null : room
}

/** Rows of the table of rooms: a room and those it may import, in the order of the page. */
function rooms(): ReadonlyMap<string, ReadonlySet<string>> {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  const [, section = ''] = text.split('## Rooms of the server')
  const [body = ''] = section.split('\n## ')
  return new Map(
    [...body.matchAll(/^\| `([^`]+)` \| .+ \| (.+) \|$/gm)].map(([, room = '', others = '']) => [
      room,
      new Set([...others.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)),
    ]),
  )
}

/** Rows of the table: `folder` | what it may import. */
function table() {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  const [, section = ''] = text.split('## Who may import whom')
  const [body = ''] = section.split('\n## ')
  return [...body.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, path = '', allowed = '']) => ({
    path,
    allowed: [
      ...[...allowed.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
      ...(allowed.includes('every package') ? ['@parcurs/packages'] : []),
      ...(allowed.includes('its own dependencies') ? ['own'] : []),
      ...(/\bNode\b/.test(allowed) ? ['node'] : []),
    ],
  }))
}

function faults({ path, name, dependencies, allowed }: Folder, file: string): readonly string[] {
  return imports(file).flatMap((specifier) => {
    const fault = `${relative(root, file)} imports ${specifier}`
    if (specifier.startsWith('.')) {
      const target = relative(root, resolve(dirname(file), specifier))
      // package.json is the package's own data, as is what its own folder holds.
      return target.startsWith(`${path}/`) ? [] : [`${fault}: outside of its own folder`]
    }
    const [first = '', second = ''] = specifier.split('/')
    const wanted = specifier.startsWith('@') ? `${first}/${second}` : first
    if (wanted === name) return [`${fault}: its own package, by name`]
    if (isNode(specifier)) {
      return allowed.includes('node') || !isCode(file) ? [] : [`${fault}: no Node module here`]
    }
    if (wanted.startsWith('@parcurs/')) {
      const isPackage = folders.some((of) => of.name === wanted && of.path.startsWith('packages/'))
      const free = allowed.includes('@parcurs/packages') && isPackage
      return free || allowed.includes(wanted) ? [] : [fault]
    }
    if (!isCode(file)) return []
    return allowed.includes(wanted) || (allowed.includes('own') && dependencies.has(wanted))
      ? []
      : [fault]
  })
}

function isNode(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier)
}

/** Tests, and what helps them, may use the root's tools too. */
function isCode(file: string): boolean {
  return !/\.test\.tsx?$/.test(file) && !/\/src\/testing\//.test(file)
}

function imports(file: string): readonly string[] {
  const text = code(file)
  const statements = /^(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"\n]+)['"]/gm
  const bare = /^import\s*['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/gm
  return [statements, bare].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, a, b]) => a ?? b ?? ''),
  )
}

/** Without comments, whose examples import whatever they like. */
function code(file: string): string {
  return readFileSync(file, 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/^\s*\/\/.*$/gm, '')
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}
