import { partAs } from '../counting/counted-as.ts'
import type { Counter } from '../counting/counting.ts'
import { correctedTally, type KeptTally, plansOfChange } from './corrected-tally.ts'
import { mapBlock } from './map-block.ts'
import { type CountNames, type MapCounts, mapCounts } from './map-counts.ts'
import { MapKernel } from './map-kernel.ts'
import type { MapPlan } from './map-plan.ts'
import type { MapTally, TallyParts } from './map-tally.ts'

/** Over the rows of `mapQuery`. */
export interface MapCounting {
  readonly kind: 'map'
  readonly plan: MapPlan
  readonly names: CountNames
}

export interface MapPart {
  readonly kind: 'map'
  readonly parts: TallyParts
}

export interface MapCounted {
  readonly kind: 'map'
  readonly counts: MapCounts
  /** To be corrected by what changes; null: the plan keeps nothing. */
  readonly kept: KeptTally | null
}

export function mapCounter({ plan, names }: MapCounting): Counter {
  const kernel = new MapKernel(plan)
  return {
    add: (block) => kernel.add(mapBlock(block)),
    part: () => ({ kind: 'map', parts: kernel.tally.parts }),
    merge: (other) => kernel.tally.merge(partAs(other, 'map').parts),
    counted: () => mapCounted(kernel.tally, names),
  }
}

/**
 * Over the rows of `mapOfCustomersQuery`, of the touched customers as they are; its only part is what a `map` under
 * `plansOfChange` counted of them as they were.
 */
export interface MapChangeCounting {
  readonly kind: 'map-change'
  readonly plan: MapPlan
  readonly names: CountNames
  readonly kept: KeptTally
}

export interface MapChangeCounted {
  readonly kind: 'map-change'
  /** null: it must be counted anew. */
  readonly counted: MapCounted | null
}

export function mapChangeCounter({ plan, names, kept }: MapChangeCounting): Counter {
  const after = new MapKernel(plansOfChange(kept, plan).after)
  const before = new MapKernel(plansOfChange(kept, plan).before)
  return {
    add: (block) => after.add(mapBlock(block)),
    part: () => ({ kind: 'map', parts: after.tally.parts }),
    merge: (other) => before.tally.merge(partAs(other, 'map').parts),
    counted: () => {
      const tally = correctedTally(kept, before.tally.parts, after.tally.parts, plan)
      return { kind: 'map-change', counted: tally === null ? null : mapCounted(tally, names) }
    },
  }
}

function mapCounted(tally: MapTally, names: CountNames): MapCounted {
  const { plan } = tally
  const kept = plan.keptUntilMs === null ? null : { plan, parts: tally.parts }
  return { kind: 'map', counts: mapCounts(tally, names), kept }
}
