import type { Delta } from '../numbers/delta.ts'
import { countDelta, moneyDelta, pointsDelta, ratioDelta, unitsDelta } from '../numbers/delta.ts'
import type { Good } from '../numbers/delta-mark.tsx'
import { isOpen } from './outcome.ts'
import { type ColumnMeasures, FEW_ANSWERS, type MapColumn } from './map-columns.ts'

/** The rows under the journey line, in order. */
export const LANES = [
  'channels',
  'customers',
  'movedOn',
  'time',
  'leaving',
  'money',
  'emotion',
] as const
export type LaneId = (typeof LANES)[number]

/** Everything that has a definition: the lanes, and the numbers that the panel alone shows. */
export const MEASURES = [
  'customers',
  'visits',
  'movedOn',
  'next',
  'wentBack',
  'time',
  'leaving',
  'inProgress',
  'money',
  'emotion',
  'entrants',
  'completion',
  'goalValue',
  'conformance',
  'unmapped',
] as const
export type Measure = (typeof MEASURES)[number]

/** How a lane's number changed against the compared period. */
export function laneDelta(lane: LaneId, column: MapColumn): { delta: Delta; good: Good } {
  const { now, before } = column
  const points = (of: (measures: ColumnMeasures) => number | null) =>
    pointsDelta(of(now), before === null ? null : of(before), now.settled, before?.settled ?? 0)
  // What is lost can still grow while customers have time: less of it is no better.
  const fewer = isOpen(now) || (before !== null && isOpen(before)) ? 'neither' : 'down'
  switch (lane) {
    case 'channels':
      return { delta: { kind: 'none' }, good: 'neither' }
    case 'customers':
      return { delta: countDelta(now.customers, before?.customers), good: 'up' }
    case 'movedOn':
      return { delta: points((m) => m.movedOnShare), good: 'up' }
    case 'time':
      return { delta: ratioDelta(now.medianToNextMs, before?.medianToNextMs), good: 'down' }
    case 'leaving':
      return { delta: points((m) => m.leftShare), good: fewer }
    case 'money':
      return {
        delta: moneyDelta(now.money, before?.money ?? null),
        good: fewer,
      }
    case 'emotion':
      return {
        delta: unitsDelta(enough(now), enough(before)),
        good: 'up',
      }
  }
}

function enough(measures: ColumnMeasures | null) {
  return measures === null || measures.emotion.n < FEW_ANSWERS ? null : measures.emotion
}
