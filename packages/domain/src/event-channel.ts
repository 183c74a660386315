import type { EventType } from './event.ts'

/** What of an event tells the channel it came through. Empty text: not said. */
export interface ChannelHints {
  readonly type: EventType
  readonly name: string
  /** Said outright: `properties.channel` or `context.channel`. */
  readonly said: string
  readonly medium: string
  readonly source: string
  /** Query string of the page, for the click ids of ad networks. */
  readonly query: string
  /** The sending library or device is a mobile app. */
  readonly app: boolean
  /** The event happened on a page. */
  readonly page: boolean
}

const MEDIA: readonly (readonly [RegExp, string])[] = [
  [/^(cpc|ppc|cpm|cpv|paid.*|display|banner|retargeting|remarketing|ads?|affiliate.?ads?)$/, 'ad'],
  [/^(e-?mail|newsletter|edm)$/, 'email'],
  [/^(social.*|sm|smm)$/, 'social'],
  [/^(organic|search|seo)$/, 'search'],
  [/^(sms|text)$/, 'sms'],
  [/^(push|notification|web.?push)$/, 'push'],
  [/^(chat|messenger|whatsapp|telegram|viber)$/, 'chat'],
  [/^(affiliate|referral|partner)$/, 'partner'],
]

const SOURCES: readonly (readonly [RegExp, string])[] = [
  [/^(google|bing|yahoo|yandex|baidu|duckduckgo|ecosia|naver|sogou)/, 'search'],
  [
    /^(facebook|fb|instagram|ig|tiktok|twitter|x|linkedin|pinterest|youtube|vk|ok|weibo|reddit|snapchat)(\b|$)/,
    'social',
  ],
  [/^(newsletter|mailchimp|sendgrid|klaviyo|e-?mail)/, 'email'],
]

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^e-?mail[_ -]/i, 'email'],
  [/^push[_ -]/i, 'push'],
  [/^sms[_ -]/i, 'sms'],
  [/^(live[_ -])?chat[_ -]/i, 'chat'],
  [/^(phone|call)[_ -]/i, 'call'],
  [/^(in[_ -]?store|store|pos)[_ -]/i, 'store'],
  [/^review[_ -]/i, 'review'],
  [/^ad[_ -](click|impression|view)/i, 'ad'],
]

const CLICK_ID = /(^|[?&])(gclid|gbraid|wbraid|dclid|fbclid|msclkid|yclid|ttclid)=/

/**
 * The first of these that says something: the channel said outright; the campaign's medium, an ad
 * network's click id, the campaign's source; the event's name; app; web; `other`.
 */
export function channelOf(hints: ChannelHints): string {
  const said = hints.said.trim().toLowerCase()
  if (said !== '') return said.slice(0, 60)
  const medium = hints.medium.trim().toLowerCase()
  const source = hints.source.trim().toLowerCase()
  return (
    (medium === '' ? null : first(MEDIA, medium)) ??
    (CLICK_ID.test(hints.query) ? 'ad' : null) ??
    (source === '' ? null : first(SOURCES, source)) ??
    (hints.type === 'track' ? first(NAMES, hints.name) : null) ??
    (hints.type === 'screen' || hints.app
      ? 'app'
      : hints.type === 'page' || hints.page
        ? 'web'
        : 'other')
  )
}

function first(table: readonly (readonly [RegExp, string])[], text: string): string | null {
  return table.find(([pattern]) => pattern.test(text))?.[1] ?? null
}
