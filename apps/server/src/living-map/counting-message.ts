import type { CountNames, MapCounts, MapPlan } from '@parcurs/analytics'

/** What to count. */
export interface CountingOrder {
  readonly kind: 'order'
  readonly id: number
  readonly plan: MapPlan
  readonly names: CountNames
}

/** Bytes are handed over, not copied. */
export type ToCounter =
  | CountingOrder
  | { readonly kind: 'bytes'; readonly id: number; readonly bytes: ArrayBuffer }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'give-up'; readonly id: number }

export type FromCounter =
  /** A piece was taken: another one may be sent. */
  | { readonly kind: 'taken'; readonly id: number }
  | { readonly kind: 'counted'; readonly id: number; readonly counts: MapCounts }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string }
