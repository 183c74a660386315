import type { Reading } from '../journey/reading.ts'
import { openCode } from '../journey/coding.ts'
import { customerEvents, kindCounts } from '../journey/tables.ts'
import { type Compiled, compile, param, sql } from '../sql.ts'
import { stepOfCode } from './map-code.ts'
import type { MapCoding } from './map-coding.ts'

/** 64-bit numbers as decimal text. */
export interface KindCountRow {
  readonly kind: number
  readonly events: string
  readonly first_ms: string
  readonly last_ms: string
}

/**
 * Counts of every kind over all time: all events are read for it.
 *
 * @param since only of what later commits brought; null: of everything
 */
export function kindCountsQuery(reading: Reading, since: bigint | null): Compiled {
  return compile(kindCounts(reading, since))
}

/** When any of these kinds last happened; null: never. */
export function lastEventMs(
  kinds: readonly number[],
  lastOfKind: ReadonlyMap<number, number>,
): number | null {
  const times = kinds.flatMap((kind) => lastOfKind.get(kind) ?? [])
  return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b))
}

/** Of the kinds whose step depends on properties: the last event of each step. */
export interface OpenLastRow {
  readonly code: number
  readonly last_ms: string
}

/** @returns null when kinds decide everything */
export function openLastQuery(reading: Reading, { coding }: MapCoding): Compiled | null {
  if (coding.openKinds.length === 0) return null
  const columns = sql`toUInt32(${openCode(coding)}) AS code, time AS at`
  const open = sql`has(${param.codes(coding.openKinds)}, kind)`
  return compile(sql`
    SELECT code, toUnixTimestamp64Milli(max(at)) AS last_ms
    FROM (${customerEvents(reading, columns, open)}) GROUP BY code`)
}

/**
 * When each step's definition last matched, over all time; null: never.
 *
 * @param lastOfKind epoch milliseconds by kind
 * @param open of the kinds whose step depends on properties
 */
export function lastEvents(
  { kindsOfStep }: MapCoding,
  lastOfKind: ReadonlyMap<number, number>,
  open: readonly OpenLastRow[],
): readonly (number | null)[] {
  return kindsOfStep.map((kinds, step) => {
    const decided = lastEventMs(kinds, lastOfKind)
    const others = open
      .filter(({ code }) => stepOfCode(code) === step)
      .map((row) => Number(row.last_ms))
    return latestOf([decided, ...others])
  })
}

/** null where there is none. */
export function latestOf(times: readonly (number | null)[]): number | null {
  return times.reduce(
    (latest, time) => (latest === null || (time !== null && time > latest) ? time : latest),
    null,
  )
}
