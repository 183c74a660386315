import type { StepOutcome } from '@parcurs/analytics'
import type { ColumnMeasures } from './map-columns.ts'

/** In the order in which they stand in the bar. */
export const OUTCOMES = [
  'movedOn',
  'ended',
  'wentAround',
  'wentBack',
  'stopped',
] as const satisfies readonly (keyof StepOutcome)[]

/** Parts of the settled; they add up to 1. null: nobody is settled, or a stage, which has no outcome of its own. */
export function outcomeShares({ outcome, settled }: ColumnMeasures): StepOutcome | null {
  if (outcome === null || settled === 0) return null
  return {
    movedOn: outcome.movedOn / settled,
    wentBack: outcome.wentBack / settled,
    wentAround: outcome.wentAround / settled,
    ended: outcome.ended / settled,
    stopped: outcome.stopped / settled,
  }
}

/** Customers whose window is open: what they leave and cost can only grow. */
export function isOpen({ settled, customers }: ColumnMeasures): boolean {
  return settled < customers
}
