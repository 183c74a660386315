import { partAs } from '../counting/counted-as.ts'
import type { Counter } from '../counting/counting.ts'
import { mapBlock } from './map-block.ts'
import { type CountNames, type MapCounts, mapCounts } from './map-counts.ts'
import { MapKernel } from './map-kernel.ts'
import type { MapPlan } from './map-plan.ts'
import type { TallyParts } from './map-tally.ts'

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
}

export function mapCounter(counting: MapCounting): Counter {
  const kernel = new MapKernel(counting.plan)
  return {
    add: (block) => kernel.add(mapBlock(block)),
    part: () => ({ kind: 'map', parts: kernel.tally.parts }),
    merge: (other) => kernel.tally.merge(partAs(other, 'map').parts),
    counted: () => ({ kind: 'map', counts: mapCounts(kernel.tally, counting.names) }),
  }
}
