import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One numbered file of sql/postgres or sql/clickhouse. Forward only: never edited once released. */
export interface SchemaFile {
  readonly version: number
  readonly name: string
  readonly text: string
}

const NAME = /^(\d{4})_[a-z0-9_]+\.sql$/

export function schemaFiles(store: 'postgres' | 'clickhouse'): readonly SchemaFile[] {
  const folder = fileURLToPath(new URL(`../../../../sql/${store}/`, import.meta.url))
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name, index) => {
      const version = Number(NAME.exec(name)?.[1])
      if (version !== index + 1) {
        throw new Error(`sql/${store}/${name}: expected the number ${index + 1}, four digits`)
      }
      return { version, name, text: readFileSync(`${folder}${name}`, 'utf8') }
    })
}

/** A store that a newer program has already changed: this one must not touch it. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema'
}

/**
 * The files to apply to a store of schema `found`, no further than `upTo`.
 * @throws NewerSchema when either is beyond the files this program has
 */
export function pending(
  store: 'postgres' | 'clickhouse',
  found: number,
  upTo: number | null = null,
): readonly SchemaFile[] {
  const files = schemaFiles(store)
  const asked = Math.max(found, upTo ?? 0)
  if (asked > files.length) {
    const name = store === 'postgres' ? 'PostgreSQL' : 'ClickHouse'
    throw new NewerSchema(
      `the ${name} store has schema ${asked}, this program knows up to ${files.length}: start the newer Parcurs that wrote it, or restore a back-up`,
    )
  }
  return files.slice(found, upTo ?? files.length)
}
