import type { KeptMember } from '@parcurs/domain'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { signed, unsigned } from './kept-changes.ts'
import type { WatchedSegment } from './watched-segments.ts'

/** What is written down of a customer and a watched segment; not in it for ever: no row. */
export interface MemberRow extends KeptMember {
  readonly segment: string
  readonly customer: string
  readonly epoch: number
  readonly sinceMs: number
}

export type KeptRows = ReadonlyMap<string, MemberRow>

export function keptAt(segment: string, customer: string): string {
  return `${segment} ${customer}`
}

/** By segment and customer: see `keptAt`. */
export async function keptRows(
  tx: Transaction<Database>,
  watched: readonly Pick<WatchedSegment, 'id'>[],
  customers: readonly string[],
): Promise<KeptRows> {
  const rows = await tx
    .selectFrom('segment_members')
    .select(['segment_id', 'epoch', 'member', 'since_ms', 'until_ms'])
    .select(sql<string>`customer::text`.as('kept'))
    .where(sql<boolean>`segment_id = any(${watched.map(({ id }) => id)}::text[])`)
    .where(sql<boolean>`customer = any(${customers.map(signed)}::bigint[])`)
    .execute()
  return new Map(
    rows.map((row) => {
      const customer = unsigned(row.kept)
      return [
        keptAt(row.segment_id, customer),
        {
          segment: row.segment_id,
          customer,
          epoch: row.epoch,
          member: row.member,
          sinceMs: row.since_ms,
          untilMs: row.until_ms,
        },
      ]
    }),
  )
}

export async function writeRows(
  tx: Transaction<Database>,
  workspace: number,
  rows: readonly MemberRow[],
  gone: readonly MemberRow[],
): Promise<void> {
  if (rows.length > 0) {
    await sql`
      insert into segment_members (segment_id, workspace_id, customer, epoch, member, since_ms, until_ms)
      select segment, ${workspace}::integer, customer, epoch, member, since_ms, until_ms
      from unnest(
        ${rows.map(({ segment }) => segment)}::text[],
        ${rows.map(({ customer }) => signed(customer))}::bigint[],
        ${rows.map(({ epoch }) => epoch)}::integer[],
        ${rows.map(({ member }) => member)}::boolean[],
        ${rows.map(({ sinceMs }) => sinceMs)}::bigint[],
        ${rows.map(({ untilMs }) => untilMs)}::bigint[]
      ) as given (segment, customer, epoch, member, since_ms, until_ms)
      on conflict (segment_id, customer) do update set epoch = excluded.epoch, member = excluded.member,
        since_ms = excluded.since_ms, until_ms = excluded.until_ms
      where (segment_members.epoch, segment_members.member, segment_members.since_ms)
          is distinct from (excluded.epoch, excluded.member, excluded.since_ms)
        or segment_members.until_ms is distinct from excluded.until_ms`.execute(tx)
  }
  if (gone.length === 0) return
  await sql`
    delete from segment_members using unnest(
      ${gone.map(({ segment }) => segment)}::text[],
      ${gone.map(({ customer }) => signed(customer))}::bigint[]
    ) as given (segment, key)
    where segment_id = given.segment and customer = given.key`.execute(tx)
}
