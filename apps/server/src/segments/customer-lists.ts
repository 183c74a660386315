import { compile, param, type Sql, sql } from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'

/** So many keys are one insert. */
const KEYS_A_TIME = 100_000

export function newListId(): string {
  return `ls_${crypto.randomUUID()}`
}

/** Keys that are there already change nothing. */
export async function addToList(
  clickhouse: ClickHouse,
  workspace: number,
  list: string,
  keys: readonly bigint[],
): Promise<void> {
  for (let from = 0; from < keys.length; from += KEYS_A_TIME) {
    const some = keys.slice(from, from + KEYS_A_TIME)
    await clickhouse.insert(
      'lists',
      some.map((key) => ({ workspace, list, key: String(key) })),
    )
  }
}

export async function dropList(
  clickhouse: ClickHouse,
  workspace: number,
  list: string,
): Promise<void> {
  await clickhouse.command(
    compile(sql`
      DELETE FROM lists WHERE workspace = ${param.workspace(workspace)} AND list = ${param.text(list)}`),
  )
}

/** Takes keys off every list, at once. */
export async function forgetListed(
  clickhouse: ClickHouse,
  workspace: number,
  keys: readonly bigint[],
): Promise<void> {
  await clickhouse.command(
    compile(sql`
      ALTER TABLE lists DELETE
      WHERE workspace = ${param.workspace(workspace)} AND key IN ${param.keys(keys)}
      SETTINGS mutations_sync = 1`),
  )
}

/** Everybody of a subquery of one column, `customer`, in one statement of the store. */
export async function fillList(
  clickhouse: ClickHouse,
  workspace: number,
  list: string,
  customers: Sql,
  limits: { readonly signal: AbortSignal; readonly maxSeconds: number },
): Promise<void> {
  await clickhouse.command(
    compile(sql`
      INSERT INTO lists (workspace, list, key)
      SELECT ${param.workspace(workspace)} AS workspace, ${param.text(list)} AS list, customer FROM (${customers})`),
    limits,
  )
}
