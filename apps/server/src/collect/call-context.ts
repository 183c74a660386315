import { storedText } from '../log/stored-text.ts'

/** What a call's context tells beside the properties it adds. */
export interface ContextHints {
  readonly channel: string
  readonly url: string
  readonly path: string
  /** The sender is an app on a phone or tablet. */
  readonly app: boolean
}

// What is kept of Segment's context, under which name. Addresses and user agents are left out: they tell who a person is.
const KEPT: readonly (readonly [path: readonly [string, ...string[]], property: string])[] = [
  [['campaign', 'source'], 'utm_source'],
  [['campaign', 'medium'], 'utm_medium'],
  [['campaign', 'name'], 'utm_campaign'],
  [['campaign', 'term'], 'utm_term'],
  [['campaign', 'content'], 'utm_content'],
  [['page', 'title'], 'context.page.title'],
  [['page', 'referrer'], 'context.page.referrer'],
  [['device', 'type'], 'context.device.type'],
  [['device', 'model'], 'context.device.model'],
  [['device', 'manufacturer'], 'context.device.manufacturer'],
  [['os', 'name'], 'context.os.name'],
  [['os', 'version'], 'context.os.version'],
  [['app', 'name'], 'context.app.name'],
  [['app', 'version'], 'context.app.version'],
  [['locale'], 'context.locale'],
  [['timezone'], 'context.timezone'],
]

const MAX_CHARS = 500

/** @param into receives what is kept of the context; the call's own properties are written over it */
export function contextOf(context: object, into: Record<string, string>): ContextHints {
  for (const [path, property] of KEPT) {
    const text = textAt(context, path)
    if (text !== '') into[property] = storedText(text.slice(0, MAX_CHARS))
  }
  const device = textAt(context, ['device', 'type']).toLowerCase()
  const library = textAt(context, ['library', 'name']).toLowerCase()
  return {
    channel: textAt(context, ['channel']),
    url: textAt(context, ['page', 'url']),
    path: textAt(context, ['page', 'path']),
    app:
      /^(ios|android)$/.test(device) ||
      /ios|android|swift|kotlin|react-native|flutter/.test(library),
  }
}

function textAt(context: object, path: readonly string[]): string {
  let at: unknown = context
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return ''
    at = Reflect.get(at, name)
  }
  return typeof at === 'string' ? at : typeof at === 'number' ? String(at) : ''
}
