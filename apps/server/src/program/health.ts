import { compile, sql } from '@parcurs/analytics'
import { healthRoutes, refuse } from '@parcurs/contract'
import { sql as postgresSql } from 'kysely'
import { asSystem } from '../postgres/workspace-scope.ts'
import type { Stores } from '../stores/stores.ts'
import type { Handle } from '../http/serve.ts'

const PATIENCE_MS = 2_000

export function serveHealth(
  handle: Handle,
  { stores, version }: { readonly stores: Stores; readonly version: string },
): void {
  handle(healthRoutes.health, async () => {
    const [postgres, clickhouse] = await Promise.all([
      answers(() => postgresSql`select 1`.execute(stores.database)),
      answers((signal) => stores.clickhouse.rows(compile(sql`SELECT 1`), { signal })),
    ])
    const away = [
      ...(postgres ? [] : ['what is agreed (PostgreSQL)']),
      ...(clickhouse ? [] : ['what happened (ClickHouse)']),
    ]
    return away.length === 0
      ? { state: 'up' as const, version, log: await readersOf(stores) }
      : refuse('store-away', `no answer from the store of ${away.join(' and of ')}`)
  })
}

async function readersOf({
  database,
}: Stores): Promise<{ readonly readers: number; readonly failing: number }> {
  return await asSystem(database, (tx) =>
    tx
      .selectFrom('log_readers')
      .select((row) => [
        row.fn.countAll<number>().as('readers'),
        row.fn.count<number>('problem').as('failing'),
      ])
      .executeTakeFirstOrThrow(),
  )
}

async function answers(ask: (signal: AbortSignal) => Promise<unknown>): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const late = new Promise<boolean>((resolve) => {
    signal.addEventListener('abort', () => resolve(false))
  })
  const asked = ask(signal).then(
    () => true,
    () => false,
  )
  return await Promise.race([asked, late])
}
