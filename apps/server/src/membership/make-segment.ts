import {
  type MembershipPlan,
  type MembershipQuestion,
  compile,
  segmentCustomers,
  sql,
  type Sql,
} from '@parcurs/analytics'
import { isRefusal, type Refusal } from '@parcurs/contract'
import type { SegmentRule } from '@parcurs/domain'
import { personOf, type Viewer, type Workspace } from '../http/gate.ts'
import { dropList, fillList, newListId } from '../segments/customer-lists.ts'
import { changingRules, insertSegment } from '../segments/saved-segments.ts'
import { changeRefusal, newSegmentId } from '../segments/segment-routes.ts'
import { type SegmentView, viewSegment } from '../segments/segment-view.ts'
import { MAX_SECONDS, type MembershipNeeds } from './membership-needs.ts'

/** Who makes it, and what it is called. */
export interface SegmentMade {
  readonly workspace: Workspace
  readonly viewer: Viewer
  readonly name: string
}

export async function saveRule(
  { stores }: MembershipNeeds,
  { workspace, viewer, name }: SegmentMade,
  rule: SegmentRule,
): Promise<SegmentView | Refusal> {
  const id = newSegmentId()
  return await changingRules(stores.database, workspace.id, async (tx) => {
    const draft = { name, description: '', rule }
    const made = await insertSegment(tx, workspace.id, id, draft, personOf(viewer))
    if (!made.ok) return changeRefusal(made, id, name)
    const view = await viewSegment(tx, id)
    if (view === null) throw new Error(`the segment ${id} was made and is not there`)
    return view
  })
}

/** Saves a list that no longer changes. The customers are written first: a segment is never half a list. */
export async function saveList(
  needs: MembershipNeeds,
  made: SegmentMade,
  fill: (list: string) => Promise<void>,
): Promise<{ readonly list: string; readonly segment: SegmentView } | Refusal> {
  const { clickhouse } = needs.stores
  const list = newListId()
  try {
    await fill(list)
    const segment = await saveRule(needs, made, { kind: 'in', of: 'list', id: list })
    if (!isRefusal(segment)) return { list, segment }
    await dropList(clickhouse, made.workspace.id, list)
    return segment
  } catch (error) {
    await dropList(clickhouse, made.workspace.id, list)
    throw error
  }
}

/** Everybody who is in a segment as it is read, as a list. */
export async function freeze(
  needs: MembershipNeeds,
  made: SegmentMade,
  { at, rule }: MembershipPlan<MembershipQuestion>,
  signal: AbortSignal,
): Promise<SegmentView | Refusal> {
  const saved = await saveList(needs, made, (list) =>
    fillList(needs.stores.clickhouse, made.workspace.id, list, segmentCustomers(at, rule), {
      signal,
      maxSeconds: MAX_SECONDS,
    }),
  )
  return isRefusal(saved) ? saved : saved.segment
}

/** How many customers a subquery of one column names. */
export async function countCustomers(
  { stores }: MembershipNeeds,
  customers: Sql,
  signal: AbortSignal,
): Promise<number> {
  const [row] = await stores.clickhouse.rows<{ readonly n: string }>(
    compile(sql`SELECT uniqExact(customer) AS n FROM (${customers})`),
    { signal, maxSeconds: MAX_SECONDS },
  )
  return Number(row?.n ?? 0)
}
