import {
  exportRowOf,
  type ExportRow,
  feedbackOf,
  type KnownExport,
  KNOWN_EXPORTS,
  MAX_AMOUNT,
  type Unfolded,
  type UnfoldedEvent,
  type Unfolding,
  UTC,
  zoneNamed,
} from '@parcurs/domain'
import { encodeEvents, eventRow, type EventRow } from '../log/encode-events.ts'
import { AT, startOf } from '../log/event-row.ts'
import type { Answer } from '../log/feedback-rows.ts'
import { WORDS } from '../log/message-words.ts'
import { MAX_EVENT_NAME_CHARS } from '../log/stored-text.ts'
import { type Statements, statementsIn } from '../log/stated-facts.ts'
import type { EventChunk } from './event-chunk.ts'
import { EARLIEST_MS, type EncoderInput, type FileEncoder } from './file-encoder.ts'
import { FileKinds } from './file-kinds.ts'
import { OwnIds } from './own-ids.ts'
import { RawCells } from './raw-cells.ts'
import { ReadRow, SHOWN_LIMIT } from './read-row.ts'
import type { RejectCode, RowSink } from './row-sink.ts'

interface TakenStatements {
  readonly identifies: Statements['identifies'][number][]
  readonly groups: Statements['groups'][number][]
  readonly aliases: Statements['aliases'][number][]
}

/** The row that a refusal names: of a thing of several rows its first. */
interface Origin {
  readonly line: number
  readonly shown: string
  readonly count: number
  readonly cells: ExportRow
}

interface Fault {
  readonly code: RejectCode
  readonly detail: string
}

/** Beyond every number of a repetition. */
const FURTHER = 2_000_000_000

/**
 * Rows of a known export become events, and what they say about customers. A row's message id is the export's own
 * where it has one, else that of a table's row: the hash of its raw cells.
 */
export class ExportEncoder implements FileEncoder {
  readonly #input: EncoderInput
  readonly #refuse: RowSink['reject']
  readonly #unfolding: Unfolding
  readonly #known: KnownExport
  readonly #raw: RawCells
  readonly #row = new ReadRow()
  readonly #kinds: FileKinds
  #names: readonly string[] = []
  #position = 0
  /** Rows of the file so far, those that its reader refused included. */
  #place = 0
  readonly #ids = new OwnIds()
  #origin: Origin = { line: 0, shown: '', count: 0, cells: {} }
  /** The other rows of the same thing. */
  #further: Origin[] = []
  #size = 0
  #rows: EventRow[] = []
  /** Message of each row: two of 64 bits; of those with an id of their own, none yet. */
  #words: (Uint32Array | null)[] = []
  #answers: Answer[] = []
  #stated: TakenStatements = nothingStated()
  #statedBefore = 0

  constructor(input: EncoderInput, refuse: RowSink['reject']) {
    const { mapping } = input
    if (mapping.export === null) throw new Error('expected the mapping of a known export')
    const known = KNOWN_EXPORTS[mapping.export]
    this.#input = input
    this.#refuse = refuse
    this.#unfolding = known.unfold({
      zone: zoneNamed(mapping.zone) ?? UTC,
      timeFormat: mapping.timeFormat,
      decimal: mapping.decimal,
    })
    this.#known = known
    this.#raw = new RawCells(input.byCells === true ? '' : (mapping.source ?? ''))
    this.#kinds = new FileKinds(mapping)
  }

  get rows(): number {
    return this.#rows.length + statementsIn(this.#stated)
  }

  get statedSoFar(): number {
    return this.#statedBefore + statementsIn(this.#stated)
  }

  get sizeBytes(): number {
    return this.#size
  }

  /** An export unfolds its cells itself. */
  columns(names: readonly string[], own = names.length): void {
    this.#names = names.slice(0, own)
    this.#raw.columns(this.#names)
  }

  row(...[bytes, starts, ends, count, line, own]: Parameters<RowSink['row']>): void {
    if (own !== undefined) {
      return this.row(own.bytes, own.starts, own.ends, own.count, line)
    }
    const row = this.#row
    row.bytes = bytes
    row.starts = starts
    row.ends = ends
    row.count = count
    const texts = Array.from({ length: count }, (_, i) => row.text(i))
    const cells = exportRowOf(this.#names, texts)
    this.#size += (ends[count - 1] ?? 0) - (starts[0] ?? 0)
    if (this.#unfolding.holds) {
      // The row at hand begins what the rows before it ended.
      const before = this.#unfolding.take(cells)
      this.#keep(before)
      const origin = { line, shown: row.shown, count, cells }
      if (before.length > 0 || this.#position === 0) {
        this.#origin = origin
        this.#further = []
      } else this.#further.push(origin)
    } else {
      this.#origin = {
        line,
        count,
        cells,
        get shown() {
          return row.shown
        },
      }
      this.#keep(this.#unfolding.take(cells))
    }
    this.#position++
    this.#place++
  }

  passed(): void {
    this.#place++
  }

  end(): void {
    this.#keep(this.#unfolding.end())
  }

  take(): EventChunk | null {
    if (this.rows === 0) return null
    const events = encodeEvents(this.#input.workspaceId, this.#rows)
    const view = new DataView(events.bytes.buffer, events.bytes.byteOffset)
    this.#words.forEach((words, i) => {
      const at = startOf(events, i) + AT.message
      words?.forEach((word, n) => view.setUint32(at + n * 4, word, true))
    })
    const chunk = {
      events: { bytes: new Uint8Array(events.bytes.slice()), ends: events.ends },
      formerWords: null,
      newKinds: this.#kinds.takeNew(),
      answers: this.#answers,
      stated: this.#stated,
      ids: this.#ids.take(),
    }
    this.#rows = []
    this.#words = []
    this.#answers = []
    this.#statedBefore += statementsIn(chunk.stated)
    this.#stated = nothingStated()
    this.#size = 0
    return chunk
  }

  /** A row is taken whole or refused whole. */
  #keep(unfolded: readonly Unfolded[]): void {
    for (const one of unfolded) {
      const fault = this.#faultOf(one)
      if (fault !== null) return this.#reject(fault)
    }
    let nth = 0
    for (const one of unfolded) {
      const { timeMs } = one
      if (timeMs === null) continue
      if (one.kind === 'event') this.#event(one, timeMs, nth++)
      else if (one.kind === 'alias') {
        this.#stated.aliases.push({ previousId: one.previous, userId: one.user, timeMs })
      } else {
        const { user, anonymous } = one.who
        const said = { userId: user, anonymousId: anonymous, timeMs, traits: one.traits }
        if (one.group === '') this.#stated.identifies.push(said)
        else this.#stated.groups.push({ ...said, groupId: one.group })
      }
    }
  }

  #faultOf(one: Unfolded): Fault | null {
    const late = this.#timeFault(one.timeMs)
    if (late !== null) return late
    if (one.kind === 'alias') {
      return one.previous === '' || one.user === ''
        ? { code: 'no-customer', detail: `${this.#whoIs()}: an alias names two` }
        : null
    }
    const sold = one.kind === 'event' && one.order !== ''
    if (one.who.user === '' && one.who.anonymous === '' && !sold) {
      return { code: 'no-customer', detail: `${this.#whoIs()}: names nobody` }
    }
    if (one.kind === 'traits') return null
    const { name, value } = one
    if (name === '') return { code: 'event-name-missing', detail: 'no column names the event' }
    if (name.length > MAX_EVENT_NAME_CHARS) {
      const detail = `${name.length} characters: expected at most ${MAX_EVENT_NAME_CHARS}`
      return { code: 'event-name-too-long', detail }
    }
    if (value === null || Math.abs(value) <= MAX_AMOUNT) return null
    const detail = Number.isNaN(value)
      ? `${this.#shownOf('value')}: expected a number such as 25.00`
      : `${value}: expected at most ${MAX_AMOUNT}`
    return { code: 'value-not-a-number', detail }
  }

  #event(event: UnfoldedEvent, timeMs: number, nth: number): void {
    const { name, channel, url, type, value } = event
    const { mapping, source, workspaceId, byCells } = this.#input
    const id = byCells === true ? '' : this.#apart(event.id)
    const kind = this.#kinds.of(name, channel, url, type)
    const ticks = value === null ? null : Math.round(value * 10_000)
    const { properties } = event
    const incoming = {
      ...kind.described,
      userId: event.who.user,
      anonymousId: event.who.anonymous || this.#buyerOf(event),
      messageId: id,
      timeMs,
      position: this.#place,
      value: ticks !== null && ticks > 0 && kind.refund ? -ticks : ticks,
      currency: event.currency || mapping.currencyCode,
      orderId: this.#apart(event.order),
      properties,
    }
    this.#input.money.note(incoming.currency, incoming.value)
    this.#rows.push(eventRow(workspaceId, incoming, { kind: kind.index, source, space: 'server' }))
    this.#ids.note(this.#rows.length - 1, id, this.#origin.line)
    this.#words.push(id === '' ? this.#rawWords(nth) : null)
    if (!kind.mayBeFeedback) return
    const answer = feedbackOf(name, properties)
    if (answer !== null) this.#answers.push({ row: this.#rows.length - 1, ...answer })
  }

  /** Ids and orders of one of several shops do not stand for those of the others. */
  #apart(id: string): string {
    const { source } = this.#input.mapping
    return id === '' || source === undefined ? id : `${source} ${id}`
  }

  /** Who bought over the counter left no name: known by the order alone, and its money counts. */
  #buyerOf({ who, order }: UnfoldedEvent): string {
    return who.user === '' && order !== '' ? `order ${this.#apart(order)}` : ''
  }

  #timeFault(timeMs: number | null): Fault | null {
    if (timeMs === null) {
      const detail = `${this.#shownOf('time')}: expected an instant such as 2026-01-31 12:00:00`
      return { code: 'time-unreadable', detail }
    }
    if (timeMs >= EARLIEST_MS && timeMs <= this.#input.latestMs) return null
    const expected = timeMs < EARLIEST_MS ? '1900 or later' : 'at most 24 hours from now'
    return { code: 'time-out-of-range', detail: `${this.#shownOf('time')}: expected ${expected}` }
  }

  /** The first column of a role that the row fills. */
  #shownOf(role: 'time' | 'value'): string {
    const columns = this.#known.reads[role] ?? []
    const { cells } = this.#origin
    const column = columns.find((name) => cells[name] !== undefined) ?? columns[0] ?? role
    return `${column} is '${(cells[column] ?? '').slice(0, 80)}'`
  }

  #whoIs(): string {
    const columns = this.#known.reads.customer ?? []
    const said = columns.filter((name) => this.#names.includes(name))
    return said
      .map((name) => `${name} is '${(this.#origin.cells[name] ?? '').slice(0, 80)}'`)
      .join(', ')
  }

  /** As the same row of a table is known; the further events of a row by their number. */
  #rawWords(nth: number): Uint32Array {
    const { hashes, occurrences } = this.#input
    const words = new Uint32Array(WORDS)
    const view = new DataView(words.buffer)
    const raw = this.#raw
    raw.write(this.#row)
    hashes.content(raw.writer.view, 0, raw.writer.at, view, 0)
    const seen =
      nth === 0 ? occurrences.next(view.getUint32(0, true), view.getUint32(4, true)) : FURTHER + nth
    if (seen === null) hashes.repeat(view, 0, this.#position + 1_000_000_000)
    else if (seen !== 0) hashes.repeat(view, 0, seen)
    return words
  }

  /** All rows of a thing: mended, it can be imported whole. */
  #reject({ code, detail }: Fault): void {
    const { line } = this.#origin
    this.#refuseRow(this.#origin, code, detail)
    for (const row of this.#further) {
      this.#refuseRow(row, code, `it goes with line ${line}, which was refused`)
    }
  }

  #refuseRow({ line, shown, count }: Origin, code: RejectCode, detail: string): void {
    if (shown.length < SHOWN_LIMIT) this.#refuse(line, code, detail, shown, count)
    else this.#refuse(line, code, detail, shown)
  }
}

function nothingStated(): TakenStatements {
  return { identifies: [], groups: [], aliases: [] }
}
