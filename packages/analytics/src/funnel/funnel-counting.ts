import { partAs } from '../counting/counted-as.ts'
import type { Counter } from '../counting/counting.ts'
import { selectedJourneys, type SelectedShape } from '../selection/selection.ts'
import type { FunnelCounts, FunnelGroup, FunnelQuestion } from './funnel.ts'
import { funnelCounts, funnelGroups } from './funnel-answer.ts'
import { type FunnelKernel, funnelKernel } from './funnel-kernel.ts'
import type { FunnelPlan } from './funnel-plan.ts'
import { emptyTally, type FunnelTallyPart, partOfTally } from './funnel-tally.ts'

/** A held value is the first column, the code of a breakdown's value the next. */
export interface FunnelCounting {
  readonly kind: 'funnel'
  readonly shape: SelectedShape
  readonly plan: FunnelPlan
  readonly histogram: FunnelQuestion['histogram'] | null
  /** The breakdown's value of each code from 1. */
  readonly texts: readonly string[]
}

export interface FunnelPart {
  readonly kind: 'funnel'
  readonly whole: ReadonlyMap<number, FunnelTallyPart>
  readonly grouped: ReadonlyMap<number, FunnelTallyPart> | null
}

export interface FunnelCounted {
  readonly kind: 'funnel'
  readonly total: FunnelCounts
  readonly groups: readonly FunnelGroup[] | null
}

export function funnelCounter({ shape, plan, histogram, texts }: FunnelCounting): Counter {
  const { breakdown, options } = plan
  const held = options.rules.hold !== 'none'
  const grouped = breakdown === null ? null : funnelKernel(options)
  // The total counts everybody once, whatever groups they fall into.
  const whole = funnelKernel({ ...options, grouping: { by: 'none' } })
  const asked = histogram ?? undefined
  return {
    add: (block) => {
      for (const { times, codes, columns } of selectedJourneys(block, shape)) {
        const journey = {
          times,
          masks: codes,
          held: held ? (columns[0] ?? null) : null,
          groups: columns[held ? 1 : 0] ?? null,
        }
        grouped?.add(journey)
        whole.add({ ...journey, groups: null })
      }
    },
    part: () => ({
      kind: 'funnel',
      whole: partsOf(whole),
      grouped: grouped === null ? null : partsOf(grouped),
    }),
    merge: (other) => {
      const part = partAs(other, 'funnel')
      whole.merge(part.whole)
      if (part.grouped !== null) grouped?.merge(part.grouped)
    },
    counted: () => ({
      kind: 'funnel',
      total: funnelCounts(
        whole.tallies().get(0) ?? emptyTally(options.rules.stepCount),
        plan,
        asked,
      ),
      groups: grouped === null ? null : funnelGroups(grouped.tallies(), texts, plan, asked),
    }),
  }
}

function partsOf(kernel: FunnelKernel): ReadonlyMap<number, FunnelTallyPart> {
  return new Map([...kernel.tallies()].map(([group, tally]) => [group, partOfTally(tally)]))
}
