import { type EventKind, snakeCase } from '@parcurs/domain'

/** What an event means to a shop. */
export type ShopMeaning = 'addToCart' | 'beginCheckout' | 'purchase' | 'refund'

interface ShopNames {
  /** In GA4's recommended events and in Segment's e-commerce spec. */
  readonly known: readonly string[]
  /** What others call it: only where nothing is called as above, so that nobody's order counts under two names. */
  readonly others: readonly string[]
}

const SHOP_NAMES: Readonly<Record<ShopMeaning, ShopNames>> = {
  addToCart: {
    known: ['add_to_cart', 'Product Added'],
    others: ['added_to_cart', 'product_added_to_cart', 'item_added', 'cart_add'],
  },
  beginCheckout: {
    known: ['begin_checkout', 'Checkout Started'],
    others: ['started_checkout', 'checkout_begun', 'initiate_checkout'],
  },
  purchase: {
    known: ['purchase', 'Order Completed'],
    others: ['purchased', 'placed_order', 'checkout_completed', 'order_paid'],
  },
  refund: { known: ['refund', 'Order Refunded'], others: ['refunded', 'refund_completed'] },
}

/**
 * The names under which a workspace's events mean this, in whatever spelling they come: `Purchase`, `order_completed`,
 * `orderCompleted`. The usual names always stand among them.
 */
export function shopNames(kinds: readonly EventKind[], meaning: ShopMeaning): readonly string[] {
  const { known, others } = SHOP_NAMES[meaning]
  const called = (names: readonly string[]) => {
    const spelled = new Set(names.map(snakeCase))
    return kinds.map(({ name }) => name).filter((name) => spelled.has(snakeCase(name)))
  }
  const usual = called(known)
  return [...new Set([...known, ...(usual.length > 0 ? usual : called(others))])]
}

/** Events that a tag sends by itself: they are no act of a customer's will. */
export const AUTOCAPTURED_EVENTS = [
  '$autocapture',
  'autocapture',
  '$pageleave',
  '$web_vitals',
] as const

/** Event properties that carry time in the foreground, in milliseconds (GA4's first). */
export const FOREGROUND_PROPERTIES = ['engagement_time_msec', 'foreground_ms'] as const
