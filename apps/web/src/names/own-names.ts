/**
 * The names that the program itself gives, as they stand in the data, in English: stages and steps it proposes, and the
 * demo shop's. They are said in the language spoken; what a person has written is never among what is translated.
 */
export const OWN_NAMES = {
  Awareness: 'awareness',
  Consideration: 'consideration',
  Purchase: 'purchase',
  Retention: 'retention',
  Advocacy: 'advocacy',
  Beginning: 'beginning',
  Middle: 'middle',
  End: 'end',
  Journey: 'journey',
  Advertisement: 'advertisement',
  'Social post': 'social-post',
  Email: 'email',
  'Push message': 'push-message',
  'Home page': 'home-page',
  Articles: 'articles',
  Search: 'search',
  'Category page': 'category-page',
  'Product page': 'product-page',
  'Size guide': 'size-guide',
  'Wish list': 'wish-list',
  Chat: 'chat',
  Enquiry: 'enquiry',
  'Sign-up': 'sign-up',
  'Shop visit': 'shop-visit',
  Cart: 'cart',
  Payment: 'payment',
  Checkout: 'checkout',
  Order: 'order',
  Shipping: 'shipping',
  Delivery: 'delivery',
  Help: 'help',
  Return: 'return',
  'Loyalty points': 'loyalty-points',
  Survey: 'survey',
  Review: 'review',
  Recommendation: 'recommendation',
  Newsletter: 'newsletter',
  'Home page and app': 'home-page-and-app',
  'Advice in chat': 'advice-in-chat',
  'Help line': 'help-line',
  'Recommendation survey': 'recommendation-survey',
  'Invites a friend': 'invites-a-friend',
  'Points statement': 'points-statement',
  'Sees an ad or post': 'sees-an-ad-or-post',
  'Opens the newsletter': 'opens-the-newsletter',
  Arrives: 'arrives',
  Searches: 'searches',
  'Browses a category': 'browses-a-category',
  'Looks at a product': 'looks-at-a-product',
  'Checks the size': 'checks-the-size',
  'Asks for advice': 'asks-for-advice',
  'Tries it in the shop': 'tries-it-in-the-shop',
  'Fills the cart': 'fills-the-cart',
  'Goes to checkout': 'goes-to-checkout',
  Pays: 'pays',
  'Has ordered': 'has-ordered',
  'Gets the parcel': 'gets-the-parcel',
  'Needs help': 'needs-help',
  'Rates us': 'rates-us',
  'Writes a review': 'writes-a-review',
  'Stays in the club': 'stays-in-the-club',
  'Buying from the shop': 'buying-from-the-shop',
} as const

export type OwnName = (typeof OWN_NAMES)[keyof typeof OWN_NAMES]

const known: ReadonlyMap<string, OwnName> = new Map(Object.entries(OWN_NAMES))

/** A name of the program and what tells it from others of that name ("Search 2"); null: somebody's own. */
export function ownName(name: string): { readonly key: OwnName; readonly number: string } | null {
  const [, plain = name, number = ''] = /^(.*?)( \d+)?$/s.exec(name) ?? []
  const key = known.get(plain)
  return key === undefined ? null : { key, number }
}
