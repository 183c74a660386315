import { quotes } from '../log/quotes.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'

export interface Refused {
  readonly code: string
  readonly detail: string
  /** The call as it came. */
  readonly body: unknown
}

export interface Refusals {
  /** Never waits and never fails: a dead letter is worth less than the living ones. */
  readonly note: (workspace: number, refused: readonly Refused[]) => void
  readonly newest: (workspace: number, limit: number) => Promise<readonly StoredRefusal[]>
  /** Drops refusals that quote one of the ids. */
  readonly forget: (workspace: number, ids: readonly string[]) => Promise<void>
  /** Writes down what is noted. */
  readonly flush: () => Promise<void>
}

export interface StoredRefusal {
  readonly received_at: Date
  readonly code: string
  readonly detail: string
  readonly body: string
}

/** Kept of each workspace; older ones go. */
export const KEPT_REFUSALS = 1000
const KEPT_CHARS = 2000
/** Noted between two writings; what comes beyond is counted nowhere and lost. */
const MAX_NOTED = 500
const WRITTEN_EVERY_MS = 500

export function refusals(database: Kysely<Database>, clock: () => number): Refusals {
  const noted = new Map<number, StoredRefusal[]>()
  let timer: NodeJS.Timeout | null = null
  let writing = Promise.resolve()

  async function write(): Promise<void> {
    const taken = [...noted]
    noted.clear()
    for (const [workspace, rows] of taken) {
      await inWorkspace(database, workspace, async (tx) => {
        await tx
          .insertInto('refusals')
          .values(rows.map((row) => ({ workspace_id: workspace, ...row })))
          .execute()
        await sql`
          delete from refusals where workspace_id = ${workspace} and id <= (
            select id from refusals where workspace_id = ${workspace}
            order by id desc offset ${KEPT_REFUSALS} limit 1)`.execute(tx)
      })
    }
  }

  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer)
    timer = null
    writing = writing.then(write, write)
    return writing
  }

  return {
    note(workspace, refused) {
      const rows = noted.get(workspace) ?? []
      noted.set(workspace, rows)
      for (const { code, detail, body } of refused.slice(0, MAX_NOTED - rows.length)) {
        rows.push({ received_at: new Date(clock()), code, detail, body: bodyText(body) })
      }
      timer ??= setTimeout(() => void flush().catch(() => {}), WRITTEN_EVERY_MS).unref()
    },
    async newest(workspace, limit) {
      await flush()
      return await inWorkspace(database, workspace, (tx) =>
        tx
          .selectFrom('refusals')
          .select(['received_at', 'code', 'detail', 'body'])
          .orderBy('id', 'desc')
          .limit(limit)
          .execute(),
      )
    },
    async forget(workspace, ids) {
      await flush()
      await inWorkspace(database, workspace, async (tx) => {
        const rows = await tx
          .selectFrom('refusals')
          .select(['id', 'detail', 'body'])
          .where('workspace_id', '=', workspace)
          .execute()
        const quoting = rows.filter(({ detail, body }) => quotes(`${detail} ${body}`, ids))
        if (quoting.length === 0) return
        await tx
          .deleteFrom('refusals')
          .where(
            'id',
            'in',
            quoting.map(({ id }) => id),
          )
          .execute()
      })
    },
    flush,
  }
}

function bodyText(body: unknown): string {
  const text = JSON.stringify(body) ?? ''
  // JSON escapes U+0000 and half surrogates; a cut may leave half a pair.
  return text.slice(0, KEPT_CHARS).replace(/[\ud800-\udbff]$/, '')
}
