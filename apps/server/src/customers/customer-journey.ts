import {
  customerJourneyQuery,
  customerLabel,
  identitiesQuery,
  type IdentityRow,
  type JourneyEventRow,
  ownerOfQuery,
  type Reading,
  type TraitRow,
  traitsOfQuery,
} from '@parcurs/analytics'
import { type Refusal, refuse } from '@parcurs/contract'
import { type EventFacts, type JourneyMap, matchesRule, type Touchpoint } from '@parcurs/domain'
import type { Readings } from '../journeys/readings.ts'
import { findMap } from '../maps/maps.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { Stores } from '../stores/stores.ts'
import { listTouchpoints } from '../touchpoints/touchpoints.ts'

const MAX_SECONDS = 30
const MAX_KEY = (1n << 64n) - 1n

/** Everything one customer did, in order, with touchpoint and step. Refusals: not-found. */
export async function customerJourney(
  {
    stores,
    readings,
  }: {
    readonly stores: Pick<Stores, 'clickhouse' | 'database'>
    readonly readings: Readings
  },
  workspace: number,
  asked: { readonly customer: string; readonly mapId?: string; readonly beforeMs?: number },
  signal: AbortSignal,
) {
  const key = BigInt(asked.customer)
  if (key > MAX_KEY) return nobody(asked.customer)
  const drawn = await drawnMap(stores, workspace, asked.mapId)
  if (drawn === null) return refuse('not-found', `no map '${asked.mapId}' in this workspace`)
  const reading = await readings.of(workspace)
  const limits = { signal, maxSeconds: MAX_SECONDS }
  const customer = await ownerOf(stores, reading, key)
  const { clickhouse } = stores
  const [events, identities, traits] = await Promise.all([
    clickhouse.rows<JourneyEventRow>(
      customerJourneyQuery(reading, customer, asked.beforeMs ?? null),
      limits,
    ),
    clickhouse.rows<IdentityRow>(identitiesQuery(reading, customer), limits),
    clickhouse.rows<TraitRow>(traitsOfQuery(reading, [customer]), limits),
  ])
  if (identities.length === 0 && traits.length === 0) return nobody(asked.customer)
  const known = new Map(traits.map(({ trait, value }) => [trait, value]))
  const idOf = (kind: IdentityRow['kind']) =>
    identities.find((identity) => identity.kind === kind)?.value ?? ''
  return {
    customer: String(customer),
    label: customerLabel(known, idOf('user'), idOf('anonymous')),
    identities: identities.map((identity) => ({ ...identity, events: Number(identity.events) })),
    traits: Object.fromEntries(known),
    events: events.map(({ at, ...event }) => ({
      timeMs: Number(at),
      ...event,
      ...placeOf(event, drawn),
    })),
    total: identities.reduce((sum, { events: own }) => sum + Number(own), 0),
  }
}

interface Drawn {
  readonly map: JourneyMap | null
  readonly touchpoints: readonly Touchpoint[]
}

async function drawnMap(
  { database }: Pick<Stores, 'database'>,
  workspace: number,
  mapId: string | undefined,
): Promise<Drawn | null> {
  return await inWorkspace(database, workspace, async (tx) => {
    const touchpoints = await listTouchpoints(tx)
    if (mapId === undefined) return { map: null, touchpoints }
    const map = await findMap(tx, mapId)
    return map === null ? null : { map, touchpoints }
  })
}

/** The first step in map order, and its first touchpoint, that the event matches; else a touchpoint of the library. */
function placeOf(event: EventFacts, { map, touchpoints }: Drawn) {
  const byId = new Map(touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]))
  for (const step of map?.stages.flatMap((stage) => stage.steps) ?? []) {
    for (const id of step.touchpointIds) {
      const touchpoint = byId.get(id)
      if (touchpoint !== undefined && matchesRule(touchpoint.rule, event)) {
        return { touchpointId: id, stepId: step.id }
      }
    }
  }
  const other = touchpoints.find(({ rule }) => matchesRule(rule, event))
  return { touchpointId: other?.id ?? null, stepId: null }
}

async function ownerOf(
  { clickhouse }: Pick<Stores, 'clickhouse'>,
  reading: Reading,
  key: bigint,
): Promise<bigint> {
  if (!reading.owned) return key
  const [owner] = await clickhouse.rows<{ readonly customer: string }>(ownerOfQuery(reading, key))
  return owner === undefined ? key : BigInt(owner.customer)
}

function nobody(customer: string): Refusal {
  return refuse('not-found', `no customer with the key ${customer} in this workspace`)
}
