import {
  listedCustomers,
  param,
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
import { Readable } from 'node:stream'
import type { z } from 'zod'
import { personOf, type Workspace } from '../http/gate.ts'
import type { Handle } from '../http/serve.ts'
import { searchedCustomers } from '../customers/list-customers.ts'
import { periodAsked, stepAt } from '../customers/step-at.ts'
import { mapOf } from '../maps/maps.ts'
import { addToList, dropList, fillList, newListId } from '../segments/customer-lists.ts'
import { ruleRefusal } from '../segments/rule-refusal.ts'
import {
  changingRules,
  listOf,
  naming,
  segmentsOf,
  updateSegment,
} from '../segments/saved-segments.ts'
import { changeRefusal, segmentUnknown } from '../segments/segment-routes.ts'
import { viewSegment } from '../segments/segment-view.ts'
import { findIds } from './import-ids.ts'
import { countCustomers, freeze, saveList, saveRule } from './make-segment.ts'
import { MAX_SECONDS, type MembershipNeeds } from './membership-needs.ts'

type Chosen = z.output<typeof customersChosen>

/** Beyond this a list behind a number is not taken down customer by customer. */
const MOST_BEHIND = 2_000_000
/** Of ids that were not found. */
const MOST_EXAMPLES = 100

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

  handle(segmentRoutes.changeList, async ({ workspace, viewer, params, body, signal }) => {
    const id = params.segmentId
    const segment = (await segmentsOf(database, workspace.id)).find((one) => one.id === id)
    if (segment === undefined) return segmentUnknown(id)
    const before = listOf(segment)
    if (before === null) {
      return refuse(
        'not-found',
        `the segment '${segment.name}' is no list: it has a rule to change`,
      )
    }
    const reading = await needs.readings.of(workspace.id)
    const find = (ids: readonly string[] = []) =>
      findIds(clickhouse, reading, Readable.from([ids.join('\n')]), signal)
    const [added, removed] = [await find(body.add), await find(body.remove)]
    const gone = new Set(removed.customers)
    // What it was is read by whatever asks meanwhile: the changed list is another one, whole before it is named.
    const list = newListId()
    try {
      const stay = sql`
        SELECT customer FROM (${listedCustomers(reading, before)})
        WHERE customer NOT IN ${param.keys([0n, ...gone])}`
      await fillList(clickhouse, workspace.id, list, stay, { signal, maxSeconds: MAX_SECONDS })
      const join = added.customers.filter((customer) => !gone.has(customer))
      await addToList(clickhouse, workspace.id, list, join)
      const changed = await changingRules(database, workspace.id, async (tx, all) => {
        const { name, description } = segment
        const draft = { name, description, rule: { kind: 'in', of: 'list', id: list } as const }
        const saved = await updateSegment(tx, id, body.version, draft, personOf(viewer))
        if (!saved.ok) return changeRefusal(saved, id, name)
        const others = all.filter((one) => one.id !== id)
        return {
          segment: (await viewSegment(tx, id)) ?? segmentUnknown(id),
          unused: naming(others, 'list', before).length === 0,
        }
      })
      if (isRefusal(changed) || isRefusal(changed.segment)) {
        await dropList(clickhouse, workspace.id, list)
        return isRefusal(changed) ? changed : segmentUnknown(id)
      }
      if (changed.unused) await dropList(clickhouse, workspace.id, before)
      return {
        segment: changed.segment,
        customers: await countCustomers(needs, listedCustomers(reading, list), signal),
        notFound: {
          ids: added.notFound + removed.notFound,
          examples: [...added.examples, ...removed.examples].slice(0, MOST_EXAMPLES),
        },
      }
    } catch (error) {
      await dropList(clickhouse, workspace.id, list)
      throw error
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
