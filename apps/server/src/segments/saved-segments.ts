import {
  leavesOf,
  type NamedSegment,
  readStoredSegment,
  SEGMENT_FORMAT,
  type SegmentOf,
  type SegmentRule,
} from '@parcurs/domain'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, SegmentsTable } from '../postgres/tables.ts'
import { type Outdated, lockVersion } from '../postgres/versioned-row.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'

/** What a person says of a segment. */
export interface SegmentDraft {
  readonly name: string
  readonly description: string
  readonly rule: SegmentRule
}

export interface Segment extends SegmentDraft, NamedSegment {
  /** Rises with the rule alone. */
  readonly ruleVersion: number
  readonly createdMs: number
  readonly updatedMs: number
  /** As last counted by this rule; null: never. */
  readonly size: SegmentSize | null
}

export interface SegmentSize {
  readonly customers: number
  readonly everybody: number
  readonly atMs: number
}

/** What came of a change: the new one, or why not. */
export type Changed<T> =
  | { readonly ok: true; readonly value: T }
  | Outdated
  | { readonly ok: false; readonly code: 'name-taken' }

const RULES_LOCK = 7_283_471

/**
 * Rules of a workspace are changed one at a time: of two that would name each other only together, one is told.
 *
 * @param work given every segment as it stands
 */
export async function changingRules<T>(
  database: Kysely<Database>,
  workspace: number,
  work: (tx: Transaction<Database>, all: readonly Segment[]) => Promise<T>,
): Promise<T> {
  return await inWorkspace(database, workspace, async (tx) => {
    await sql`select pg_advisory_xact_lock(${RULES_LOCK}::integer, ${workspace}::integer)`.execute(
      tx,
    )
    return await work(tx, await listSegments(tx))
  })
}

/** By name. */
export async function listSegments(tx: Transaction<Database>): Promise<readonly Segment[]> {
  const rows = await tx.selectFrom('segments').selectAll().orderBy('name').orderBy('id').execute()
  return rows.map(segmentOf)
}

export async function segmentsOf(
  database: Kysely<Database>,
  workspace: number,
): Promise<readonly Segment[]> {
  return await inWorkspace(database, workspace, listSegments)
}

/** Saved segments as a rule may name them. A rule that leads back to itself was refused when it was saved. */
export async function savedSegments(
  tx: Transaction<Database>,
  asking: SegmentRule | null,
): Promise<SegmentOf> {
  const names =
    asking !== null && leavesOf(asking).some((leaf) => leaf.kind === 'in' && leaf.of === 'segment')
  const all = names ? await listSegments(tx) : []
  const byId = new Map(all.map((segment) => [segment.id, segment]))
  return (id) => byId.get(id) ?? null
}

/** @param by a user's id; null: a program */
export async function insertSegment(
  tx: Transaction<Database>,
  workspace: number,
  id: string,
  draft: SegmentDraft,
  by: number | null,
): Promise<Changed<Segment>> {
  const row = await tx
    .insertInto('segments')
    .values({ id, workspace_id: workspace, owner: by, ...columnsOf(draft) })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return { ok: false, code: 'name-taken' }
  await keepVersion(tx, row, by)
  return { ok: true, value: segmentOf(row) }
}

/** @param version the one that was edited */
export async function updateSegment(
  tx: Transaction<Database>,
  id: string,
  version: number,
  draft: SegmentDraft,
  by: number | null,
): Promise<Changed<Segment>> {
  const outdated = await lockVersion(tx, 'segments', id, version)
  if (outdated !== null) return outdated
  const namesake = await tx
    .selectFrom('segments')
    .select('id')
    .where('name', '=', draft.name)
    .where('id', '!=', id)
    .executeTakeFirst()
  if (namesake !== undefined) return { ok: false, code: 'name-taken' }
  const columns = columnsOf(draft)
  const before = await tx
    .selectFrom('segments')
    // Compared by the store: the order of fields makes no difference to it.
    .select(['rule_version', sql<boolean>`rule = ${columns.rule}::jsonb`.as('same')])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const recounted = before.same
    ? {}
    : { rule_version: before.rule_version + 1, size: null, everybody: null, counted_at: null }
  const row = await tx
    .updateTable('segments')
    .set({ ...columns, ...recounted, version: version + 1, updated_at: new Date() })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await keepVersion(tx, row, by)
  return { ok: true, value: segmentOf(row) }
}

/** @returns false: there was none */
export async function deleteSegment(tx: Transaction<Database>, id: string): Promise<boolean> {
  const gone = await tx.deleteFrom('segments').where('id', '=', id).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** Written down so that the list can show it at once; not for a rule that was changed meanwhile. */
export async function rememberSize(
  database: Kysely<Database>,
  workspace: number,
  { id, ruleVersion }: Pick<Segment, 'id' | 'ruleVersion'>,
  { customers, everybody, atMs }: SegmentSize,
): Promise<void> {
  await inWorkspace(database, workspace, (tx) =>
    tx
      .updateTable('segments')
      .set({ size: customers, everybody, counted_at: new Date(atMs) })
      .where('id', '=', id)
      .where('rule_version', '=', ruleVersion)
      .execute(),
  )
}

/** Segments whose rule names this one, or a list. */
export function naming(
  all: readonly Segment[],
  of: 'segment' | 'list',
  id: string,
): readonly Segment[] {
  return all.filter(({ rule }) =>
    leavesOf(rule).some((leaf) => leaf.kind === 'in' && leaf.of === of && leaf.id === id),
  )
}

/** The list that a segment is; null: it has a rule. */
export function listOf({ rule }: Pick<Segment, 'rule'>): string | null {
  return rule.kind === 'in' && rule.of === 'list' ? rule.id : null
}

export function segmentOf(row: Selectable<SegmentsTable>): Segment {
  const { id, name, description, version, size, everybody, counted_at } = row
  return {
    id,
    name,
    description,
    rule: readStoredSegment(row.rule_format, row.rule),
    version,
    ruleVersion: row.rule_version,
    createdMs: row.created_at.getTime(),
    updatedMs: row.updated_at.getTime(),
    size:
      size === null || everybody === null || counted_at === null
        ? null
        : { customers: size, everybody, atMs: counted_at.getTime() },
  }
}

function columnsOf({ name, description, rule }: SegmentDraft) {
  return { name, description, rule: JSON.stringify(rule), rule_format: SEGMENT_FORMAT }
}

async function keepVersion(
  tx: Transaction<Database>,
  row: Selectable<SegmentsTable>,
  by: number | null,
): Promise<void> {
  const { id, workspace_id, version, rule_version, name, description, rule, rule_format } = row
  await tx
    .insertInto('segment_versions')
    .values({
      segment_id: id,
      workspace_id,
      version,
      rule_version,
      name,
      description,
      rule: JSON.stringify(rule),
      rule_format,
      changed_by: by,
    })
    .execute()
}
