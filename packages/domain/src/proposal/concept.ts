import type { StageKind } from '../map/journey-map.ts'
import { snakeCase } from '../shop-event.ts'

/**
 * A place of contact that shop vocabularies have a word for: GA4's and Segment's e-commerce events, and the names
 * that paths of shops usually have. The order of the list is the order on a map.
 */
export interface Concept {
  readonly key: string
  readonly name: string
  readonly stage: StageKind
  /** In snake case. */
  readonly events: readonly string[]
  /** Whole paths of pages. */
  readonly paths: RegExp | null
}

const concept = (
  stage: StageKind,
  key: string,
  name: string,
  events: readonly string[],
  paths: RegExp | null = null,
): Concept => ({ key, name, stage, events, paths })

export const CONCEPTS: readonly Concept[] = [
  concept('awareness', 'ad', 'Advertisement', [
    'ad_clicked',
    'ad_click',
    'ad_impression',
    'ad_viewed',
    'select_promotion',
    'view_promotion',
    'promotion_viewed',
    'promotion_clicked',
  ]),
  concept('awareness', 'post', 'Social post', ['post_clicked', 'social_clicked', 'post_viewed']),
  concept('awareness', 'email', 'Email', [
    'email_opened',
    'email_link_clicked',
    'email_clicked',
    'newsletter_opened',
    'newsletter_clicked',
    'campaign_details',
  ]),
  concept('awareness', 'push', 'Push message', [
    'push_notification_received',
    'push_notification_tapped',
    'notification_open',
    'notification_receive',
  ]),
  concept(
    'awareness',
    'home',
    'Home page',
    ['app_opened', 'application_opened', 'first_open', 'application_installed'],
    /^\/?(home|index(\.html?|\.php)?)?\/?$/i,
  ),
  concept('awareness', 'content', 'Articles', [], /^\/(blog|news|magazine|article|guide)s?(\/|$)/i),
  concept(
    'consideration',
    'search',
    'Search',
    ['search', 'view_search_results', 'products_searched'],
    /^\/(search|find|suche|recherche)(\/|$)/i,
  ),
  concept(
    'consideration',
    'category',
    'Category page',
    [
      'view_item_list',
      'select_item',
      'product_list_viewed',
      'product_list_filtered',
      'product_clicked',
    ],
    /^\/(categor(y|ies)|collections?|c|shop)(\/|$)/i,
  ),
  concept(
    'consideration',
    'product',
    'Product page',
    ['view_item', 'product_viewed', 'view', 'product_view', 'item_view'],
    /^\/(products?|items?|p|dp)\//i,
  ),
  concept('consideration', 'size-guide', 'Size guide', ['size_guide_viewed'], /^\/size-?guide/i),
  concept('consideration', 'wishlist', 'Wish list', [
    'add_to_wishlist',
    'product_added_to_wishlist',
    'wishlist_product_added_to_cart',
  ]),
  concept('consideration', 'chat', 'Chat', ['chat_started', 'chat_ended', 'chat_opened']),
  concept('consideration', 'lead', 'Enquiry', ['generate_lead', 'lead', 'contact_form_submitted']),
  concept('consideration', 'sign-up', 'Sign-up', [
    'sign_up',
    'signed_up',
    'account_created',
    'registered',
    'registration_completed',
  ]),
  concept('consideration', 'store-visit', 'Shop visit', ['store_visited', 'item_tried']),
  concept(
    'purchase',
    'cart',
    'Cart',
    ['add_to_cart', 'view_cart', 'product_added', 'cart_viewed', 'cart', 'addtocart'],
    /^\/(cart|basket|bag)(\/|$)/i,
  ),
  concept(
    'purchase',
    'payment',
    'Payment',
    ['add_payment_info', 'payment_info_entered', 'payment_started'],
    /^\/(checkout\/)?(payment|pay)(\/|$)/i,
  ),
  concept(
    'purchase',
    'checkout',
    'Checkout',
    [
      'begin_checkout',
      'checkout_started',
      'add_shipping_info',
      'checkout_step_viewed',
      'checkout_step_completed',
      'checkout',
    ],
    /^\/checkout(\/|$)/i,
  ),
  concept('purchase', 'order', 'Order', [
    'purchase',
    'order_completed',
    'order_placed',
    'placed_order',
    'checkout_completed',
    'in_app_purchase',
    'transaction',
    'sale',
    'invoice',
  ]),
  concept('retention', 'shipping', 'Shipping', ['order_shipped', 'order_fulfilled']),
  concept('retention', 'delivery', 'Delivery', [
    'order_delivered',
    'delivery_completed',
    'delivered',
  ]),
  concept('retention', 'help', 'Help', [
    'support_called',
    'ticket_created',
    'call_answered',
    'support_requested',
    'contact_support',
  ]),
  concept('retention', 'return', 'Return', [
    'return_requested',
    'refund',
    'order_refunded',
    'order_returned',
  ]),
  concept('retention', 'points', 'Loyalty points', [
    'points_opened',
    'points_earned',
    'earn_virtual_currency',
  ]),
  concept('advocacy', 'survey', 'Survey', [
    'survey_answered',
    'survey_submitted',
    'survey_completed',
    'nps_answered',
    'nps_submitted',
    'csat_answered',
  ]),
  concept('advocacy', 'review', 'Review', [
    'product_reviewed',
    'review_posted',
    'review_submitted',
    'review_added',
  ]),
  concept('advocacy', 'recommendation', 'Recommendation', [
    'friend_invited',
    'invite_sent',
    'referral_sent',
    'product_shared',
    'share',
    'cart_shared',
  ]),
]

const BY_EVENT: ReadonlyMap<string, Concept> = new Map(
  CONCEPTS.flatMap((concept) => concept.events.map((event) => [event, concept] as const)),
)

export function conceptOfEvent(name: string): Concept | null {
  return BY_EVENT.get(snakeCase(name)) ?? null
}

/** The most telling concept first: `/checkout/payment` is a payment, not a checkout. */
export function conceptOfPath(path: string): Concept | null {
  return CONCEPTS.find(({ paths }) => paths?.test(path) === true) ?? null
}

/** Where the concept stands on a map. `payment` comes after `checkout` there. */
export function rankOf(concept: Concept): number {
  if (concept.key === 'payment') return rank('checkout') + 0.5
  return rank(concept.key)
}

function rank(key: string): number {
  return CONCEPTS.findIndex((concept) => concept.key === key)
}
