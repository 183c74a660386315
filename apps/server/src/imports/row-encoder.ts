import {
  feedbackOf,
  joined,
  type Mapping,
  TIME_EXAMPLES,
  MAX_AMOUNT,
  readMoney,
  readTime,
  unknownZone,
  UTC,
  zoneNamed,
} from '@parcurs/domain'
import { ByteWriter, encodedText } from '../log/byte-writer.ts'
import { AT, type EventTexts, writeEvent } from '../log/event-row.ts'
import type { Answer } from '../log/feedback-rows.ts'
import { WORDS } from '../log/message-words.ts'
import { NOTHING_STATED } from '../log/stated-facts.ts'
import { MAX_EVENT_NAME_CHARS } from '../log/stored-text.ts'
import type { EventChunk } from './event-chunk.ts'
import { EARLIEST_MS, type EncoderInput, type FileEncoder } from './file-encoder.ts'
import { FileIdentities, type KeyWords } from './file-identities.ts'
import { type FileKind, FileKinds } from './file-kinds.ts'
import type { Occurrences } from './occurrences.ts'
import { OwnIds } from './own-ids.ts'
import { RawCells } from './raw-cells.ts'
import { ReadRow, SHOWN_LIMIT } from './read-row.ts'
import type { RejectCode, RowCells, RowSink } from './row-sink.ts'

/** Whose row it is: at least one of them. */
interface Who {
  readonly customer: KeyWords | null
  readonly anonymous: KeyWords | null
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

const EQUALS = 61
const QUOTE = 34

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
export class RowEncoder implements FileEncoder, EventTexts {
  readonly #input: EncoderInput
  readonly #refuse: RowSink['reject']
  readonly #mapping: Mapping
  readonly #toMs: (text: string) => number | null
  readonly #writer = new ByteWriter(4_194_304)
  #ends = new Uint32Array(65_536)
  #rows = 0
  #former = new Uint32Array(0)
  #answers: Answer[] = []
  readonly #kinds: FileKinds
  readonly #identities: FileIdentities
  /** Rows that came so far. */
  #position = 0
  /** Rows of the file so far, those that its reader refused included. */
  #place = 0
  readonly #ids = new OwnIds()

  readonly #row = new ReadRow()
  readonly #raw: RawCells
  /** What stands before ids and orders. */
  readonly #apart: string
  readonly #head: Head
  /** The row as it stands in the file, where some of its cells are several columns; null: it is the row. */
  #cells: RowCells | null = null
  readonly #whole = new ReadRow()
  /** What is written now is not stored. */
  #rehearses = false
  #kind: FileKind | null = null
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

  constructor(input: EncoderInput, refuse: RowSink['reject']) {
    this.#input = input
    this.#refuse = refuse
    this.#mapping = input.mapping
    const { source = '' } = input.mapping
    this.#apart = source === '' ? '' : `${source} `
    this.#raw = new RawCells(input.byCells === true ? '' : source)
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
    this.#kinds = new FileKinds(input.mapping)
    this.#identities = new FileIdentities(input.hashes, input.mapping.anyId === true)
    const zone = zoneNamed(input.mapping.zone) ?? UTC
    this.#toMs = (text) => readTime(text, input.mapping.timeFormat, zone)
  }

  get rows(): number {
    return this.#rows
  }

  readonly statedSoFar = 0

  get sizeBytes(): number {
    return this.#writer.at
  }

  columns(names: readonly string[], own = names.length): void {
    this.#names = names
    this.#raw.columns(names.slice(0, own))
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
    this.#needed = Math.max(...needs.filter((column) => column < own)) + 1
    const told = new Set([this.#customer, this.#anonymous, this.#time, this.#event, this.#id])
    this.#keys = names.map((name, i) => (told.has(i) ? null : encodedText(name)))
  }

  row(...[bytes, starts, ends, count, line, cells]: Parameters<RowSink['row']>): void {
    const position = this.#position++
    this.#place++
    const row = this.#row
    row.bytes = bytes
    row.starts = starts
    row.ends = ends
    row.count = count
    this.#cells = cells ?? null
    const fields = cells?.count ?? count
    if (fields < this.#needed) {
      const detail = `${fields} fields where the header has ${this.#names.length}`
      return this.#reject(line, 'too-few-fields', detail)
    }
    const customerText = row.text(this.#customer)
    const customer = this.#identities.user(customerText)
    const anonymous =
      this.#anonymous === -1 ? null : this.#identities.device(row.text(this.#anonymous))
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
    const id = this.#input.byCells === true ? '' : row.text(this.#id)
    const kind = this.#kinds.of(event, row.text(this.#channel), row.text(this.#url))
    this.#ticks = amount !== null && amount > 0 && kind.refund ? -amount : amount
    const start = this.#writer.at
    const who = { customer, anonymous }
    if (cells !== undefined && id === '') this.#noteFormerCells(cells, who, ms, kind, position)
    this.#write(who, ms, kind)
    this.#stamp(start, id, position)
    this.#ids.note(this.#rows, id, line)
    this.#finish()
    if (kind.mayBeFeedback) this.#noteAnswer(kind)
  }

  passed(): void {
    this.#place++
  }

  end(): void {}

  take(): EventChunk | null {
    if (this.#rows === 0) return null
    const bytes = new Uint8Array(this.#writer.bytes.buffer.slice(0, this.#writer.at))
    const chunk = {
      events: { bytes, ends: this.#ends.slice(0, this.#rows) },
      formerWords:
        this.#input.formerOccurrences === null ? null : this.#former.slice(0, this.#rows * WORDS),
      newKinds: this.#kinds.takeNew(),
      answers: this.#answers,
      stated: NOTHING_STATED,
      ids: this.#ids.take(),
    }
    this.#writer.at = 0
    this.#rows = 0
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
    const { shown, count } =
      this.#cells === null ? this.#row : Object.assign(this.#whole, this.#cells)
    if (shown.length < SHOWN_LIMIT) this.#refuse(line, code, detail, shown, count)
    else this.#refuse(line, code, detail, shown)
  }

  #write({ customer, anonymous }: Who, ms: number, kind: FileKind): void {
    const out = this.#writer
    const { starts, ends, count } = this.#row
    let properties = 0
    let size = AT.rest + kind.bytes.length + this.#apart.length * 3 + 64
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
    head.position = this.#place - 1
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
    if (!this.#rehearses) this.#input.money.note(code, this.#ticks)
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

  orderId(out: ByteWriter): void {
    const order = this.#apart === '' ? '' : this.#row.text(this.#order)
    if (order === '') return this.#field(this.#order)
    const bytes = encodedText(`${this.#apart}${order}`)
    out.copy(bytes, 0, bytes.length)
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
    if (id !== '') return hashes.message(`${this.#apart}${id}`, view, low)
    if (formerOccurrences !== null && this.#cells === null) {
      this.#noteFormer(start, at, formerOccurrences, position)
    }
    const raw = this.#raw
    raw.write(this.#cells ?? this.#row)
    hashes.content(raw.writer.view, 0, raw.writer.at, view, low)
    this.#numbered(view, low, occurrences, position)
  }

  /** The nth of identical rows: its id is made of the first one's and n, or of its row number. */
  #numbered(view: DataView, at: number, occurrences: Occurrences, position: number): void {
    const seen = occurrences.next(view.getUint32(at, true), view.getUint32(at + 4, true))
    if (seen === 0) return
    this.#input.hashes.repeat(view, at, seen === null ? position + 1_000_000_000 : seen)
  }

  /** Those programs stored the JSON in a cell as it stands. */
  #noteFormerCells(cells: RowCells, who: Who, ms: number, kind: FileKind, position: number): void {
    const { formerOccurrences } = this.#input
    if (formerOccurrences === null) return
    const row = this.#row
    const { bytes, starts, ends, count } = row
    const start = this.#writer.at
    Object.assign(row, cells)
    this.#rehearses = true
    this.#write(who, ms, kind)
    this.#noteFormer(start, this.#writer.at, formerOccurrences, position)
    this.#rehearses = false
    this.#writer.at = start
    Object.assign(row, { bytes, starts, ends, count })
  }

  /** What the row was known by to programs that hashed its content. */
  #noteFormer(start: number, end: number, occurrences: Occurrences, position: number): void {
    const { view } = this.#writer
    const words = new DataView(this.#former.buffer)
    const at = this.#rows * WORDS * 4
    this.#input.hashes.content(view, start + AT.time, end, words, at)
    this.#numbered(words, at, occurrences, position)
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

  #noteAnswer({ name }: FileKind): void {
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

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
