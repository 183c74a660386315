/** What shops call things, in GA4's recommended events and in Segment's e-commerce spec. */
export const SHOP_EVENTS = {
  view: ['view_item', 'Product Viewed'],
  addToCart: ['add_to_cart', 'Product Added'],
  beginCheckout: ['begin_checkout', 'Checkout Started'],
  purchase: ['purchase', 'Order Completed'],
  refund: ['refund', 'Order Refunded'],
} as const

/** Events that a tag sends by itself: they are no act of a customer's will. */
export const AUTOCAPTURED_EVENTS = [
  '$autocapture',
  'autocapture',
  '$pageleave',
  '$web_vitals',
] as const

/** Event properties that carry time in the foreground, in milliseconds (GA4's first). */
export const FOREGROUND_PROPERTIES = ['engagement_time_msec', 'foreground_ms'] as const
