import { Readable } from 'node:stream'
import { compile, param, sql } from '@parcurs/analytics'
import { logRoutes, refuse } from '@parcurs/contract'
import type { Viewer } from '../http/gate.ts'
import type { Handle } from '../http/serve.ts'
import { asSystem } from '../postgres/workspace-scope.ts'
import type { Stores } from '../stores/stores.ts'
import { endOfCommit, LOG_START } from './log-entry.ts'
import { logStatusOf } from './log-status.ts'
import { metricsText } from './metrics-text.ts'
import { type ReaderPlace, setBack } from './reader-places.ts'

type LogStores = Pick<Stores, 'clickhouse' | 'database'>

/**
 * How far the log and its readers are, and setting one of them back.
 *
 * @param stallSeconds how long one thing held up everybody, at the longest since it was asked last
 */
export function serveLog(handle: Handle, stores: LogStores, stallSeconds: () => number): void {
  // The instants in the log are the database's: what waits is told by the same clock as nearly as can be.
  const status = (workspace: number) => logStatusOf(stores, workspace, Date.now())

  handle(logRoutes.logStatus, async ({ workspace }) => await status(workspace.id))

  handle(logRoutes.setReaderBack, async ({ workspace, params: { reader }, body: { sinceMs } }) => {
    const place = await placeBefore(stores, workspace.id, sinceMs)
    if (!(await setBack(stores.database, reader, workspace.id, place))) {
      return refuse('not-found', `no reader of the log is called '${reader}' in this workspace`)
    }
    return await status(workspace.id)
  })

  handle(logRoutes.metrics, async ({ viewer }) => {
    const held = []
    for (const { id, slug } of await visibleTo(stores, viewer)) {
      held.push({ workspace: slug, status: await status(id) })
    }
    return Readable.from([metricsText(held, Date.now(), stallSeconds())])
  })
}

/** @param sinceMs an instant of receipt; null: the start of the log */
async function placeBefore(
  { clickhouse }: LogStores,
  workspace: number,
  sinceMs: number | null,
): Promise<ReaderPlace> {
  if (sinceMs === null) return { ...LOG_START, markMs: 0 }
  const [row] = await clickhouse.rows<{ commit: string }>(
    compile(sql`
      SELECT max(commit) AS commit FROM events
      WHERE workspace = ${param.workspace(workspace)}
        AND received < fromUnixTimestamp64Milli(${param.ms(sinceMs)})`),
  )
  const commit = Number(row?.commit)
  return { ...(commit === 0 ? LOG_START : endOfCommit(commit)), markMs: Math.max(0, sinceMs) }
}

async function visibleTo(
  { database }: LogStores,
  viewer: Viewer,
): Promise<readonly { readonly id: number; readonly slug: string }[]> {
  return await asSystem(database, async (tx) => {
    const all = tx.selectFrom('workspaces').select(['id', 'slug']).orderBy('slug')
    switch (viewer.kind) {
      case 'machine':
        return await all.execute()
      case 'token':
        return await all.where('id', '=', viewer.workspaceId).execute()
      case 'person':
        return await all
          .where('id', 'in', (of) =>
            of
              .selectFrom('memberships')
              .select('workspace_id')
              .where('user_id', '=', viewer.userId),
          )
          .execute()
    }
  })
}
