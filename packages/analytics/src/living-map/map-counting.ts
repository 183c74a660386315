import type { Counter, Counted } from '../counting/counting.ts'
import { mapBlock } from './map-block.ts'
import { type CountNames, type MapCounts, mapCounts } from './map-counts.ts'
import { MapKernel } from './map-kernel.ts'
import type { MapPlan } from './map-plan.ts'
import type { TallyParts } from './map-tally.ts'

/** Over the rows of `mapQuery`. A part is a tally of some customers, to be added to the whole. */
export type MapCounting =
  | { readonly kind: 'map'; readonly plan: MapPlan; readonly names: CountNames }
  | { readonly kind: 'map-part'; readonly plan: MapPlan }

export type MapCounted =
  | { readonly kind: 'map'; readonly counts: MapCounts }
  | { readonly kind: 'map-part'; readonly parts: TallyParts }

export function mapCounter(counting: MapCounting): Counter {
  const kernel = new MapKernel(counting.plan)
  return {
    add: (block) => kernel.add(mapBlock(block)),
    counted: (others): Counted => {
      if (counting.kind === 'map-part') return { kind: 'map-part', parts: kernel.tally.parts }
      for (const other of others) {
        if (other.kind !== 'map-part') throw new Error(`'${other.kind}' is no part of a map`)
        kernel.tally.merge(other.parts)
      }
      return { kind: 'map', counts: mapCounts(kernel.tally, counting.names) }
    },
  }
}
