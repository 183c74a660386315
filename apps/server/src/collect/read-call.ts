import type { CallRefusal } from '@parcurs/domain'
import { randomUUID } from 'node:crypto'
import type { CallType } from '@parcurs/contract'
import {
  channelOf,
  eventMoney,
  feedbackOf,
  flatten,
  type IncomingAlias,
  type IncomingEvent,
  type IncomingGroup,
  type IncomingTraits,
  isIdentity,
  MAX_AMOUNT,
  noProperties,
  screenName,
  type UnreadMoney,
} from '@parcurs/domain'
import { cutText, storedKind, storedName, storedText } from '../log/stored-text.ts'
import { type Call, checkCall } from './call-check.ts'
import { callTime, EARLIEST_MS } from './call-time.ts'
import { contextOf, type ContextHints } from './call-context.ts'

export type ReadCall =
  /** `unread`: money in it that cannot be read. `movedMs`: by how much its time was moved, because the sender's clock is off; 0: not at all. */
  | {
      readonly kind: 'event'
      readonly event: IncomingEvent
      readonly movedMs: number
      readonly unread: UnreadMoney | null
    }
  | { readonly kind: 'identify'; readonly identify: IncomingTraits }
  | { readonly kind: 'group'; readonly group: IncomingGroup }
  | { readonly kind: 'alias'; readonly alias: IncomingAlias }
  | { readonly kind: 'refused'; readonly code: CallRefusal; readonly detail: string }

export interface CallPlace {
  /** Place in the batch: orders events of one instant. */
  readonly index: number
  readonly receivedMs: number
  /** Of the batch: holds where the call has none. */
  readonly sentAt: string | number | null
  readonly context: object | null
  /** The calls come from an archive. */
  readonly historical: boolean
}

/** Reads one call, whatever it may be; nothing in it can throw or reach further than its own values. */
export function readCall(type: CallType, sent: unknown, place: CallPlace): ReadCall {
  const call = checkCall(type, sent)
  if (typeof call === 'string') return refused('call-invalid', call)
  const userId = identityOf(call.userId)
  const anonymousId = identityOf(call.anonymousId)
  const time = callTime(
    {
      timestamp: call.timestamp,
      originalTimestamp: call.originalTimestamp,
      sentAt: call.sentAt ?? place.sentAt,
      historical: place.historical,
    },
    place.receivedMs,
    EARLIEST_MS,
  )
  if (!time.ok) return refused(time.code, time.detail)
  const who = { userId, anonymousId, timeMs: time.timeMs }
  const someone = userId !== '' || anonymousId !== ''
  if (type === 'alias') return aliasCall(call, who)
  if (type === 'group') return groupCall(call, who)
  if (!someone) {
    return refused(
      'identity-missing',
      `neither userId nor anonymousId names anybody (userId is ${JSON.stringify(call.userId ?? null)}, anonymousId is ${JSON.stringify(call.anonymousId ?? null)})`,
    )
  }
  if (type === 'identify') {
    const traits = noProperties()
    const wrong = flatten(call.traits ?? {}, traits)
    if (wrong !== null) return refused('traits-invalid', `traits: ${wrong}`)
    return { kind: 'identify', identify: { ...who, traits } }
  }
  const read = eventCall(type, call, who, place)
  return read.kind === 'event' ? { ...read, movedMs: time.movedMs } : read
}

interface Who {
  readonly userId: string
  readonly anonymousId: string
  readonly timeMs: number
}

function eventCall(
  type: 'track' | 'page' | 'screen',
  call: Call,
  who: Who,
  place: CallPlace,
): ReadCall {
  const name = type === 'track' ? storedName(call.event ?? '') : `${type}_view`
  if (name === '')
    return refused('call-invalid', 'event is empty: expected the name of what happened')
  const properties = noProperties()
  const hints = contextOf(call.context ?? place.context ?? {}, properties)
  const wrong = flatten(call.properties ?? {}, properties)
  if (wrong !== null) return refused('properties-invalid', `properties: ${wrong}`)
  if (type !== 'track') {
    if (typeof call.name === 'string') properties['name'] = storedText(call.name)
    if (typeof call.category === 'string') properties['category'] = storedText(call.category)
  }
  const { unread, ...money } = eventMoney(name, properties)
  if (money.value === null && unread?.why === 'too-large') {
    return refused('value-too-large', `the value is ${unread.text}: expected at most ${MAX_AMOUNT}`)
  }
  const { path, query } = pageOf(properties, hints)
  const channel = channelOf({
    type,
    name,
    said: storedName(properties['channel'] ?? hints.channel),
    medium: properties['utm_medium'] ?? '',
    source: properties['utm_source'] ?? '',
    query,
    app: hints.app,
    page: path !== '',
  })
  return {
    kind: 'event',
    movedMs: 0,
    unread,
    event: {
      ...who,
      ...storedKind({
        type,
        name,
        channel,
        path: type === 'screen' ? screenName(properties) : path,
      }),
      messageId:
        typeof call.messageId === 'string' && call.messageId !== '' ? call.messageId : randomUUID(),
      position: place.index,
      ...money,
      // A survey's `value` is a score, not money.
      value: money.value !== null && feedbackOf(name, properties) !== null ? null : money.value,
      properties,
    },
  }
}

function groupCall(call: Call, who: Who): ReadCall {
  const groupId = identityOf(call.groupId)
  if (groupId === '') {
    return refused(
      'identity-missing',
      `groupId is ${JSON.stringify(call.groupId)}: expected the id of a group`,
    )
  }
  const traits = noProperties()
  const wrong = flatten(call.traits ?? {}, traits)
  if (wrong !== null) return refused('traits-invalid', `traits: ${wrong}`)
  return { kind: 'group', group: { ...who, groupId, traits } }
}

function aliasCall(call: Call, who: Who): ReadCall {
  const previousId = identityOf(call.previousId)
  const ofDevice = who.userId === ''
  const userId = ofDevice ? who.anonymousId : who.userId
  if (previousId === '' || userId === '') {
    return refused(
      'identity-missing',
      `previousId is ${JSON.stringify(call.previousId)}, userId is ${JSON.stringify(call.userId ?? null)} and anonymousId is ${JSON.stringify(call.anonymousId ?? null)}: expected two ids that name somebody`,
    )
  }
  return { kind: 'alias', alias: { previousId, userId, ofDevice, timeMs: who.timeMs } }
}

/** @returns empty text for whatever names nobody */
function identityOf(id: string | number | null | undefined): string {
  if (id === null || id === undefined) return ''
  const text = storedName(String(id))
  return isIdentity(text) ? text : ''
}

/** Path and query of the page that an event happened on, as far as it says so. */
function pageOf(
  properties: Readonly<Record<string, string>>,
  hints: ContextHints,
): { readonly path: string; readonly query: string } {
  const url = properties['url'] ?? hints.url
  const parsed = url === '' ? null : parsedUrl(url)
  const said = properties['path'] ?? hints.path
  // A path may come with what belongs behind it.
  const path = said === '' ? (parsed?.pathname ?? '') : (said.split(/[?#]/, 1)[0] ?? '')
  return {
    path,
    query: parsed?.search ?? properties['search'] ?? '',
  }
}

function parsedUrl(url: string): URL | null {
  const whole = url.startsWith('/') ? `http://page${url}` : url
  return URL.canParse(whole) ? new URL(whole) : null
}

function refused(code: CallRefusal, detail: string): ReadCall {
  return { kind: 'refused', code, detail: cutText(storedText(detail), 500) }
}
