import {
  changesKind,
  exportLinesQuery,
  exportRowsQuery,
  memberPlaceOf,
  memberPlaceText,
  membersKind,
  overlapKind,
  profileKind,
  readingKind,
  sizeKind,
  trendKind,
  trendPoints,
} from '@parcurs/analytics'
import { isRefusal, type Refusal, refuse, segmentRoutes } from '@parcurs/contract'
import type { Workspace } from '../http/gate.ts'
import type { Handle } from '../http/serve.ts'
import { customerOf } from '../customers/customer-keys.ts'
import { customersNamed } from '../customers/customer-names.ts'
import { ruleRefusal } from '../segments/rule-refusal.ts'
import { rememberSize, type Segment, segmentsOf } from '../segments/saved-segments.ts'
import { segmentUnknown } from '../segments/segment-routes.ts'
import { explainMember } from './explain-member.ts'
import { keptChanges } from './kept-changes.ts'
import { listedMembers } from './listed-members.ts'
import { MAX_SECONDS, type MembershipNeeds } from './membership-needs.ts'
import { unknownHere } from './unknown-words.ts'

const DAY_MS = 86_400_000
const EXAMPLES = 5
const DEFAULT_LIMIT = 100
const MOST_OTHERS = 20
const MOST_GROWN = 50

/** Who is in a segment: how many, who, since when, and what they have in common. */
export function serveMembership(handle: Handle, needs: MembershipNeeds): void {
  const { stores, questions, clock } = needs
  const { clickhouse, database } = stores

  const find = async (workspace: Workspace, id: string): Promise<Segment | Refusal> => {
    const all = await segmentsOf(database, workspace.id)
    return all.find((segment) => segment.id === id) ?? segmentUnknown(id)
  }

  handle(segmentRoutes.previewSegment, async ({ workspace, body, signal }) => {
    const { rule, atMs = null } = body
    const wrong = ruleRefusal(rule, await segmentsOf(database, workspace.id))
    if (wrong !== null) return wrong
    const asked = { rule, atMs, after: null, limit: EXAMPLES }
    const ran = await questions.run(membersKind, asked, workspace, signal)
    if (isRefusal(ran)) return ran
    const { customers, everybody, rows } = ran.answer
    const [examples, unknown] = await Promise.all([
      listedMembers(clickhouse, ran.context.reading, rows, signal),
      unknownHere(clickhouse, rule, ran.context, signal),
    ])
    return {
      customers,
      everybody,
      share: everybody === 0 ? null : customers / everybody,
      examples,
      unknown,
      definition: {
        key: 'segment-size',
        parameters: { rule, atMs },
        timeZone: workspace.timeZone,
        nowMs: ran.context.nowMs,
      },
    }
  })

  handle(segmentRoutes.segmentSize, async ({ workspace, params, query, signal }) => {
    const segment = await find(workspace, params.segmentId)
    if (isRefusal(segment)) return segment
    const atMs = query.atMs ?? null
    const ran = await questions.run(sizeKind, { rule: segment.rule, atMs }, workspace, signal)
    if (isRefusal(ran)) return ran
    if (atMs === null) {
      const size = { ...ran.answer, atMs: ran.context.nowMs }
      await rememberSize(database, workspace.id, segment, size)
    }
    return ran.answer
  })

  handle(segmentRoutes.segmentMembers, async ({ workspace, params, query, signal }) => {
    const segment = await find(workspace, params.segmentId)
    if (isRefusal(segment)) return segment
    const after = query.after === undefined ? null : memberPlaceOf(query.after)
    if (query.after !== undefined && after === null) return noPlace(query.after)
    const asked = { rule: segment.rule, atMs: null, after, limit: query.limit ?? DEFAULT_LIMIT }
    const ran = await questions.run(membersKind, asked, workspace, signal)
    if (isRefusal(ran)) return ran
    const { customers, rows, next } = ran.answer
    return {
      total: customers,
      customers: await listedMembers(clickhouse, ran.context.reading, rows, signal),
      next: next === null ? null : memberPlaceText(next),
    }
  })

  handle(segmentRoutes.explainSegment, async ({ workspace, params, query, signal }) => {
    const segment = await find(workspace, params.segmentId)
    if (isRefusal(segment)) return segment
    const asked = { rule: segment.rule, atMs: query.atMs ?? null }
    const ran = await questions.run(readingKind, asked, workspace, signal)
    if (isRefusal(ran)) return ran
    const { reading, segment: segmentOf } = ran.context
    const key = BigInt(params.customer)
    const nobody = refuse(
      'not-found',
      `no customer with the key ${params.customer} in this workspace`,
    )
    if (key >= 1n << 64n) return nobody
    const customer = await customerOf(clickhouse, reading, key)
    const explained = await explainMember(clickhouse, ran.answer, segmentOf, customer, signal)
    if (explained === null) return nobody
    const named = await customersNamed(clickhouse, reading, [customer], signal)
    return {
      customer: String(customer),
      label: named.get(String(customer))?.label ?? '',
      atMs: ran.answer.at.nowMs,
      rule: segment.rule,
      ...explained,
    }
  })

  handle(segmentRoutes.segmentTrend, async ({ workspace, params, query, signal }) => {
    const segment = await find(workspace, params.segmentId)
    if (isRefusal(segment)) return segment
    const period = periodOf(query, clock(), 90)
    if (isRefusal(period)) return period
    const points = trendPoints(period.fromMs, period.toMs, query.points ?? 13)
    const asked = { rule: segment.rule, atMs: null, points }
    const ran = await questions.run(trendKind, asked, workspace, signal)
    return isRefusal(ran) ? ran : ran.answer
  })

  handle(segmentRoutes.segmentGrowth, async ({ workspace, query, signal }) => {
    const period = periodOf(query, clock(), 30)
    if (isRefusal(period)) return period
    const points = [period.fromMs, period.toMs]
    const grown: { readonly id: string; readonly customers: number; readonly grewBy: number }[] = []
    // One after the other: a list is not worth more of the store than a question at a time.
    for (const segment of (await segmentsOf(database, workspace.id)).slice(0, MOST_GROWN)) {
      const asked = { rule: segment.rule, atMs: null, points }
      const ran = await questions.run(trendKind, asked, workspace, signal)
      if (isRefusal(ran)) {
        // One that is too much to count leaves its own place empty, not everybody's.
        if (ran.code === 'question-cancelled') return ran
        continue
      }
      const [first, last] = ran.answer.points
      if (first === undefined || last === undefined) continue
      const { customers } = last
      grown.push({ id: segment.id, customers, grewBy: customers - first.customers })
    }
    return { ...period, segments: grown }
  })

  handle(segmentRoutes.segmentChanges, async ({ workspace, params, query, signal }) => {
    const segment = await find(workspace, params.segmentId)
    if (isRefusal(segment)) return segment
    const period = periodOf(query, clock(), 30)
    if (isRefusal(period)) return period
    const { change = null, limit = DEFAULT_LIMIT } = query
    const asked = { rule: segment.rule, atMs: null, ...period, change, limit: limit + 1 }
    const after = query.after ?? null
    if (after !== null && !/^\d{1,18}$/.test(after)) return noPlace(after)
    const ran = await questions.run(
      changesKind,
      { ...asked, after: after === null ? null : BigInt(after) },
      workspace,
      signal,
    )
    if (isRefusal(ran)) return ran
    const { reading } = ran.context
    const { entered, left, stayed, changed, definition } = ran.answer
    const kept = await keptChanges(database, workspace.id, segment.id, {
      ...period,
      change,
      after: after === null ? null : Number(after),
      limit,
    })
    const rows =
      kept?.changes ??
      changed.slice(0, limit).map((row) => ({
        ...row,
        atMs: period.toMs,
        toldMs: null,
        cause: null,
        flap: false,
        ruleVersion: segment.ruleVersion,
      }))
    const keys = [...new Set(rows.map(({ customer }) => BigInt(customer)))]
    const named = await customersNamed(clickhouse, reading, keys, signal)
    const following = changed.length > limit ? (changed[limit - 1]?.customer ?? null) : null
    return {
      entered: kept?.entered ?? entered,
      left: kept?.left ?? left,
      stayed,
      kept: kept !== null,
      changes: rows.map((row) => ({ ...row, label: named.get(row.customer)?.label ?? '' })),
      next: kept === null ? following : kept.next,
      definition,
    }
  })

  handle(segmentRoutes.segmentOverlap, async ({ workspace, params, query, signal }) => {
    const all = await segmentsOf(database, workspace.id)
    const segment = all.find(({ id }) => id === params.segmentId)
    if (segment === undefined) return segmentUnknown(params.segmentId)
    const wanted = query.with?.split(',')
    const missing = wanted?.find((id) => !all.some((other) => other.id === id))
    if (missing !== undefined) return segmentUnknown(missing)
    const others = all
      .filter(({ id }) => id !== segment.id && (wanted?.includes(id) ?? true))
      .slice(0, MOST_OTHERS)
    const asked = { rule: segment.rule, atMs: null, others: others.map(({ rule }) => rule) }
    const ran = await questions.run(overlapKind, asked, workspace, signal)
    if (isRefusal(ran)) return ran
    return {
      ...ran.answer,
      with: ran.answer.with.flatMap((overlap, i) => {
        const other = others[i]
        return other === undefined ? [] : [{ id: other.id, name: other.name, ...overlap }]
      }),
    }
  })

  handle(segmentRoutes.segmentProfile, async ({ workspace, params, signal }) => {
    const segment = await find(workspace, params.segmentId)
    if (isRefusal(segment)) return segment
    const ran = await questions.run(
      profileKind,
      { rule: segment.rule, atMs: null },
      workspace,
      signal,
    )
    return isRefusal(ran) ? ran : ran.answer
  })

  handle(segmentRoutes.exportSegmentCsv, async ({ workspace, params, signal }) => {
    const segment = await find(workspace, params.segmentId)
    if (isRefusal(segment)) return segment
    const asked = { rule: segment.rule, atMs: null }
    const ran = await questions.run(readingKind, asked, workspace, signal)
    if (isRefusal(ran)) return ran
    const rows = exportRowsQuery(ran.answer.at, ran.answer.rule)
    return await clickhouse.bytes(rows, 'CSVWithNames', { signal, maxSeconds: MAX_SECONDS * 10 })
  })
  handle(segmentRoutes.exportSegmentLines, async ({ workspace, params, signal }) => {
    const segment = await find(workspace, params.segmentId)
    if (isRefusal(segment)) return segment
    const asked = { rule: segment.rule, atMs: null }
    const ran = await questions.run(readingKind, asked, workspace, signal)
    if (isRefusal(ran)) return ran
    const rows = exportLinesQuery(ran.answer.at, ran.answer.rule)
    return await clickhouse.bytes(rows, 'JSONEachRow', { signal, maxSeconds: MAX_SECONDS * 10 })
  })
}

function periodOf(
  query: { readonly fromMs?: number; readonly toMs?: number },
  nowMs: number,
  days: number,
): { readonly fromMs: number; readonly toMs: number } | Refusal {
  const toMs = query.toMs ?? nowMs
  const fromMs = query.fromMs ?? toMs - days * DAY_MS
  if (fromMs < toMs) return { fromMs, toMs }
  return refuse('value-invalid', `query.fromMs is ${fromMs}: expected before query.toMs`, {
    faults: [{ place: 'query.fromMs', value: String(fromMs), expected: 'before query.toMs' }],
  })
}

function noPlace(given: string): Refusal {
  const fault = { place: 'query.after', value: given, expected: '`next` of the page before' }
  return refuse('value-invalid', `query.after is '${given}': expected ${fault.expected}`, {
    faults: [fault],
  })
}
