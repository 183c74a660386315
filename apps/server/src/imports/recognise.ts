import { compile, param, type Removal, shownMessages, sql } from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { messageNumberAt, type MessageWords, WORDS } from '../log/message-words.ts'
import type { ImportRecord, ImportRecords } from './import-record.ts'
import type { SampleMessages } from './look.ts'

/** What of a file is here already. */
export interface Again {
  /** Events of its first rows that were looked for. */
  readonly rows: number
  /** Of them here. */
  readonly here: number
  /** Rows that are here under another id: they would be stored a second time beside the first. */
  readonly double: boolean
  /** What brought them, newest first. */
  readonly imports: readonly FormerImport[]
}

export interface FormerImport {
  readonly record: ImportRecord
  /** Of the first rows those that it brought. */
  readonly rows: number
}

/** Where it is looked. */
export interface KnownRows {
  readonly clickhouse: ClickHouse
  readonly records: Pick<ImportRecords, 'bySources' | 'bySha256'>
  readonly removals: (workspace: number) => Promise<readonly Removal[]>
  /** Whether anything that a source brought is still there. */
  readonly isThere: (workspace: number, source: number) => Promise<boolean>
}

/**
 * Whether the rows of a file are here already: by what each is known by, by its raw cells where it has an id of its
 * own now and had none before, and by the file as a whole where it had one before and has none now.
 *
 * @returns null: nothing of it is here but what the same import stored
 */
export async function recognised(
  known: KnownRows,
  { workspaceId, importId, source, file }: ImportRecord,
  { words, cells }: SampleMessages,
): Promise<Again | null> {
  const rows = words.length / WORDS
  if (rows === 0) return null
  const sources = await sourcesOf(known, workspaceId, words, cells)
  const perSource = new Map<number, number>()
  let here = 0
  let double = false
  for (let i = 0; i < rows; i++) {
    const same = sources.get(messageNumberAt(words, i))
    const found = same ?? (cells === null ? undefined : sources.get(messageNumberAt(cells, i)))
    const others = found?.filter((one) => one !== source) ?? []
    if (others.length === 0) continue
    here++
    if (same === undefined) double = true
    for (const one of others) perSource.set(one, (perSource.get(one) ?? 0) + 1)
  }
  if (here > 0) {
    const records = await known.records.bySources(workspaceId, [...perSource.keys()])
    const imports = records.map((record) => ({ record, rows: perSource.get(record.source) ?? 0 }))
    return { rows, here, double, imports }
  }
  const imports: FormerImport[] = []
  for (const record of await known.records.bySha256(workspaceId, file.sha256)) {
    if (record.importId === importId || record.settings.dryRun) continue
    if (await known.isThere(workspaceId, record.source)) imports.push({ record, rows })
  }
  return imports.length === 0 ? null : { rows, here: rows, double: true, imports }
}

async function sourcesOf(
  { clickhouse, removals }: KnownRows,
  workspace: number,
  words: MessageWords,
  cells: MessageWords | null,
): Promise<ReadonlyMap<bigint, readonly number[]>> {
  const numbers = [words, cells].flatMap((held) =>
    held === null
      ? []
      : Array.from({ length: held.length / WORDS }, (_, i) => messageNumberAt(held, i)),
  )
  const there = shownMessages(await removals(workspace))
  const found = new Map<bigint, readonly number[]>()
  for (const { message, source } of await clickhouse.rows<{ message: string; source: number }>(
    compile(sql`
      SELECT DISTINCT message, source FROM events
      WHERE workspace = ${param.workspace(workspace)} AND message IN ${param.messages(numbers)}
        ${there === null ? sql`` : sql`AND ${there}`}`),
  )) {
    const number = BigInt(message)
    found.set(number, [...(found.get(number) ?? []), Number(source)])
  }
  return found
}
