import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'

const table = z.strictObject({
  name: z.string().regex(/^[a-z_]+$/),
  file: z.string().regex(/^[a-z_.-]+$/),
  sha256: z.string(),
})
const part = z.strictObject({
  /** The schema version that the rows have. */
  schema: z.int().nonnegative(),
  tables: z.array(table).readonly(),
})
const manifest = z.strictObject({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  postgres: part,
  clickhouse: part,
})

/** What is in a back-up. Written last: a folder without it is no back-up. */
export type Manifest = z.infer<typeof manifest>
export type StorePart = z.infer<typeof part>
export type TablePart = z.infer<typeof table>

const FILE = 'backup.json'

export function writeManifest(folder: string, held: Manifest): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify(held, null, 2)}\n`, { mode: 0o600 })
}

/** Null when the folder holds no back-up, or one that was cut short. */
export function readManifest(folder: string): Manifest | null {
  try {
    return manifest.parse(JSON.parse(readFileSync(join(folder, FILE), 'utf8')))
  } catch {
    return null
  }
}

/** Writes one table's rows, gzipped and on the disk when it resolves. */
export async function writeTable(
  folder: string,
  name: string,
  file: string,
  rows: Readable | AsyncIterable<Uint8Array>,
): Promise<TablePart> {
  const path = join(folder, file)
  const source = rows instanceof Readable ? rows : Readable.from(rows)
  await pipeline(source, createGzip({ level: 3 }), createWriteStream(path, { mode: 0o600 }))
  const written = await open(path, 'r+')
  await written.sync()
  await written.close()
  return { name, file, sha256: await digest(path) }
}

/** The rows as they were written. */
export function readTable(folder: string, { file }: TablePart): Readable {
  const packed = createReadStream(join(folder, file))
  const rows = createGunzip()
  packed.on('error', (error) => rows.destroy(error))
  return packed.pipe(rows)
}

/** @returns what is missing or not as it was written, in words; null when the back-up is whole */
export async function damage(folder: string, held: Manifest): Promise<string | null> {
  for (const { file, sha256 } of [...held.postgres.tables, ...held.clickhouse.tables]) {
    const found = await digest(join(folder, file)).catch(() => null)
    if (found === null) return `${file} is missing`
    if (found !== sha256) return `${file} is not as it was written`
  }
  return null
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
