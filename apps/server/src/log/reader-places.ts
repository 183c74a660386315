import { type Kysely, type Transaction } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { LogPlace } from './log-entry.ts'

/** How far a reader is in a workspace's log. */
export interface ReaderPlace extends LogPlace {
  /** Nothing received before this instant is unread. */
  readonly markMs: number
}

/** The place of a reader, made if there is none. */
export async function placeOf(
  database: Kysely<Database>,
  name: string,
  workspace: number,
  first: () => Promise<ReaderPlace>,
): Promise<ReaderPlace> {
  const held = await inWorkspace(database, workspace, (tx) => selected(tx, name, workspace))
  if (held !== null) return held
  const begun = await first()
  return await inWorkspace(database, workspace, async (tx) => {
    await tx
      .insertInto('log_readers')
      .values({
        name,
        workspace_id: workspace,
        commit: begun.commit,
        row: begun.row,
        read_mark: begun.markMs,
        problem: null,
        failing_since: null,
      })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doNothing())
      .execute()
    return (await selected(tx, name, workspace)) ?? begun
  })
}

/**
 * Takes the reader's row for this transaction.
 *
 * @returns null: somebody else has it
 */
export async function takePlace(
  tx: Transaction<Database>,
  name: string,
  workspace: number,
): Promise<ReaderPlace | null> {
  const row = await tx
    .selectFrom('log_readers')
    .select(['commit', 'row', 'read_mark'])
    .where('workspace_id', '=', workspace)
    .where('name', '=', name)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row === undefined ? null : read(row)
}

export async function savePlace(
  tx: Transaction<Database>,
  name: string,
  workspace: number,
  { commit, row, markMs }: ReaderPlace,
): Promise<void> {
  await tx
    .updateTable('log_readers')
    .set({
      commit,
      row,
      read_mark: markMs,
      updated_at: new Date(),
      problem: null,
      failing_since: null,
      attempts: 0,
    })
    .where('workspace_id', '=', workspace)
    .where('name', '=', name)
    .execute()
}

/** Notes that the reader's work fails, for whoever looks. */
export async function noteProblem(
  database: Kysely<Database>,
  name: string,
  workspace: number,
  { problem, attempts }: { readonly problem: string; readonly attempts: number },
): Promise<void> {
  await inWorkspace(database, workspace, (tx) =>
    tx
      .updateTable('log_readers')
      .set((row) => ({
        problem,
        attempts,
        failing_since: row.fn.coalesce('failing_since', row.val(new Date())),
      }))
      .where('workspace_id', '=', workspace)
      .where('name', '=', name)
      .execute(),
  )
}

/** Sends a reader back to a place; it reads on from there. @returns whether there is such a reader */
export async function setBack(
  database: Kysely<Database>,
  name: string,
  workspace: number,
  { commit, row, markMs }: ReaderPlace,
): Promise<boolean> {
  const { numUpdatedRows } = await inWorkspace(database, workspace, (tx) =>
    tx
      .updateTable('log_readers')
      .set({ commit, row, read_mark: markMs, updated_at: new Date() })
      .where('workspace_id', '=', workspace)
      .where('name', '=', name)
      .executeTakeFirst(),
  )
  return numUpdatedRows > 0n
}

async function selected(
  tx: Kysely<Database>,
  name: string,
  workspace: number,
): Promise<ReaderPlace | null> {
  const row = await tx
    .selectFrom('log_readers')
    .select(['commit', 'row', 'read_mark'])
    .where('workspace_id', '=', workspace)
    .where('name', '=', name)
    .executeTakeFirst()
  return row === undefined ? null : read(row)
}

function read(row: {
  readonly commit: number
  readonly row: number
  readonly read_mark: number
}): ReaderPlace {
  return { commit: row.commit, row: row.row, markMs: row.read_mark }
}
