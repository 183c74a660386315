import type { CountNames, MapCounts, MapPlan, TallyParts } from '@parcurs/analytics'

/** What to count. */
export interface CountingOrder {
  readonly kind: 'order'
  readonly id: number
  readonly plan: MapPlan
  /** null: a part of a map, whose tally another thread will add to its own. */
  readonly names: CountNames | null
}

/** Bytes are handed over, not copied. */
export type ToCounter =
  | CountingOrder
  | { readonly kind: 'bytes'; readonly id: number; readonly bytes: ArrayBuffer }
  /** @param others what other threads have counted of the same map */
  | { readonly kind: 'end'; readonly id: number; readonly others: readonly TallyParts[] }
  | { readonly kind: 'give-up'; readonly id: number }

export type FromCounter =
  /** A piece was taken: another one may be sent. */
  | { readonly kind: 'taken'; readonly id: number }
  | { readonly kind: 'counted'; readonly id: number; readonly counts: MapCounts }
  | { readonly kind: 'tallied'; readonly id: number; readonly parts: TallyParts }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string }
