import type { KnownCustomer } from '@parcurs/analytics'
import { type Decision, FLAP_MS, followMember, NOT_KEPT } from '@parcurs/domain'
import { setImmediate } from 'node:timers/promises'
import { sql, type Transaction } from 'kysely'
import type { ChangeCause, Database } from '../postgres/tables.ts'
import type { DecidedAnew } from './decided-anew.ts'
import { signed, unsigned } from './kept-changes.ts'
import { keptAt, keptRows, type KeptRows, type MemberRow, writeRows } from './member-rows.ts'
import type { WatchedSegment } from './watched-segments.ts'

/** Why customers are looked at; null: their time has come. */
export type LookedAtFor = Exclude<ChangeCause, 'time' | 'rule'> | null

export interface LookedAt {
  readonly workspace: number
  readonly anew: DecidedAnew
  readonly kept: KeptRows
  /** By decimal key. */
  readonly known: ReadonlyMap<string, KnownCustomer>
  readonly causeOf: (customer: string) => LookedAtFor
  /** Everything that happened up to then is known. */
  readonly nowMs: number
  /** When it is written down. */
  readonly toldMs: number
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
const DECIDED_AT_ONCE = 1000

/** Decides customers anew and writes down what has changed since they were looked at last. */
export async function keepMembers(tx: Transaction<Database>, looked: LookedAt): Promise<void> {
  const rows: MemberRow[] = []
  const gone: MemberRow[] = []
  const changes: ChangeRow[] = []
  let inTurn = 0
  for (const [customer, segments] of looked.anew) {
    const known = looked.known.get(customer)
    const happened = new Set(known?.facts.events.map(({ timeMs }) => timeMs))
    for (const segment of segments) {
      if (++inTurn % DECIDED_AT_ONCE === 0) await setImmediate()
      const before = looked.kept.get(keptAt(segment.id, customer))
      const found = followed(looked, segment, customer, before, happened)
      const told = segment.told ? found.changes : []
      for (const change of told) changes.push({ segment, customer, ...change })
      const last = found.changes.at(-1)
      const { member, untilMs } = found.now
      const sinceMs = last?.atMs ?? before?.sinceMs ?? looked.nowMs
      const row = { segment: segment.id, customer, epoch: segment.epoch, member, sinceMs, untilMs }
      if (member || untilMs !== null) {
        if (!isSame(before, row)) rows.push(row)
      } else if (before !== undefined) gone.push(row)
    }
  }
  await writeRows(tx, looked.workspace, rows, gone)
  await writeChanges(tx, looked, changes)
}

function isSame(before: MemberRow | undefined, row: MemberRow): boolean {
  return (
    before?.epoch === row.epoch &&
    before.member === row.member &&
    before.sinceMs === row.sinceMs &&
    before.untilMs === row.untilMs
  )
}

function followed(
  { known, nowMs, causeOf }: LookedAt,
  segment: WatchedSegment,
  customer: string,
  before: MemberRow | undefined,
  happened: ReadonlySet<number>,
) {
  const found = known.get(customer)
  const decideAt = found?.exists === true ? segment.decide(found.facts) : () => NOBODY
  const ofThisEpoch = before?.epoch === segment.epoch
  // By another rule the instants of the former one mean nothing.
  const from =
    before === undefined || ofThisEpoch ? (before ?? NOT_KEPT) : { ...before, untilMs: null }
  const { now, changes } = followMember(from, decideAt, nowMs)
  const anew = segment.filled !== null && !ofThisEpoch
  const cause = causeOf(customer)
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
    const before = kept.get(keptAt(segment.id, customer))
    return before?.member !== true
  })
  const rows = members.map((customer): MemberRow => {
    const before = kept.get(keptAt(segment.id, customer))
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
