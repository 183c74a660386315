import { setImmediate } from 'node:timers/promises'
import {
  everybodyQuery,
  groupCoding,
  type GroupMeetingRow,
  groupMeetingsQuery,
  type GroupMoneyRow,
  groupMoneyQuery,
  groupUses,
  type PrecedenceRow,
  precedencesQuery,
} from '@parcurs/analytics'
import { groupKinds, type MapProposal, proposeMap } from '@parcurs/domain'
import type { CountingNeeds } from '../touchpoints/count-touchpoints.ts'

const MAX_SECONDS = 120

/** A map made from the workspace's events; null: there are none. */
export async function proposeFromData(
  needs: CountingNeeds,
  workspace: { readonly id: number; readonly name: string },
  signal?: AbortSignal,
): Promise<MapProposal | null> {
  const { stores, readings } = needs
  const reading = await readings.of(workspace.id)
  const kinds = await needs.kinds.all(workspace.id)
  const groups = groupKinds(kinds)
  // A full vocabulary makes tens of thousands of groups: others are answered between the steps.
  await setImmediate()
  const coding = groupCoding(groups, kinds)
  const limits =
    signal === undefined ? { maxSeconds: MAX_SECONDS } : { maxSeconds: MAX_SECONDS, signal }
  const [times, meetings, money, precedences, everybody] = await Promise.all([
    readings.kindTimes(reading, limits),
    stores.clickhouse.rows<GroupMeetingRow>(groupMeetingsQuery(reading, coding), limits),
    stores.clickhouse.rows<GroupMoneyRow>(groupMoneyQuery(reading, coding), limits),
    stores.clickhouse.rows<PrecedenceRow>(precedencesQuery(reading, coding), limits),
    stores.clickhouse.rows<{ readonly customers: string }>(everybodyQuery(reading, coding), limits),
  ])
  const uses = groupUses(groups, kinds, times.events, meetings, money)
  await setImmediate()
  return proposeMap(uses, {
    customers: Number(everybody[0]?.customers ?? 0),
    name: workspace.name,
    precedences: precedences.map(({ before, after, customers }) => ({
      before: Number(before),
      after: Number(after),
      customers: Number(customers),
    })),
  })
}
