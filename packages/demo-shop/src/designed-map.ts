import { touchpointId } from './touchpoint-id.ts'
import {
  type JourneyMap,
  type MatchRule,
  PLAIN_STEP,
  type Presence,
  type Stage,
  type Step,
  type Touchpoint,
} from '@parcurs/domain'

const event = (...names: readonly string[]): MatchRule => ({ kind: 'event', names })
const url = (op: 'equals' | 'starts-with', value: string): MatchRule => ({ kind: 'url', op, value })
/** The view of a page: other events carry the path of the page they happen on, too. */
const page = (op: 'equals' | 'starts-with', value: string): MatchRule =>
  all(event('page_view'), url(op, value))
const any = (...rules: readonly MatchRule[]): MatchRule => ({ kind: 'any', rules })
const all = (...rules: readonly MatchRule[]): MatchRule => ({ kind: 'all', rules })

function touchpoint(
  id: string,
  name: string,
  channel: string,
  ownerTeam: string,
  rule: MatchRule,
  presence: Presence = 'digital',
): Touchpoint {
  return { id: touchpointId(id), name, channel, ownerTeam, presence, rule, version: 1 }
}

/** The shop's library of touchpoints. Ids are what surveys name. */
export const TOUCHPOINTS: readonly Touchpoint[] = [
  touchpoint('ad', 'Advertisement', 'ad', 'Marketing', event('ad_clicked')),
  touchpoint('social-post', 'Social post', 'social', 'Marketing', event('post_clicked')),
  touchpoint(
    'newsletter',
    'Newsletter',
    'email',
    'Marketing',
    event('newsletter_opened', 'newsletter_clicked'),
  ),
  touchpoint(
    'home',
    'Home page and app',
    'web',
    'Web',
    any(event('app_opened'), page('equals', '/')),
  ),
  touchpoint(
    'search',
    'Search',
    'web',
    'Web',
    any(event('view_search_results'), page('equals', '/search')),
  ),
  touchpoint(
    'category',
    'Category page',
    'web',
    'Web',
    any(event('view_item_list'), page('starts-with', '/c/')),
  ),
  touchpoint(
    'product-page',
    'Product page',
    'web',
    'Merchandise',
    any(event('view_item'), page('starts-with', '/p/')),
  ),
  touchpoint(
    'size-guide',
    'Size guide',
    'web',
    'Merchandise',
    any(event('size_guide_viewed'), page('starts-with', '/size-guide/')),
  ),
  touchpoint(
    'chat-advice',
    'Advice in chat',
    'chat',
    'Support',
    event('chat_started', 'chat_ended'),
    'hybrid',
  ),
  touchpoint(
    'store-visit',
    'Shop visit',
    'store',
    'Stores',
    event('store_visited', 'item_tried'),
    'physical',
  ),
  touchpoint(
    'cart',
    'Cart',
    'web',
    'Web',
    any(event('add_to_cart', 'view_cart'), page('equals', '/cart')),
  ),
  touchpoint(
    'checkout',
    'Checkout',
    'web',
    'Web',
    any(event('begin_checkout', 'add_shipping_info'), page('equals', '/checkout')),
  ),
  touchpoint(
    'payment',
    'Payment',
    'web',
    'Payments',
    any(event('add_payment_info', 'payment_failed'), page('equals', '/checkout/payment')),
  ),
  touchpoint('order', 'Order', 'web', 'Sales', event('purchase'), 'hybrid'),
  touchpoint('delivery', 'Delivery', 'partner', 'Logistics', event('order_delivered'), 'physical'),
  touchpoint('help', 'Help line', 'call', 'Support', event('support_called'), 'hybrid'),
  touchpoint('return', 'Return', 'web', 'Logistics', event('return_requested', 'refund'), 'hybrid'),
  touchpoint(
    'rating',
    'Recommendation survey',
    'email',
    'Customer insight',
    all(event('survey_answered'), { kind: 'channel', channels: ['email'] }),
  ),
  touchpoint('review', 'Review', 'review', 'Customer insight', event('review_submitted')),
  touchpoint('invitation', 'Invites a friend', 'social', 'Marketing', event('friend_invited')),
  touchpoint('club', 'Points statement', 'email', 'Marketing', event('points_opened')),
]

interface Drawn {
  readonly optional?: boolean
  readonly momentOfTruth?: boolean
  /** What the team believes in the workshop; the survey sometimes begs to differ. */
  readonly believed?: number
}

function step(id: string, name: string, touchpointIds: readonly string[], drawn: Drawn = {}): Step {
  return {
    id,
    name,
    touchpointIds: touchpointIds.map(touchpointId),
    ...PLAIN_STEP,
    optional: drawn.optional ?? false,
    momentOfTruth: drawn.momentOfTruth ?? false,
    believedEmotion: drawn.believed ?? null,
  }
}

const STAGES: readonly Stage[] = [
  {
    id: 'awareness',
    kind: 'awareness',
    name: 'Awareness',
    steps: [
      step('discover', 'Sees an ad or post', ['ad', 'social-post'], {
        optional: true,
        believed: 0.5,
      }),
      step('newsletter', 'Opens the newsletter', ['newsletter'], { optional: true, believed: 0.8 }),
      step('arrive', 'Arrives', ['home'], { believed: 0.5 }),
    ],
  },
  {
    id: 'consideration',
    kind: 'consideration',
    name: 'Consideration',
    steps: [
      step('search', 'Searches', ['search'], { optional: true, believed: 0 }),
      step('category', 'Browses a category', ['category'], { optional: true, believed: 0.3 }),
      step('product', 'Looks at a product', ['product-page'], { believed: 1 }),
      step('size-guide', 'Checks the size', ['size-guide'], { optional: true, believed: 1 }),
      step('chat-advice', 'Asks for advice', ['chat-advice'], { optional: true, believed: -0.5 }),
      step('store-visit', 'Tries it in the shop', ['store-visit'], {
        optional: true,
        believed: 1.2,
      }),
    ],
  },
  {
    id: 'purchase',
    kind: 'purchase',
    name: 'Purchase',
    steps: [
      step('cart', 'Fills the cart', ['cart'], { optional: true, believed: 0.6 }),
      step('checkout', 'Goes to checkout', ['checkout'], { optional: true, believed: -0.2 }),
      step('payment', 'Pays', ['payment'], { optional: true, momentOfTruth: true, believed: 0.2 }),
      step('order', 'Has ordered', ['order'], { believed: 1.5 }),
    ],
  },
  {
    id: 'retention',
    kind: 'retention',
    name: 'Retention',
    steps: [
      step('delivery', 'Gets the parcel', ['delivery'], { momentOfTruth: true, believed: 1.4 }),
      step('help', 'Needs help', ['help', 'return'], { optional: true, believed: -1 }),
    ],
  },
  {
    id: 'advocacy',
    kind: 'advocacy',
    name: 'Advocacy',
    steps: [
      step('rating', 'Rates us', ['rating'], { optional: true, believed: 1 }),
      step('review', 'Writes a review', ['review', 'invitation'], {
        optional: true,
        believed: 1.2,
      }),
      step('club', 'Stays in the club', ['club'], { believed: 0.8 }),
    ],
  },
]

/** The journey as the shop's team drew it. Customers decide within two weeks. */
export const DESIGNED_MAP: JourneyMap = {
  id: 'demo-shop',
  name: 'Buying from the shop',
  goal: { touchpointId: touchpointId('order'), valued: true },
  windowDays: 14,
  stages: STAGES,
  version: 1,
}
