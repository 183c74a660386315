import {
  listedCustomers,
  readingKind,
  segmentCustomers,
  sql,
  stepCustomersKind,
} from '@parcurs/analytics'
import {
  type customersChosen,
  isRefusal,
  type Refusal,
  refuse,
  segmentRoutes,
} from '@parcurs/contract'
import { EVERYBODY } from '@parcurs/domain'
import type { z } from 'zod'
import type { Workspace } from '../http/gate.ts'
import type { Handle } from '../http/serve.ts'
import { searchedCustomers } from '../customers/list-customers.ts'
import { periodAsked, stepAt } from '../customers/step-at.ts'
import { mapOf } from '../maps/maps.ts'
import { addToList, fillList } from '../segments/customer-lists.ts'
import { ruleRefusal } from '../segments/rule-refusal.ts'
import { segmentsOf } from '../segments/saved-segments.ts'
import { segmentUnknown } from '../segments/segment-routes.ts'
import { findIds } from './import-ids.ts'
import { countCustomers, freeze, saveList, saveRule } from './make-segment.ts'
import { MAX_SECONDS, type MembershipNeeds } from './membership-needs.ts'

type Chosen = z.output<typeof customersChosen>

/** Beyond this a list behind a number is not taken down customer by customer. */
const MOST_BEHIND = 2_000_000

/** Segments that are lists: frozen, made of listed customers, brought as ids. */
export function serveLists(handle: Handle, needs: MembershipNeeds): void {
  const { stores, questions } = needs
  const { clickhouse, database } = stores

  handle(segmentRoutes.freezeSegment, async ({ workspace, viewer, params, body, signal }) => {
    const all = await segmentsOf(database, workspace.id)
    const segment = all.find(({ id }) => id === params.segmentId)
    if (segment === undefined) return segmentUnknown(params.segmentId)
    const asked = { rule: segment.rule, atMs: body.atMs ?? null }
    const ran = await questions.run(readingKind, asked, workspace, signal)
    if (isRefusal(ran)) return ran
    return await freeze(needs, { workspace, viewer, name: body.name }, ran.answer, signal)
  })

  handle(segmentRoutes.segmentOfThese, async ({ workspace, viewer, body, signal }) => {
    const { name, of } = body
    const rule = of.segment ?? EVERYBODY
    const wrong = ruleRefusal(rule, await segmentsOf(database, workspace.id), {
      place: 'of.segment',
    })
    if (wrong !== null) return wrong
    const ran = await questions.run(readingKind, { rule, atMs: null }, workspace, signal)
    if (isRefusal(ran)) return ran
    const { at, rule: resolved } = ran.answer
    const made = { workspace, viewer, name }
    const exact = of.stepId === undefined && (of.search ?? '').trim() === ''
    if (exact && body.as !== 'list') {
      const segment = await saveRule(needs, made, rule)
      if (isRefusal(segment)) return segment
      return {
        segment,
        customers: await countCustomers(needs, segmentCustomers(at, resolved), signal),
      }
    }
    const behind = await customersBehind(needs, workspace, of, signal)
    if (isRefusal(behind)) return behind
    const saved = await saveList(needs, made, (list) => {
      if (behind !== null) return addToList(clickhouse, workspace.id, list, behind)
      const inside = segmentCustomers(at, resolved)
      const search = (of.search ?? '').trim()
      const customers =
        search === ''
          ? inside
          : sql`SELECT customer FROM (${inside}) WHERE customer IN (${searchedCustomers(at.reading, search)})`
      return fillList(clickhouse, workspace.id, list, customers, {
        signal,
        maxSeconds: MAX_SECONDS,
      })
    })
    if (isRefusal(saved)) return saved
    return {
      segment: saved.segment,
      customers: await countCustomers(needs, listedCustomers(at.reading, saved.list), signal),
    }
  })

  handle(segmentRoutes.importSegment, async ({ workspace, viewer, query, stream, signal }) => {
    const reading = await needs.readings.of(workspace.id)
    const found = await findIds(clickhouse, reading, stream, signal)
    const made = { workspace, viewer, name: query.name }
    const saved = await saveList(needs, made, (list) =>
      addToList(clickhouse, workspace.id, list, found.customers),
    )
    if (isRefusal(saved)) return saved
    return {
      segment: saved.segment,
      ids: found.ids,
      customers: found.customers.length,
      notFound: { ids: found.notFound, examples: found.examples },
    }
  })
}

/** Everybody behind a number of a map; null: it is not of a map. */
async function customersBehind(
  { stores, questions, clock }: MembershipNeeds,
  workspace: Workspace,
  of: Chosen,
  signal: AbortSignal,
): Promise<readonly bigint[] | null | Refusal> {
  if (of.mapId === undefined || of.stepId === undefined) return null
  const map = await mapOf(stores.database, workspace.id, of.mapId)
  if (map === null) return refuse('not-found', `no map '${of.mapId}' in this workspace`)
  const found = stepAt(map, of.stepId)
  if (found === null) {
    return refuse('not-found', `no step '${of.stepId}' on the map '${map.name}'`)
  }
  const ran = await questions.run(
    stepCustomersKind,
    {
      map: {
        version: 1,
        kind: 'living-map',
        mapId: of.mapId,
        period: periodAsked(of, clock()),
        segment: of.segment ?? null,
        compareTo: null,
        windowDays: of.windowDays ?? null,
      },
      step: found.index,
      state: of.state ?? 'visited',
      most: MOST_BEHIND,
    },
    workspace,
    signal,
  )
  if (isRefusal(ran)) return ran
  const { total, customers } = ran.answer
  if (total > customers.length) {
    return refuse(
      'question-too-large',
      `${total} customers stand behind the number: expected at most ${MOST_BEHIND}`,
    )
  }
  return customers.map(({ customer }) => BigInt(customer))
}
