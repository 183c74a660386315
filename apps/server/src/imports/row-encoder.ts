import {
  channelOf,
  type EventType,
  eventMoney,
  feedbackOf,
  isIdentity,
  joined,
  type Mapping,
  TIME_EXAMPLES,
  MAX_AMOUNT,
  plainName,
  readMoney,
  readTime,
  unknownZone,
  UTC,
  zoneNamed,
} from '@parcurs/domain'
import { ByteWriter, encodedText } from '../log/byte-writer.ts'
import { AT, type EventTexts, writeEvent } from '../log/event-row.ts'
import type { Answer } from '../log/feedback-rows.ts'
import type { KindName } from '../log/kind-choice.ts'
import { WORDS } from '../log/message-words.ts'
import { MAX_EVENT_NAME_CHARS, storedKind } from '../log/stored-text.ts'
import type { EventChunk } from './event-chunk.ts'
import type { EventHashes } from './event-hashes.ts'
import type { Occurrences } from './occurrences.ts'
import { RawCells } from './raw-cells.ts'
import { ReadRow, SHOWN_LIMIT } from './read-row.ts'
import type { RejectCode, RowSink } from './row-sink.ts'

export interface EncoderInput {
  readonly mapping: Mapping
  readonly workspaceId: number
  /** The number that the import's events are marked with. */
  readonly source: number
  /** Events later than this are refused. */
  readonly latestMs: number
  readonly hashes: EventHashes
  readonly occurrences: Occurrences
  /** Of the rows as they were known before their raw cells were; null: none is stored. */
  readonly formerOccurrences: Occurrences | null
}

interface Kind {
  readonly index: number
  /** type, name, channel and path as four Strings. */
  readonly bytes: Buffer
  readonly name: string
  readonly mayBeFeedback: boolean
  /** What it is worth is money given back. */
  readonly refund: boolean
}

interface Customer {
  readonly keyLow: number
  readonly keyHigh: number
}

/** Whose row it is: at least one of them. */
interface Who {
  readonly customer: Customer | null
  readonly anonymous: Customer | null
}

/** What of the row that is being written is not in its bytes. */
interface Head {
  readonly workspace: number
  userLow: number
  userHigh: number
  anonymousLow: number
  anonymousHigh: number
  position: number
  kind: number
  timeMs: number
}

const EARLIEST_MS = -2_208_988_800_000 // 1900-01-01, where DateTime64 begins
const EQUALS = 61
const QUOTE = 34
const CUSTOMERS_KEPT = 200_000
const KINDS_KEPT = 100_000
const FEEDBACK_NAME = /survey|review|rat(ed|ing)|scored|nps|csat|ces|sentiment|feedback/i

/**
 * Rows of any format become events in RowBinary. Values go from the file's bytes to the row's bytes;
 * only customer, time, event and money are looked at.
 *
 * A row's message id: the id column's text where there is one, else the hash of its raw cells under their
 * columns' names and of how many identical rows of the file came before it. So the same file brings the same
 * ids however often, however far and however mapped it was imported before; identical rows stay separate
 * events; and files that overlap (an export and the longer one of a week later) share the ids of what they
 * share. Two identical rows more than some million rows apart take the row's number instead of the count
 * (see `Occurrences`).
 *
 * Earlier programs took the hash of the event's content (everything that was stored of it) instead: where
 * such rows may be stored, it is told too.
 */
export class RowEncoder implements Omit<RowSink, 'reject'>, EventTexts {
  readonly #input: EncoderInput
  readonly #refuse: RowSink['reject']
  readonly #mapping: Mapping
  readonly #toMs: (text: string) => number | null
  readonly #writer = new ByteWriter(4_194_304)
  #ends = new Uint32Array(65_536)
  #rows = 0
  #former = new Uint32Array(0)
  #answers: Answer[] = []
  #newKinds: KindName[] = []
  readonly #kinds = new Map<string, Kind>()
  #kindCount = 0
  readonly #customers = new Map<string, Customer | null>()
  readonly #devices = new Map<string, Customer | null>()
  /** Rows of the file so far, refused ones included. */
  #position = 0

  readonly #row = new ReadRow()
  readonly #raw = new RawCells()
  readonly #head: Head
  #kind: Kind | null = null
  #ticks: number | null = null
  #propertyCount = 0
  #names: readonly string[] = []
  #keys: readonly (Buffer | null)[] = []
  #needed = 0
  #customer = -1
  #anonymous = -1
  #clock = -1
  #time = -1
  #event = -1
  #value = -1
  #factor = -1
  #id = -1
  #channel = -1
  #url = -1
  #currency = -1
  #order = -1

  #isUser = false
  #isDevice = false
  /** The one that stands beside the amount; '': none, or one of several that are written so. */
  #saidCurrency = ''
  #lastCurrency = ''
  #currencyBytes = encodedText('')
  #lastTime = ''
  #lastMs: number | null = null
  #lastEvent = ''
  #lastChannel = ''
  #lastUrl = ''
  #lastKind: Kind | null = null

  constructor(input: EncoderInput, refuse: RowSink['reject']) {
    this.#input = input
    this.#refuse = refuse
    this.#mapping = input.mapping
    this.#head = {
      workspace: input.workspaceId,
      userLow: 0,
      userHigh: 0,
      anonymousLow: 0,
      anonymousHigh: 0,
      position: 0,
      kind: 0,
      timeMs: 0,
    }
    if (input.formerOccurrences !== null) this.#former = new Uint32Array(this.#ends.length * WORDS)
    const zone = zoneNamed(input.mapping.zone) ?? UTC
    this.#toMs = (text) => readTime(text, input.mapping.timeFormat, zone)
  }

  get rows(): number {
    return this.#rows
  }

  get sizeBytes(): number {
    return this.#writer.at
  }

  columns(names: readonly string[]): void {
    this.#names = names
    this.#raw.columns(names)
    const at = (name: string | null | undefined) => (name == null ? -1 : names.indexOf(name))
    const { customer, anonymous, time, clock, event, value } = this.#mapping
    const { id, channel, url, currency, order } = this.#mapping
    this.#customer = at(customer)
    this.#anonymous = at(anonymous)
    this.#clock = at(clock)
    this.#time = at(time)
    this.#event = at(event)
    this.#value = at(value[0])
    this.#factor = at(value[1])
    this.#id = at(id)
    this.#channel = at(channel)
    this.#url = at(url)
    this.#currency = at(currency)
    this.#order = at(order)
    // A row that breaks off behind what an event needs is an event; before it, nobody knows what is missing.
    const needs = [this.#customer, this.#time, this.#event, this.#value, this.#factor]
    this.#needed = Math.max(...needs) + 1
    const told = new Set([this.#customer, this.#anonymous, this.#time, this.#event, this.#id])
    this.#keys = names.map((name, i) => (told.has(i) ? null : encodedText(name)))
  }

  row(bytes: Buffer, starts: Uint32Array, ends: Uint32Array, count: number, line: number): void {
    const position = this.#position++
    const row = this.#row
    row.bytes = bytes
    row.starts = starts
    row.ends = ends
    row.count = count
    if (count < this.#needed) {
      const detail = `${count} fields where the header has ${this.#names.length}`
      return this.#reject(line, 'too-few-fields', detail)
    }
    const customerText = row.text(this.#customer)
    const customer = this.#customerOf(customerText)
    const anonymous = this.#anonymous === -1 ? null : this.#deviceOf(row.text(this.#anonymous))
    if (customer === null && anonymous === null) {
      const shown = customerText === '' ? 'is empty' : `is '${customerText}', which names nobody`
      return this.#reject(line, 'no-customer', `${this.#mapping.customer} ${shown}`)
    }
    const dateText = row.text(this.#time)
    const timeText = this.#clock === -1 ? dateText : joined(dateText, row.text(this.#clock))
    const ms = this.#msOf(timeText)
    if (ms === null) {
      const { time, timeFormat } = this.#mapping
      const zone = unknownZone(timeText, timeFormat)
      const expected =
        zone === null
          ? TIME_EXAMPLES[timeFormat]
          : `another zone than ${zone}, which has no one offset`
      const detail = `${time} is '${cut(timeText)}': expected ${expected}`
      return this.#reject(line, 'time-unreadable', detail)
    }
    if (ms < EARLIEST_MS || ms > this.#input.latestMs) {
      const expected = ms < EARLIEST_MS ? '1900 or later' : 'at most 24 hours from now'
      const detail = `${this.#mapping.time} is '${cut(timeText)}': expected ${expected}`
      return this.#reject(line, 'time-out-of-range', detail)
    }
    const event = this.#event === -1 ? this.#mapping.eventName : row.text(this.#event)
    if (event === '') {
      return this.#reject(line, 'event-name-missing', `${this.#mapping.event} is empty`)
    }
    if (event.length > MAX_EVENT_NAME_CHARS) {
      const detail = `${event.length} characters: expected at most ${MAX_EVENT_NAME_CHARS}`
      return this.#reject(line, 'event-name-too-long', detail)
    }
    const amount = this.#amount()
    if (amount === undefined) {
      return this.#reject(line, 'value-not-a-number', this.#amountFault())
    }
    const id = row.text(this.#id)
    const kind = this.#kindOf(event, row.text(this.#channel), row.text(this.#url))
    this.#ticks = amount !== null && amount > 0 && kind.refund ? -amount : amount
    const start = this.#writer.at
    this.#write({ customer, anonymous }, ms, kind, position)
    this.#stamp(start, id, position)
    this.#finish()
    if (kind.mayBeFeedback) this.#noteAnswer(kind)
  }

  /** The rows since the last call; null: none. The chunk owns its memory. */
  take(): EventChunk | null {
    if (this.#rows === 0) return null
    const bytes = new Uint8Array(this.#writer.bytes.buffer.slice(0, this.#writer.at))
    const chunk = {
      events: { bytes, ends: this.#ends.slice(0, this.#rows) },
      formerWords:
        this.#input.formerOccurrences === null ? null : this.#former.slice(0, this.#rows * WORDS),
      newKinds: this.#newKinds,
      answers: this.#answers,
    }
    this.#writer.at = 0
    this.#rows = 0
    this.#newKinds = []
    this.#answers = []
    return chunk
  }

  #finish(): void {
    if (this.#rows === this.#ends.length) {
      const wider = new Uint32Array(this.#ends.length * 2)
      wider.set(this.#ends)
      this.#ends = wider
      if (this.#input.formerOccurrences !== null) {
        const former = new Uint32Array(wider.length * WORDS)
        former.set(this.#former)
        this.#former = former
      }
    }
    this.#ends[this.#rows++] = this.#writer.at
  }

  #reject(line: number, code: RejectCode, detail: string): void {
    const { shown, count } = this.#row
    if (shown.length < SHOWN_LIMIT) this.#refuse(line, code, detail, shown, count)
    else this.#refuse(line, code, detail, shown)
  }

  #write({ customer, anonymous }: Who, ms: number, kind: Kind, position: number): void {
    const out = this.#writer
    const { starts, ends, count } = this.#row
    let properties = 0
    let size = AT.rest + kind.bytes.length + 64
    for (let i = 0; i < count; i++) {
      const length = (ends[i] ?? 0) - (starts[i] ?? 0)
      // Customer, currency and order id are written besides.
      size += length * 4
      const key = this.#keys[i]
      if (length === 0 || key == null) continue
      properties++
      size += key.length + 10
    }
    out.reserve(size)
    this.#kind = kind
    this.#propertyCount = properties
    const head = this.#head
    head.userLow = customer?.keyLow ?? 0
    head.userHigh = customer?.keyHigh ?? 0
    head.anonymousLow = anonymous?.keyLow ?? 0
    head.anonymousHigh = anonymous?.keyHigh ?? 0
    this.#isUser = customer !== null
    this.#isDevice = anonymous !== null
    head.position = position
    head.kind = kind.index
    head.timeMs = ms
    writeEvent(out, head, this)
  }

  // The texts of the row that is being written.

  names(out: ByteWriter): void {
    const bytes = this.#kind?.bytes
    if (bytes !== undefined) out.copy(bytes, 0, bytes.length)
  }

  userId(out: ByteWriter): void {
    if (this.#isUser) this.#field(this.#customer)
    else out.varint(0)
  }

  anonymousId(out: ByteWriter): void {
    if (this.#isDevice) this.#field(this.#anonymous)
    else out.varint(0)
  }

  value(): number | null {
    return this.#ticks
  }

  currency(out: ByteWriter): void {
    const { currencyCode } = this.#mapping
    const column = this.#row.text(this.#currency).toUpperCase()
    const code = column || this.#saidCurrency || currencyCode
    const bytes = this.#encoded(code)
    out.copy(bytes, 0, bytes.length)
  }

  #encoded(code: string): Buffer {
    if (code !== this.#lastCurrency) {
      this.#lastCurrency = code
      this.#currencyBytes = encodedText(code)
    }
    return this.#currencyBytes
  }

  orderId(): void {
    this.#field(this.#order)
  }

  properties(out: ByteWriter): void {
    const { bytes, starts, ends, count } = this.#row
    out.varint(this.#propertyCount)
    for (let i = 0; i < count; i++) {
      const from = starts[i] ?? 0
      const to = ends[i] ?? 0
      const key = this.#keys[i]
      if (from === to || key == null) continue
      out.copy(key, 0, key.length)
      out.text(bytes, from, to)
    }
  }

  /** The text of a column without the blanks around it. */
  #field(column: number): void {
    const { bytes, starts, ends, count } = this.#row
    if (column === -1 || column >= count) return this.#writer.varint(0)
    let from = starts[column] ?? 0
    let to = ends[column] ?? 0
    while (from < to && bytes[from] === 32) from++
    while (to > from && bytes[to - 1] === 32) to--
    // As ReadRow reads it: ="00123" is 00123.
    if (
      to - from > 2 &&
      bytes[from] === EQUALS &&
      bytes[from + 1] === QUOTE &&
      bytes[to - 1] === QUOTE
    ) {
      from += 2
      to--
    }
    this.#writer.text(bytes, from, to)
  }

  /** Writes source and message id into the row that begins at `start`. */
  #stamp(start: number, id: string, position: number): void {
    const { view, at } = this.#writer
    const { hashes, occurrences, formerOccurrences, source } = this.#input
    view.setUint32(start + AT.source, source, true)
    const low = start + AT.message
    if (id !== '') return hashes.message(id, view, low)
    if (formerOccurrences !== null) this.#noteFormer(start, at, formerOccurrences, position)
    const raw = this.#raw
    raw.write(this.#row)
    hashes.content(raw.writer.view, 0, raw.writer.at, view, low)
    this.#numbered(view, low, occurrences, position)
  }

  /** The nth of identical rows: its id is made of the first one's and n, or of its row number. */
  #numbered(view: DataView, at: number, occurrences: Occurrences, position: number): void {
    const seen = occurrences.next(view.getUint32(at, true), view.getUint32(at + 4, true))
    if (seen === 0) return
    this.#input.hashes.repeat(view, at, seen === null ? position + 1_000_000_000 : seen)
  }

  /** What the row was known by to programs that hashed its content. */
  #noteFormer(start: number, end: number, occurrences: Occurrences, position: number): void {
    const { view } = this.#writer
    const words = new DataView(this.#former.buffer)
    const at = this.#rows * WORDS * 4
    this.#input.hashes.content(view, start + AT.time, end, words, at)
    this.#numbered(words, at, occurrences, position)
  }

  #customerOf(text: string): Customer | null {
    const known = this.#customers.get(text)
    if (known !== undefined) return known
    if (this.#customers.size > CUSTOMERS_KEPT) this.#customers.clear()
    const customer = isIdentity(text) ? this.#keyed(text) : null
    this.#customers.set(text, customer)
    return customer
  }

  #deviceOf(text: string): Customer | null {
    const known = this.#devices.get(text)
    if (known !== undefined) return known
    if (this.#devices.size > CUSTOMERS_KEPT) this.#devices.clear()
    const key = isIdentity(text) ? this.#input.hashes.anonymousKey(text) : null
    const device =
      key === null ? null : { keyLow: Number(key & 0xffff_ffffn), keyHigh: Number(key >> 32n) }
    this.#devices.set(text, device)
    return device
  }

  #keyed(text: string): Customer {
    const key = this.#input.hashes.userKey(text)
    return { keyLow: Number(key & 0xffff_ffffn), keyHigh: Number(key >> 32n) }
  }

  #msOf(text: string): number | null {
    if (text === this.#lastTime) return this.#lastMs
    this.#lastTime = text
    this.#lastMs = this.#toMs(text)
    return this.#lastMs
  }

  /** Ten-thousandths; null: no value; undefined: it is not a number. */
  #amount(): number | null | undefined {
    this.#saidCurrency = ''
    if (this.#value === -1) return null
    const value = this.#number(this.#value)
    const factor = this.#factor === -1 ? 1 : this.#number(this.#factor)
    if (value === '' || factor === '') return null
    if (value === null || factor === null) return undefined
    const amount = value * factor
    return Math.abs(amount) <= MAX_AMOUNT ? Math.round(amount * 10_000) : undefined
  }

  #amountFault(): string {
    const { value, decimal } = this.#mapping
    const texts = value.map((name) => this.#row.text(this.#names.indexOf(name)))
    const shown = value.map((name, i) => `${name} is '${cut(texts[i] ?? '')}'`).join(', ')
    const reads = texts.map((text) => readMoney(text, decimal))
    const faults = reads.flatMap((read) => (read.kind === 'unreadable' ? [read.why] : []))
    if (faults.includes('ambiguous'))
      return `${shown}: may be two numbers; say --decimal point or comma`
    if (faults.includes('unit')) return `${shown}: expected numbers, with no unit but a currency`
    return `${shown}: expected numbers`
  }

  /** '': the field says that there is none; null: it is no number. */
  #number(column: number): number | null | '' {
    const { decimal } = this.#mapping
    const plain = this.#row.plainNumber(column, decimal === 'point')
    if (!Number.isNaN(plain)) return plain
    const read = readMoney(this.#row.text(column), decimal)
    if (read.kind !== 'amount') return read.kind === 'none' ? '' : null
    const [only, another] = read.currencies
    if (only !== undefined && another === undefined) this.#saidCurrency = only
    return read.amount
  }

  #kindOf(event: string, channel: string, url: string): Kind {
    if (
      this.#lastKind !== null &&
      event === this.#lastEvent &&
      channel === this.#lastChannel &&
      url === this.#lastUrl
    ) {
      return this.#lastKind
    }
    const path = pathOf(url)
    const name = `${event}\0${channel}\0${path}`
    let kind = this.#kinds.get(name)
    if (kind === undefined) {
      const described = this.#described(event, channel, path)
      kind = {
        index: this.#kindCount++,
        bytes: encodedKind(described),
        name: event,
        mayBeFeedback: FEEDBACK_NAME.test(event),
        refund: (eventMoney(event, { value: '1' }).value ?? 0) < 0,
      }
      if (this.#kinds.size > KINDS_KEPT) this.#kinds.clear()
      this.#kinds.set(name, kind)
      this.#newKinds.push(described)
    }
    this.#lastEvent = event
    this.#lastChannel = channel
    this.#lastUrl = url
    this.#lastKind = kind
    return kind
  }

  #described(name: string, channel: string, path: string): KindName {
    const type = TYPES.get(name) ?? 'track'
    const medium = plainName(this.#mapping.channel ?? '').endsWith('medium')
    const hints = { said: medium ? '' : channel, medium: medium ? channel : '' }
    const page = path !== ''
    const of = { ...hints, type, name, source: '', query: '', app: false, page }
    return storedKind({ type, name, channel: channelOf(of), path })
  }

  #noteAnswer({ name }: Kind): void {
    const answer = feedbackOf(name, this.#texts())
    if (answer !== null) this.#answers.push({ row: this.#rows - 1, ...answer })
  }

  #texts(): Readonly<Record<string, string>> {
    const { bytes, starts, ends, count } = this.#row
    const filled = Array.from({ length: count }, (_, i) => i).filter((i) => starts[i] !== ends[i])
    return Object.fromEntries(
      filled.map((i) => [this.#names[i] ?? '', bytes.toString('utf8', starts[i], ends[i])]),
    )
  }
}

const TYPES: ReadonlyMap<string, EventType> = new Map([
  ['page_view', 'page'],
  ['screen_view', 'screen'],
])

function encodedKind({ type, name, channel, path }: KindName): Buffer {
  return Buffer.concat([type, name, channel, path].map(encodedText))
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** The path of an address without query and fragment. */
function pathOf(url: string): string {
  if (url === '') return ''
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '')
  return path === '' ? '/' : path
}
