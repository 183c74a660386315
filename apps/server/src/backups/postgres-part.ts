import { createInterface } from 'node:readline'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { asSystem } from '../postgres/workspace-scope.ts'
import { readTable, type StorePart, type TablePart, writeTable } from './manifest.ts'

/** `folds` says which journeys hold, and those are made again from events; a missing last commit is no harm. */
const LEFT_OUT: readonly string[] = [
  'folds',
  'schema_versions',
  'workspace_commits',
  'restore_under_way',
]
const SEQUENCES = 'sequences'
const ROWS_AT_ONCE = 1_000

/** Every table as JSON lines, as of one instant. */
export async function backUpPostgres(
  database: Kysely<Database>,
  folder: string,
): Promise<StorePart> {
  return await asSystem(
    database,
    async (transaction) => {
      const tables: TablePart[] = []
      for (const name of await tableNames(transaction)) {
        const file = `postgres-${name}.jsonl.gz`
        tables.push(await writeTable(folder, name, file, rowsOf(transaction, name)))
      }
      const file = `postgres-${SEQUENCES}.jsonl.gz`
      tables.push(await writeTable(folder, SEQUENCES, file, sequenceRows(transaction)))
      const { rows } = await sql<{ schema: number }>`
        select coalesce(max(version), 0) as schema from schema_versions`.execute(transaction)
      return { schema: rows[0]?.schema ?? 0, tables }
    },
    { snapshot: true },
  )
}

/** All or nothing. */
export async function restorePostgres(
  database: Kysely<Database>,
  folder: string,
  { tables }: StorePart,
): Promise<void> {
  await asSystem(database, async (transaction) => {
    const known = new Set(await tableNames(transaction))
    for (const table of tables) {
      const isSequences = table.name === SEQUENCES
      if (!isSequences && !known.has(table.name)) throw new Error(`no table ${table.name} here`)
      for await (const rows of batches(folder, table)) {
        if (isSequences) await setSequences(transaction, rows)
        else await insertRows(transaction, table.name, rows)
      }
    }
  })
}

export async function postgresIsEmpty(database: Kysely<Database>): Promise<boolean> {
  const found = await database.selectFrom('workspaces').select('id').limit(1).executeTakeFirst()
  return found === undefined
}

/** Referred-to tables before those that refer to them. */
async function tableNames(database: Kysely<Database>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; refers: readonly string[] }>`
    select c.relname as name,
      array(
        select distinct target.relname::text from pg_constraint k
        join pg_class target on target.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and target.oid <> c.oid
      ) as refers
    from pg_class c
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    order by c.relname`.execute(database)
  const waiting = rows.filter(({ name }) => !LEFT_OUT.includes(name))
  const ordered: string[] = []
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ refers }) => refers.every((name) => ordered.includes(name)))
    const [next] = waiting.splice(at, 1)
    if (at < 0 || next === undefined) throw new Error('tables refer to each other in a circle')
    ordered.push(next.name)
  }
  return ordered
}

async function* rowsOf(transaction: Transaction<Database>, name: string): AsyncGenerator<Buffer> {
  const table = sql.table(name)
  await sql`declare backed_up no scroll cursor for select to_jsonb(t)::text as line from ${table} t`.execute(
    transaction,
  )
  for (;;) {
    const { rows } = await sql<{ line: string }>`
      fetch ${sql.lit(ROWS_AT_ONCE)} from backed_up`.execute(transaction)
    if (rows.length === 0) break
    yield Buffer.from(rows.map(({ line }) => `${line}\n`).join(''))
  }
  await sql`close backed_up`.execute(transaction)
}

async function* sequenceRows(transaction: Transaction<Database>): AsyncGenerator<Buffer> {
  const { rows } = await sql<{ line: string }>`
    select jsonb_build_object('name', sequencename, 'value', last_value)::text as line
    from pg_sequences
    where schemaname = current_schema() and last_value is not null
    order by sequencename`.execute(transaction)
  yield Buffer.from(rows.map(({ line }) => `${line}\n`).join(''))
}

async function* batches(folder: string, table: TablePart): AsyncGenerator<readonly string[]> {
  let rows: string[] = []
  for await (const line of createInterface({
    input: readTable(folder, table),
    crlfDelay: Infinity,
  })) {
    if (line === '') continue
    rows.push(line)
    if (rows.length < ROWS_AT_ONCE) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

async function insertRows(
  transaction: Transaction<Database>,
  name: string,
  rows: readonly string[],
): Promise<void> {
  const table = sql.table(name)
  // Numbers given by the server are kept: overriding its own.
  await sql`
    insert into ${table} overriding system value
    select * from jsonb_populate_recordset(null::${table}, ${`[${rows.join(',')}]`}::jsonb)`.execute(
    transaction,
  )
}

async function setSequences(
  transaction: Transaction<Database>,
  rows: readonly string[],
): Promise<void> {
  for (const row of rows) {
    const { name, value }: { name: string; value: number } = JSON.parse(row)
    await sql`select setval(${name}::regclass, ${value}::bigint)`.execute(transaction)
  }
}

/**
 * Moves every sequence far on, so that no number that was given after the back-up was made is given a second
 * time: somebody may know it (a list of erasures, a link, another program).
 */
export async function moveNumbersOn(database: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ name: string; next: number }>`
    select sequencename as name,
      least(last_value + case when max_value > 1e15 then 1000000000 else 1000000 end, max_value) as next
    from pg_sequences where schemaname = current_schema() and last_value is not null`.execute(
    database,
  )
  for (const { name, next } of rows) {
    await sql`select setval(${name}::regclass, ${next}::bigint)`.execute(database)
  }
}

/** The secret of the installation that a back-up is of; null: it was made before there was one. */
export async function backedUpSecret(
  folder: string,
  { tables }: StorePart,
): Promise<Buffer | null> {
  const table = tables.find(({ name }) => name === 'installation')
  if (table === undefined) return null
  for await (const [row] of batches(folder, table)) {
    const { secret }: { secret: string } = JSON.parse(row ?? '{}')
    return Buffer.from(secret.replace(/^\\x/, ''), 'hex')
  }
  return null
}
