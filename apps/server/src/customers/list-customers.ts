import {
  at,
  type CustomerRow,
  customerCountQuery,
  customersAmong,
  customersFound,
  customersQuery,
  type ListedCustomers,
  type LivingMapQuestion,
  type Reading,
  segmentAsked,
  type Sql,
  stepCustomersKind,
  type StepState,
  variantCustomersKind,
  type VariantsQuestion,
} from '@parcurs/analytics'
import { isRefusal, type Refusal, refuse } from '@parcurs/contract'
import type { Workspace } from '../http/gate.ts'
import { mapOf } from '../maps/maps.ts'
import { customersNamed } from './customer-names.ts'
import type { CustomerNeeds } from './customer-needs.ts'
import { identityKey } from '../identity/identity-key.ts'
import { questionContext } from '../questions/question-context.ts'
import type { Ran } from '../questions/question-runner.ts'
import { segmentRefusal } from '../questions/segment-refusal.ts'
import { periodAsked, stepAt } from './step-at.ts'

const MAX_SECONDS = 30
const DEFAULT_LIMIT = 100

export interface CustomersAsked {
  readonly search?: string
  readonly mapId?: string
  readonly stepId?: string
  readonly state?: StepState
  readonly fromMs?: number
  readonly toMs?: number
  readonly windowDays?: number
  readonly segment?: LivingMapQuestion['segment']
  readonly limit?: number
}

export interface ListedCustomer {
  readonly customer: string
  readonly label: string
  readonly userId: string
  readonly events: number
  readonly firstMs: number
  readonly lastMs: number
  readonly atMs: number | null
}

export interface CustomerList {
  readonly total: number
  readonly customers: readonly ListedCustomer[]
}

/** Behind a step of a map, by search, or everybody: the latest first. Refusals: not-found. */
export async function listCustomers(
  needs: CustomerNeeds,
  workspace: Workspace,
  asked: CustomersAsked,
  signal: AbortSignal,
): Promise<CustomerList | Refusal> {
  const limit = asked.limit ?? DEFAULT_LIMIT
  if (asked.mapId !== undefined && asked.stepId !== undefined) {
    return await behindStep(
      needs,
      workspace,
      asked.mapId,
      asked.stepId,
      { ...asked, limit },
      signal,
    )
  }
  const { search = '', segment = null } = asked
  const context = await questionContext(needs, workspace, { maps: [], segment }, 1)
  const wrong = segmentRefusal(segment, context, 'query.segment')
  if (wrong !== null) return wrong
  const { reading } = context
  const customers = segmentAsked(context, segment, null)
  const among = search.trim() === '' ? null : searchedCustomers(reading, search.trim())
  const limits = { signal, maxSeconds: MAX_SECONDS }
  const [rows, counted] = await Promise.all([
    needs.stores.clickhouse.rows<CustomerRow>(
      customersQuery(reading, among, customers, limit),
      limits,
    ),
    needs.stores.clickhouse.rows<{ readonly total: string }>(
      customerCountQuery(reading, among, customers),
      limits,
    ),
  ])
  return {
    total: Number(at(counted, 0).total),
    customers: await told(needs, reading, rows, new Map(), signal),
  }
}

/** The text as a key, or as part of an id, of a trait or of a trait of the customer's group. */
export function searchedCustomers(reading: Reading, search: string): Sql {
  const { workspace } = reading
  const keys = [identityKey(workspace, 'user', search), identityKey(workspace, 'anonymous', search)]
  const asKey = /^\d{1,20}$/.test(search) ? BigInt(search) : null
  const known = asKey !== null && asKey < 1n << 64n ? [...keys, asKey] : keys
  return customersFound(reading, known, search)
}

async function behindStep(
  needs: CustomerNeeds,
  workspace: Workspace,
  mapId: string,
  stepId: string,
  asked: CustomersAsked & { readonly limit: number },
  signal: AbortSignal,
): Promise<CustomerList | Refusal> {
  const map = await mapOf(needs.stores.database, workspace.id, mapId)
  if (map === null) return refuse('not-found', `no map '${mapId}' in this workspace`)
  const found = stepAt(map, stepId)
  if (found === null) return refuse('not-found', `no step '${stepId}' on the map '${map.name}'`)
  const ran = await needs.questions.run(
    stepCustomersKind,
    {
      map: {
        version: 1,
        kind: 'living-map',
        mapId,
        period: periodAsked(asked, needs.clock()),
        segment: asked.segment ?? null,
        compareTo: null,
        windowDays: asked.windowDays ?? null,
      },
      step: found.index,
      state: asked.state ?? 'visited',
      most: asked.limit,
    },
    workspace,
    signal,
  )
  return isRefusal(ran) ? ran : await listed(needs, ran, asked.limit, signal)
}

/** Behind a variant of journeys: who has it, the latest first. */
export async function customersOfVariant(
  needs: CustomerNeeds,
  workspace: Workspace,
  asked: {
    readonly question: VariantsQuestion
    readonly variant: string
    readonly limit?: number
  },
  signal: AbortSignal,
): Promise<CustomerList | Refusal> {
  const most = asked.limit ?? DEFAULT_LIMIT
  const { question: variants, variant } = asked
  const ran = await needs.questions.run(
    variantCustomersKind,
    { variants, variant, most },
    workspace,
    signal,
  )
  return isRefusal(ran) ? ran : await listed(needs, ran, most, signal)
}

/** Whom an answer names, the latest first. */
async function listed(
  needs: CustomerNeeds,
  { answer: { total, customers: sampled }, context }: Ran<ListedCustomers>,
  limit: number,
  signal: AbortSignal,
): Promise<CustomerList> {
  const { reading } = context
  if (sampled.length === 0) return { total, customers: [] }
  const among = customersAmong(sampled.map(({ customer }) => BigInt(customer)))
  const rows = await needs.stores.clickhouse.rows<CustomerRow>(
    customersQuery(reading, among, null, limit),
    { signal, maxSeconds: MAX_SECONDS },
  )
  const atMs = new Map(sampled.map(({ customer, timeMs }) => [customer, timeMs]))
  const customers = await told(needs, reading, rows, atMs, signal)
  return {
    total,
    customers: customers.toSorted((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0)),
  }
}

async function told(
  { stores }: CustomerNeeds,
  reading: Reading,
  rows: readonly CustomerRow[],
  atMs: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<readonly ListedCustomer[]> {
  const keys = rows.map(({ customer }) => BigInt(customer))
  const named = await customersNamed(stores.clickhouse, reading, keys, signal)
  return rows.map(({ customer, events, first_ms, last_ms }) => ({
    customer,
    label: named.get(customer)?.label ?? '',
    userId: named.get(customer)?.userId ?? '',
    events,
    firstMs: Number(first_ms),
    lastMs: Number(last_ms),
    atMs: atMs.get(customer) ?? null,
  }))
}
