import type { EventType } from '@parcurs/domain'

/** What one customer did, as the shop's trackers would have sent it. */
export interface ShopEvent {
  readonly type: EventType
  /** The same for the same seed and customer: loading twice stores once. */
  readonly messageId: string
  readonly timeMs: number
  readonly name: string
  readonly channel: string
  /** Empty: not on a page. */
  readonly path: string
  /** null: not signed in. */
  readonly userId: string | null
  /** null: not on a device of the customer's (store, parcel, call). */
  readonly anonymousId: string | null
  /** Euros; refunds are negative; null: the event moves no money. */
  readonly value: number | null
  readonly orderId: string | null
  readonly properties: Readonly<Record<string, string>>
}

/** The shop learns who is behind a device. */
export interface ShopIdentify {
  readonly messageId: string
  readonly timeMs: number
  readonly userId: string
  readonly anonymousId: string | null
  readonly traits: Readonly<Record<string, string>>
}

/** Whole customers, in customer order; times rise within a customer's visit, not within the batch. */
export interface ShopBatch {
  readonly events: readonly ShopEvent[]
  readonly identifies: readonly ShopIdentify[]
  /** Customers done so far, this batch included. */
  readonly customersDone: number
}
