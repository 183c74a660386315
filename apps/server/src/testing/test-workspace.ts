import type { Insertable } from 'kysely'
import type { WorkspacesTable } from '../postgres/tables.ts'
import type { Stores } from '../stores/stores.ts'

export interface TestWorkspace {
  readonly id: number
  readonly slug: string
}

let made = 0

/** A workspace of its own inside the file's stores. */
export async function testWorkspace(
  { database }: Stores,
  given: Partial<Insertable<WorkspacesTable>> = {},
): Promise<TestWorkspace> {
  made += 1
  return await database
    .insertInto('workspaces')
    .values({ slug: `workspace-${made}`, name: `Workspace ${made}`, ...given })
    .returning(['id', 'slug'])
    .executeTakeFirstOrThrow()
}
