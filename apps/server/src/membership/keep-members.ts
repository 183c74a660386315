import type { KnownCustomer, SegmentReading } from '@parcurs/analytics'
import {
  decide,
  type Decision,
  FLAP_MS,
  followMember,
  type KeptMember,
  NOT_KEPT,
} from '@parcurs/domain'
import { setImmediate } from 'node:timers/promises'
import { sql, type Transaction } from 'kysely'
import type { ChangeCause, Database } from '../postgres/tables.ts'
import { signed, unsigned } from './kept-changes.ts'
import type { WatchedSegment } from './watched-segments.ts'

/** Why customers are looked at; null: their time has come. */
export type LookedAtFor = Exclude<ChangeCause, 'time' | 'rule'> | null

export interface LookedAt {
  readonly workspace: number
  readonly at: SegmentReading
  readonly watched: readonly WatchedSegment[]
  /** By decimal key. */
  readonly known: ReadonlyMap<string, KnownCustomer>
  readonly causeOf: (customer: string) => LookedAtFor
  /** Everything that happened up to then is known. */
  readonly nowMs: number
  /** When it is written down. */
  readonly toldMs: number
}

interface MemberRow extends KeptMember {
  readonly segment: string
  readonly customer: string
  readonly epoch: number
  readonly sinceMs: number
}

interface ChangeRow {
  readonly segment: WatchedSegment
  readonly customer: string
  readonly entered: boolean
  readonly cause: ChangeCause
  readonly atMs: number
}

const NOBODY: Decision = { member: false, untilMs: null }
/** So many are decided before others have a turn. */
const DECIDED_AT_ONCE = 200

/** Decides customers anew and writes down what has changed since they were looked at last. */
export async function keepMembers(tx: Transaction<Database>, looked: LookedAt): Promise<number> {
  const customers = [...looked.known.keys()]
  const kept = await keptRows(tx, looked.watched, customers)
  const rows: MemberRow[] = []
  const gone: MemberRow[] = []
  const changes: ChangeRow[] = []
  for (const [i, customer] of customers.entries()) {
    if (i % DECIDED_AT_ONCE === DECIDED_AT_ONCE - 1) await setImmediate()
    for (const segment of looked.watched) {
      const before = kept.get(`${segment.id} ${customer}`)
      const found = followed(looked, segment, customer, before)
      const told = segment.told ? found.changes : []
      for (const change of told) changes.push({ segment, customer, ...change })
      const last = found.changes.at(-1)
      const { member, untilMs } = found.now
      const sinceMs = last?.atMs ?? before?.sinceMs ?? looked.nowMs
      const row = { segment: segment.id, customer, epoch: segment.epoch, member, sinceMs, untilMs }
      if (member || untilMs !== null) rows.push(row)
      else if (before !== undefined) gone.push(row)
    }
  }
  await writeRows(tx, looked.workspace, rows, gone)
  await writeChanges(tx, looked, changes)
  return changes.length
}

function followed(
  { known, at, nowMs, causeOf }: LookedAt,
  segment: WatchedSegment,
  customer: string,
  before: MemberRow | undefined,
) {
  const found = known.get(customer)
  const decideAt = (atMs: number) =>
    found?.exists === true ? decide(segment.rule, found.facts, at.scope, atMs) : NOBODY
  const ofThisEpoch = before?.epoch === segment.epoch
  // By another rule the instants of the former one mean nothing.
  const from =
    before === undefined || ofThisEpoch ? (before ?? NOT_KEPT) : { ...before, untilMs: null }
  const { now, changes } = followMember(from, decideAt, nowMs)
  const anew = segment.filled !== null && !ofThisEpoch
  const cause = causeOf(customer)
  const happened = new Set(found?.facts.events.map(({ timeMs }) => timeMs))
  return {
    now,
    changes: changes.map(({ atMs, entered, byTime }) => ({
      atMs,
      entered,
      cause: anew ? ('rule' as const) : causeOfChange(byTime && !happened.has(atMs), cause),
    })),
  }
}

function causeOfChange(byTime: boolean, cause: LookedAtFor): ChangeCause {
  if (byTime) return 'time'
  return cause ?? 'event'
}

async function keptRows(
  tx: Transaction<Database>,
  watched: readonly WatchedSegment[],
  customers: readonly string[],
): Promise<ReadonlyMap<string, MemberRow>> {
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
        `${row.segment_id} ${customer}`,
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

async function writeRows(
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

async function writeChanges(
  tx: Transaction<Database>,
  { workspace, toldMs }: Pick<LookedAt, 'workspace' | 'toldMs'>,
  changes: readonly ChangeRow[],
): Promise<void> {
  if (changes.length === 0) return
  const ordered = changes.toSorted((a, b) => a.atMs - b.atMs)
  await sql`
    insert into segment_changes (workspace_id, segment_id, rule_version, customer, entered, cause, flap, at_ms, told_ms)
    select ${workspace}::integer, segment, rule_version, key, entered, cause,
      entered and (just_left or exists (
        select from segment_changes as before
        where before.segment_id = segment and before.customer = key and not before.entered
          and before.at_ms > given.at_ms - ${FLAP_MS} and before.at_ms <= given.at_ms)),
      at_ms, ${toldMs}
    from unnest(
      ${ordered.map(({ segment }) => segment.id)}::text[],
      ${ordered.map(({ segment }) => segment.ruleVersion)}::integer[],
      ${ordered.map(({ customer }) => signed(customer))}::bigint[],
      ${ordered.map(({ entered }) => entered)}::boolean[],
      ${ordered.map(({ cause }) => cause)}::text[],
      ${ordered.map(({ atMs }) => atMs)}::bigint[],
      ${justLeft(ordered)}::boolean[]
    ) with ordinality as given (segment, rule_version, key, entered, cause, at_ms, just_left, nth)
    order by nth`.execute(tx)
}

/** Whether each leaves, in these very changes, within the time of a flap before it. */
function justLeft(ordered: readonly ChangeRow[]): readonly boolean[] {
  const leftMs = new Map<string, number>()
  return ordered.map(({ segment, customer, entered, atMs }) => {
    const of = `${segment.id} ${customer}`
    const before = leftMs.get(of)
    if (!entered) leftMs.set(of, atMs)
    return before !== undefined && atMs - before < FLAP_MS
  })
}

/** Those who were not met when everybody was looked at again are gone. */
export async function dropFormer(
  tx: Transaction<Database>,
  looked: Pick<LookedAt, 'workspace' | 'nowMs' | 'toldMs'>,
  segment: WatchedSegment,
): Promise<void> {
  const former = await tx
    .deleteFrom('segment_members')
    .where('segment_id', '=', segment.id)
    .where('epoch', '<', segment.epoch)
    .returning('member')
    .returning(sql<string>`customer::text`.as('kept'))
    .execute()
  const left = former.filter(({ member }) => member && segment.told)
  await writeChanges(
    tx,
    looked,
    left.map(({ kept }) => ({
      segment,
      customer: unsigned(kept),
      entered: false,
      cause: 'rule',
      atMs: looked.nowMs,
    })),
  )
}

/** Members as the store counted them, of a segment that time alone never changes. */
export async function fillMembers(
  tx: Transaction<Database>,
  looked: Pick<LookedAt, 'workspace' | 'nowMs' | 'toldMs'>,
  segment: WatchedSegment,
  members: readonly string[],
): Promise<void> {
  const kept = await keptRows(tx, [segment], members)
  const entered = members.filter((customer) => {
    const before = kept.get(`${segment.id} ${customer}`)
    return before?.member !== true
  })
  const rows = members.map((customer): MemberRow => {
    const before = kept.get(`${segment.id} ${customer}`)
    const sinceMs = before?.member === true ? before.sinceMs : looked.nowMs
    return {
      segment: segment.id,
      customer,
      epoch: segment.epoch,
      member: true,
      sinceMs,
      untilMs: null,
    }
  })
  await writeRows(tx, looked.workspace, rows, [])
  if (!segment.told) return
  await writeChanges(
    tx,
    looked,
    entered.map((customer) => ({
      segment,
      customer,
      entered: true,
      cause: 'rule',
      atMs: looked.nowMs,
    })),
  )
}
