import { type EventKind, type GroupUse, type KindGroup, PAIRED_CUSTOMERS } from '@parcurs/domain'
import type { Coding } from '../journey/coding.ts'
import { journeysOf } from '../journey/journey-source.ts'
import type { Reading } from '../journey/reading.ts'
import { type Compiled, compile, param, sql } from '../sql.ts'

/** Where customers meet a group of kinds. 64-bit numbers as decimal text. */
export interface GroupMeetingRow {
  /** Number of the group, from 1; 0: kinds in no group. */
  readonly code: number
  readonly customers: string
  readonly position: number | null
  readonly endings: string
}

/** Money that a group carries, in ten-thousandths. */
export interface GroupMoneyRow {
  readonly code: number
  readonly valued: string
  readonly value: string
}

/** Every kind has the number of its group as its code. */
export function groupCoding(groups: readonly KindGroup[], kinds: readonly EventKind[]): Coding {
  const byKind = new Array<number>(
    kinds.reduce((most, { code }) => Math.max(most, code), 0) + 1,
  ).fill(0)
  groups.forEach((group, i) => {
    for (const code of group.kinds) byKind[code] = i + 1
  })
  return { mode: 'first', byKind, openKinds: [], cases: [] }
}

function everything(reading: Reading, coding: Coding) {
  return journeysOf(reading, { coding, period: null, keep: 'all', customers: null })
}

/**
 * Position: rank of the first meeting among the groups that the customer meets, 0–1, averaged. Ranks, not times: a
 * pause of a month between two of them is no longer way than a pause of a minute.
 */
export function groupMeetingsQuery(reading: Reading, coding: Coding): Compiled {
  return compile(sql`
    SELECT met.1 AS code, count() AS customers,
      if(countIf(many > 1) = 0, NULL, avgIf((met.2 - 1) / greatest(many - 1, 1), many > 1)) AS position,
      countIf(met.1 = last) AS endings
    FROM (
      SELECT length(distincts) AS many, last, arrayJoin(arrayZip(distincts, arrayEnumerate(distincts))) AS met
      FROM (
        SELECT arrayDistinct(codes) AS distincts, codes[-1] AS last
        FROM (${everything(reading, coding)})
      )
    ) GROUP BY code`)
}

export function groupMoneyQuery(reading: Reading, coding: Coding): Compiled {
  return compile(sql`
    SELECT paid.1 AS code, countIf(paid.2 > 0) AS valued, sum(paid.2) AS value
    FROM (
      SELECT arrayJoin(arrayFilter(pair -> pair.2 != 0, arrayZip(codes, values))) AS paid
      FROM (${everything(reading, coding)})
    ) GROUP BY code`)
}

export interface PrecedenceRow {
  readonly before: number
  readonly after: number
  readonly customers: string
}

const PAIRED_GROUPS = 60

/**
 * Which group customers meet first, for each two that they meet. Numbers from 0, as the groups stand. Of
 * `PAIRED_CUSTOMERS` with the lowest keys, a fair draw: pairs grow with the square of what a customer meets.
 */
export function precedencesQuery(reading: Reading, coding: Coding): Compiled {
  return compile(sql`
    SELECT pair.1 - 1 AS before, pair.2 - 1 AS after, count() AS customers
    FROM (
      SELECT arrayJoin(arrayFlatten(arrayMap(
        (code, nth) -> arrayMap(later -> (code, later), arraySlice(distincts, nth + 1)),
        distincts, arrayEnumerate(distincts)))) AS pair
      FROM (
        SELECT arraySlice(arrayFilter(code -> code != 0, arrayDistinct(codes)), 1, ${param.count(PAIRED_GROUPS)}) AS distincts
        FROM (${everything(reading, coding)})
        ORDER BY customer LIMIT ${param.count(PAIRED_CUSTOMERS)}
      )
    ) GROUP BY pair`)
}

/** @returns all customers of the workspace, as `customers` */
export function everybodyQuery(reading: Reading, coding: Coding): Compiled {
  return compile(sql`SELECT count() AS customers FROM (${everything(reading, coding)})`)
}

const MONEY_SCALE = 10_000

/** @param eventsOfKind by code, over all time */
export function groupUses(
  groups: readonly KindGroup[],
  kinds: readonly EventKind[],
  eventsOfKind: ReadonlyMap<number, number>,
  meetings: readonly GroupMeetingRow[],
  money: readonly GroupMoneyRow[],
): readonly GroupUse[] {
  const channelOf = new Map(kinds.map(({ code, channel }) => [code, channel]))
  const metBy = new Map(meetings.map((row) => [row.code, row]))
  const paidBy = new Map(money.map((row) => [row.code, row]))
  return groups.map((group, i) => {
    const met = metBy.get(i + 1)
    const paid = paidBy.get(i + 1)
    const byChannel = new Map<string, number>()
    let events = 0
    for (const code of group.kinds) {
      const count = eventsOfKind.get(code) ?? 0
      const channel = channelOf.get(code) ?? 'other'
      events += count
      byChannel.set(channel, (byChannel.get(channel) ?? 0) + count)
    }
    const [channel] = [...byChannel].toSorted((a, b) => b[1] - a[1])[0] ?? ['other']
    return {
      group,
      events,
      customers: Number(met?.customers ?? 0),
      position: met?.position ?? null,
      endings: Number(met?.endings ?? 0),
      valued: Number(paid?.valued ?? 0),
      value: Number(paid?.value ?? 0) / MONEY_SCALE,
      channel,
    }
  })
}
