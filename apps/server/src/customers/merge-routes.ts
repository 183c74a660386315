import { collectRoutes, refuse } from '@parcurs/contract'
import type { EventStore } from '../log/event-store.ts'
import type { Handle } from '../http/serve.ts'
import { mergeCustomers, unmergeCustomers } from './merge-customers.ts'

export interface MergeNeeds {
  readonly events: EventStore
  readonly clock: () => number
}

const LARGEST = (1n << 64n) - 1n

/** Merging and parting customers by hand. */
export function serveMerges(handle: Handle, { events, clock }: MergeNeeds): void {
  handle(collectRoutes.mergeCustomers, async ({ workspace, body }) => {
    const pair = keysOf(body)
    if (pair === null) return tooLarge()
    const merged = await mergeCustomers(events, workspace.id, pair, clock())
    return merged.ok
      ? { customer: String(merged.customer) }
      : refuse('merge-refused', merged.detail)
  })

  handle(collectRoutes.unmergeCustomers, async ({ workspace, body }) => {
    const pair = keysOf(body)
    if (pair === null) return tooLarge()
    const parted = await unmergeCustomers(events, workspace.id, pair, clock())
    return parted.ok
      ? { customer: String(parted.customer), other: String(parted.other) }
      : refuse('merge-refused', parted.detail)
  })
}

function keysOf({ customer, into }: { readonly customer: string; readonly into: string }) {
  const keys = { customer: BigInt(customer), into: BigInt(into) }
  return keys.customer > LARGEST || keys.into > LARGEST ? null : keys
}

function tooLarge() {
  return refuse('value-invalid', `a customer key is above ${LARGEST}: expected 64 bits`)
}
