import { type Refusal, refuse } from '@parcurs/contract'
import {
  type NamedSegment,
  type RuleFault,
  segmentFaults,
  type SegmentOf,
  segmentsWithin,
} from '@parcurs/domain'
import type { Transaction } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import type { Segment } from './saved-segments.ts'

/** Where a segment asks for the period of a question, which nothing that is watched has. */
export interface Unwatchable {
  readonly fault: RuleFault
  /** The segment whose rule the fault's place is in: the watched one, or one that it leads to. */
  readonly within: Pick<NamedSegment, 'id' | 'name'>
}

/** Why a segment cannot be watched; null: it can. */
export function unwatchable(segment: NamedSegment, segmentOf: SegmentOf): Unwatchable | null {
  const named = segmentsWithin(segment.rule, segmentOf).flatMap((id) => segmentOf(id) ?? [])
  for (const within of [segment, ...named]) {
    const fault = segmentFaults(within.rule, 'watched').find(
      ({ code }) => code === 'question-window',
    )
    if (fault !== undefined) return { fault, within }
  }
  return null
}

export function notWatchable(
  { id, name }: Pick<NamedSegment, 'id' | 'name'>,
  { fault, within }: Unwatchable,
): Refusal {
  const whose = within.id === id ? '' : ` of '${within.name}', which it leads to,`
  return refuse(
    'segment-not-watchable',
    `'${name}' is watched, and ${fault.place}${whose} is ${fault.value}: expected ${fault.expected}`,
    { faults: [fault] },
  )
}

/** Whether a change would make a watched segment one that cannot be. */
export async function watchedRefusal(
  tx: Transaction<Database>,
  all: readonly Segment[],
  changed: Segment,
): Promise<Refusal | null> {
  const byId = new Map(all.map((segment) => [segment.id, segment])).set(changed.id, changed)
  const watched = await tx.selectFrom('watched_segments').select('segment_id').execute()
  for (const { segment_id } of watched) {
    const segment = byId.get(segment_id)
    if (segment === undefined) continue
    const found = unwatchable(segment, (id) => byId.get(id) ?? null)
    if (found !== null) return notWatchable(segment, found)
  }
  return null
}
