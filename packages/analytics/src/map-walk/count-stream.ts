import { type Counter, counterOf, type Counting } from '../counting/counting.ts'
import { nativeBlocks } from '../journey/native-block.ts'
import type { MapPlan } from '../living-map/map-plan.ts'
import type { TallyParts } from '../living-map/map-tally.ts'
import { MapWalk } from './map-walk.ts'
import { isWalkable } from './walk-layout.ts'
import type { MapWalks } from './walk-machine.ts'

/**
 * Counts all that a stream brings.
 *
 * @param bytes in the format Native, cut anywhere
 * @param walks of this thread
 * @throws TooMuchMemory
 */
export async function counterOver(
  counting: Counting,
  bytes: AsyncIterable<Uint8Array>,
  walks: MapWalks,
): Promise<Counter> {
  const counter = counterOf(counting)
  if (counting.kind === 'map' && isWalkable(counting.plan)) {
    counter.merge({ kind: 'map', parts: await walked(counting.plan, bytes, walks) })
    return counter
  }
  for await (const block of nativeBlocks(bytes)) counter.add(block)
  return counter
}

async function walked(
  plan: MapPlan,
  bytes: AsyncIterable<Uint8Array>,
  walks: MapWalks,
): Promise<TallyParts> {
  const machine = walks.borrow()
  try {
    const walk = new MapWalk(plan, machine)
    for await (const piece of bytes) walk.take(piece)
    return walk.counted()
  } finally {
    walks.giveBack(machine)
  }
}
