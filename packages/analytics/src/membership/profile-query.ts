import { kindDecider, type ResolvedSegment, type Touchpoint } from '@parcurs/domain'
import { kindCoding } from '../journey/coding.ts'
import { journeysOf } from '../journey/journey-source.ts'
import { segmentCustomers } from '../segment/segment-query.ts'
import type { SegmentReading } from '../segment/segment-reading.ts'
import { customerTraits } from '../journey/tables.ts'
import { type Compiled, compile, param, sql } from '../sql.ts'
import type { CountedMark, Mark } from './profile.ts'

/** Longer values are not categories. */
const MOST_CHARS = 60
/** Of fewer customers nothing can be said. */
const FEWEST = 5
const MOST_VALUES = 5000
/** Bits of one number. */
const MARKS_A_PASS = 64

/** Counts as decimal text. */
export interface TraitMarkRow {
  readonly trait: string
  readonly value: string
  readonly within: string
  readonly everybody: string
}

export function traitMarksQuery(at: SegmentReading, rule: ResolvedSegment): Compiled {
  return compile(sql`
    SELECT trait, value, countIf(customer IN (${segmentCustomers(at, rule)})) AS within, count() AS everybody
    FROM (${customerTraits(at.reading, null, { asOfMs: at.asOfMs })})
    WHERE value != '' AND length(value) <= ${param.count(MOST_CHARS)}
    GROUP BY trait, value HAVING everybody >= ${param.count(FEWEST)}
    ORDER BY everybody DESC, trait, value LIMIT ${param.count(MOST_VALUES)}`)
}

export function traitMarks(rows: readonly TraitMarkRow[]): readonly CountedMark[] {
  return rows.map(({ trait, value, within, everybody }) => ({
    kind: 'trait',
    key: trait,
    name: trait,
    value,
    within: Number(within),
    everybody: Number(everybody),
  }))
}

/** A channel or a touchpoint, with the kinds of events by which it is used. */
export interface UsedMark extends Mark {
  readonly kinds: ReadonlySet<number>
}

/**
 * Channels, and those touchpoints that the kind of an event decides. Touchpoints that ask for properties are not looked
 * at: each would be a pass over all events.
 */
export function usedMarks(
  { kinds }: Pick<SegmentReading, 'kinds'>,
  touchpoints: readonly Touchpoint[],
): readonly UsedMark[] {
  const channels = new Map<string, Set<number>>()
  for (const { channel, code } of kinds) {
    if (channel === '') continue
    channels.set(channel, (channels.get(channel) ?? new Set()).add(code))
  }
  const decide = kindDecider(touchpoints.map(({ rule }) => rule))
  const kindsOf = touchpoints.map((): number[] => [])
  const depending = new Set<number>()
  for (const kind of kinds) {
    for (const { index, matches } of decide(kind)) {
      if (matches === null) depending.add(index)
      else kindsOf[index]?.push(kind.code)
    }
  }
  const used = touchpoints.flatMap(({ id, name }, index): readonly UsedMark[] =>
    depending.has(index)
      ? []
      : [{ kind: 'touchpoint', key: id, name, value: null, kinds: new Set(kindsOf[index]) }],
  )
  return [
    ...[...channels].map(([channel, of]) => ({
      kind: 'channel' as const,
      key: channel,
      name: channel,
      value: null,
      kinds: of,
    })),
    ...used,
  ]
}

/** Counts as decimal text; `mark` is its number in the pass. */
export interface UsedMarkRow {
  readonly mark: number
  readonly within: string
  readonly everybody: string
}

/** In passes of so many, each one query. */
export function passesOf(marks: readonly UsedMark[]): readonly (readonly UsedMark[])[] {
  const passes: (readonly UsedMark[])[] = []
  for (let from = 0; from < marks.length; from += MARKS_A_PASS) {
    passes.push(marks.slice(from, from + MARKS_A_PASS))
  }
  return passes
}

export function usedMarksQuery(
  at: SegmentReading,
  rule: ResolvedSegment,
  pass: readonly UsedMark[],
): Compiled {
  const most = at.kinds.reduce((highest, { code }) => Math.max(highest, code), 0)
  const masks = Array.from({ length: most }, (_, i) =>
    pass.reduce(
      (mask, { kinds }, bit) => (kinds.has(i + 1) ? mask | (1n << BigInt(bit)) : mask),
      0n,
    ),
  )
  const journeys = journeysOf(at.reading, {
    coding: kindCoding(at.kinds),
    period: null,
    keep: 'all',
    customers: null,
  })
  return compile(sql`
    SELECT mark, countIf(customer IN (${segmentCustomers(at, rule)})) AS within, count() AS everybody
    FROM (
      SELECT customer, toUInt32(arrayJoin(bitPositionsToArray(
        arrayReduce('groupBitOr', arrayMap(code -> ${param.keys(masks)}[code], codes))))) AS mark
      FROM (${journeys})
    ) GROUP BY mark`)
}

export function countedMarks(
  pass: readonly UsedMark[],
  rows: readonly UsedMarkRow[],
): readonly CountedMark[] {
  return pass.map(({ kind, key, name, value }, i) => {
    const row = rows.find(({ mark }) => mark === i)
    return {
      kind,
      key,
      name,
      value,
      within: Number(row?.within ?? 0),
      everybody: Number(row?.everybody ?? 0),
    }
  })
}
