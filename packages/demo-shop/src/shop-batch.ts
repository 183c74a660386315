import type { IncomingBatch } from '@parcurs/domain'

/** Whole customers, in customer order; times rise within a customer's life, not within the batch. */
export interface ShopBatch extends IncomingBatch {
  /** Customers done so far, this batch included. */
  readonly customersDone: number
}
