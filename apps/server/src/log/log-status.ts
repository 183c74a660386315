import { compile, param, sql } from '@parcurs/analytics'
import type { LogStatus } from '@parcurs/contract'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { Stores } from '../stores/stores.ts'

type Reader = LogStatus['readers'][number]

/** How far a workspace's log is, and who is how far behind. */
export async function logStatusOf(
  { clickhouse, database }: Pick<Stores, 'clickhouse' | 'database'>,
  workspace: number,
  nowMs: number,
): Promise<LogStatus> {
  const { readers, fold } = await inWorkspace(database, workspace, async (tx) => ({
    readers: await tx.selectFrom('log_readers').selectAll().orderBy('name').execute(),
    fold: await tx.selectFrom('folds').select(['mark', 'folded_at']).executeTakeFirst(),
  }))
  const id = param.workspace(workspace)
  const [all] = await clickhouse.rows<{ commit: string; events: string }>(
    compile(sql`
      SELECT max(commit) AS commit, count() AS events FROM events WHERE workspace = ${id}`),
  )
  async function beyond(commit: number, row: number) {
    const [found] = await clickhouse.rows<{ events: string; first: string }>(
      compile(sql`
        SELECT count() AS events, toUnixTimestamp64Milli(min(received)) AS first FROM events
        WHERE workspace = ${id} AND commit >= ${param.count(commit)}
          AND (commit > ${param.count(commit)} OR row > ${param.ms(row)})`),
    )
    return { events: Number(found?.events), firstMs: Number(found?.first) }
  }
  const held: Reader[] = []
  for (const one of readers) {
    const { events, firstMs } = await beyond(one.commit, one.row)
    held.push({
      name: one.name,
      commit: one.commit,
      behindEvents: events,
      behindMs: events === 0 ? 0 : Math.max(0, nowMs - firstMs),
      readMarkMs: one.read_mark,
      savedMs: one.updated_at.getTime(),
      problem:
        one.problem === null || one.failing_since === null
          ? null
          : {
              detail: one.problem,
              sinceMs: one.failing_since.getTime(),
              attempts: one.attempts,
            },
    })
  }
  return {
    commit: Number(all?.commit),
    events: Number(all?.events),
    fold:
      fold === undefined
        ? null
        : {
            commit: fold.mark,
            foldedMs: fold.folded_at.getTime(),
            eventsBeyond: (await beyond(fold.mark, LAST_ROW)).events,
          },
    readers: held,
  }
}

const LAST_ROW = 4_294_967_295
