import type { LivingMapAnswer, LivingMapQuestion } from '@parcurs/analytics'
import type { Refusal } from '@parcurs/contract'
import type { EventStore } from '../collect/store-events.ts'
import type { CountingThreads } from '../counting/counting-threads.ts'
import { serveCustomers } from '../customers/customer-routes.ts'
import type { Workspace } from '../http/gate.ts'
import type { Handle } from '../http/serve.ts'
import { serveMaps } from '../maps/map-routes.ts'
import { serveTouchpoints } from '../touchpoints/touchpoint-routes.ts'
import { serveVocabulary } from '../vocabulary/vocabulary-routes.ts'
import { askLivingMap } from './ask-living-map.ts'
import { mapCounter } from './map-counter.ts'
import { kindTimes } from './kind-times.ts'

export interface LivingMap {
  readonly ask: (
    question: LivingMapQuestion,
    workspace: Workspace,
    signal: AbortSignal,
  ) => Promise<LivingMapAnswer | Refusal>
}

export interface LivingMapParts {
  readonly events: EventStore
  readonly threads: CountingThreads
  readonly clock: () => number
}

/** Serves touchpoints, maps, customers and vocabulary, and measures maps. */
export function openLivingMap(
  handle: Handle,
  { events, threads, clock }: LivingMapParts,
): LivingMap {
  const { stores, kinds } = events
  const counter = mapCounter(threads)
  const times = kindTimes(stores.clickhouse, clock)
  const needs = { stores, kinds, counter, kindTimes: times, clock }
  serveTouchpoints(handle, needs)
  serveMaps(handle, needs)
  serveCustomers(handle, needs)
  serveVocabulary(handle, needs)
  return {
    ask: (question, workspace, signal) => askLivingMap(needs, workspace, question, signal),
  }
}
