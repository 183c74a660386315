import { channelOf, type EventType, eventMoney, type Mapping, plainName } from '@parcurs/domain'
import { encodedText } from '../log/byte-writer.ts'
import type { KindName } from '../log/kind-choice.ts'
import { storedKind } from '../log/stored-text.ts'

/** A kind of event as a file names it. */
export interface FileKind {
  /** Among the file's kinds, from 0. */
  readonly index: number
  readonly described: KindName
  /** The same as four Strings. */
  readonly bytes: Buffer
  readonly name: string
  readonly mayBeFeedback: boolean
  /** What it is worth is money given back. */
  readonly refund: boolean
}

const KEPT = 100_000
const FEEDBACK_NAME = /survey|review|rat(ed|ing)|scored|nps|csat|ces|sentiment|feedback/i

/** The kinds of events of one file, numbered as they come. */
export class FileKinds {
  /** The channel column holds media, as of campaigns. */
  readonly #medium: boolean
  readonly #held = new Map<string, FileKind>()
  #count = 0
  #new: KindName[] = []

  #lastType: EventType | '' = ''
  #lastEvent = ''
  #lastChannel = ''
  #lastUrl = ''
  #last: FileKind | null = null

  constructor({ channel }: Pick<Mapping, 'channel'>) {
    this.#medium = plainName(channel ?? '').endsWith('medium')
  }

  /** @param type '': told by the name */
  of(event: string, channel: string, url: string, type: EventType | '' = ''): FileKind {
    if (
      type === this.#lastType &&
      this.#last !== null &&
      event === this.#lastEvent &&
      channel === this.#lastChannel &&
      url === this.#lastUrl
    ) {
      return this.#last
    }
    const path = pathOf(url)
    const name = `${event}\0${channel}\0${path}\0${type}`
    const kind = this.#held.get(name) ?? this.#made(name, event, channel, path, type)
    this.#lastType = type
    this.#lastEvent = event
    this.#lastChannel = channel
    this.#lastUrl = url
    this.#last = kind
    return kind
  }

  /** Those that came since the last call. */
  takeNew(): readonly KindName[] {
    const taken = this.#new
    this.#new = []
    return taken
  }

  #made(key: string, event: string, channel: string, path: string, said: EventType | ''): FileKind {
    const type = said || (TYPES.get(event) ?? 'track')
    const described = this.#described(type, event, channel, path)
    const kind = {
      index: this.#count++,
      described,
      bytes: encodedKind(described),
      name: event,
      mayBeFeedback: FEEDBACK_NAME.test(event),
      refund: (eventMoney(event, { value: '1' }).value ?? 0) < 0,
    }
    if (this.#held.size > KEPT) this.#held.clear()
    this.#held.set(key, kind)
    this.#new.push(described)
    return kind
  }

  #described(type: EventType, name: string, channel: string, path: string): KindName {
    const hints = this.#medium ? { said: '', medium: channel } : { said: channel, medium: '' }
    const page = path !== ''
    const of = { ...hints, type, name, source: '', query: '', app: false, page }
    return storedKind({ type, name, channel: channelOf(of), path })
  }
}

const TYPES: ReadonlyMap<string, EventType> = new Map([
  ['page_view', 'page'],
  ['screen_view', 'screen'],
])

function encodedKind({ type, name, channel, path }: KindName): Buffer {
  return Buffer.concat([type, name, channel, path].map(encodedText))
}

/** The path of an address without query and fragment. */
function pathOf(url: string): string {
  if (url === '') return ''
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '')
  return path === '' ? '/' : path
}
