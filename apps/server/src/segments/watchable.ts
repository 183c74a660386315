import { type Refusal, refuse } from '@parcurs/contract'
import { resolveSegments, type RuleFault, segmentFaults, type SegmentOf } from '@parcurs/domain'
import type { Transaction } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import type { Segment } from './saved-segments.ts'

/** Why a segment cannot be watched, its own rule or one that it names; null: it can. */
export function watchFault(
  { rule }: Pick<Segment, 'rule'>,
  segmentOf: SegmentOf,
): RuleFault | null {
  const resolved = resolveSegments(rule, segmentOf)
  const faults = segmentFaults(resolved, 'watched', 'rule')
  return faults.find(({ code }) => code === 'question-window') ?? null
}

export function notWatchable({ name }: Pick<Segment, 'name'>, fault: RuleFault): Refusal {
  return refuse(
    'segment-not-watchable',
    `'${name}' is watched, and ${fault.place} is ${fault.value}: expected ${fault.expected}`,
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
    const fault = watchFault(segment, (id) => byId.get(id) ?? null)
    if (fault !== null) return notWatchable(segment, fault)
  }
  return null
}
