import { FieldScratch } from './field-scratch.ts'
import type { RowReader, RowSink } from './row-sink.ts'
import { paired, type TraceEvent } from './trace-events.ts'
import { XmlEvents } from './xml-events.ts'

/** `complete`: a start and its completion are one event. */
export type Lifecycle = 'complete' | 'all'

const VALUES = new Set(['string', 'date', 'int', 'float', 'boolean', 'id'])
/** Longer traces are paired in parts, so that a log of one trace does not fill the memory. */
const HELD_EVENTS = 20_000

/** An attribute that is open: where it stands, and the items of a list. */
interface OpenAttribute {
  readonly key: string
  readonly items: Record<string, unknown>[] | null
}

/**
 * Reads event logs of process mining (IEEE 1849). Columns are called as other tools write them to CSV:
 * an event's attributes by their keys, those of its trace with `case:` before, so that
 * `case:concept:name` is the customer, `concept:name` the event and `time:timestamp` the time.
 * Attributes inside attributes get dotted names, lists are JSON text.
 */
export class XesReader implements RowReader {
  readonly #sink: RowSink
  readonly #lifecycle: Lifecycle
  readonly #fields: FieldScratch
  readonly #xml: XmlEvents
  #place: 'log' | 'trace' | 'event' = 'log'
  #inTrace = false
  /** Elements that are neither log, trace nor event: globals, classifiers and what they hold. */
  #ignored = 0
  readonly #open: OpenAttribute[] = []
  readonly #trace = new Map<string, string>()
  #event = new Map<string, string>()
  #held: TraceEvent[] = []
  #broken = false

  constructor(sink: RowSink, lifecycle: Lifecycle = 'complete') {
    this.#sink = sink
    this.#lifecycle = lifecycle
    this.#fields = new FieldScratch(sink)
    this.#xml = new XmlEvents({
      open: (name, attributes) => this.#begin(name, attributes['key'] ?? '', attributes['value']),
      close: (name) => this.#finish(name),
    })
  }

  push(piece: Buffer): void {
    this.#try(() => this.#xml.push(piece))
  }

  end(cut: boolean): void {
    if (!cut) this.#try(() => this.#xml.end())
    // What came whole before the file broke off is kept.
    this.#give()
  }

  // XML cannot be read on behind a fault: one refusal stands for all that follows.
  #try(read: () => void): void {
    if (this.#broken) return
    try {
      read()
    } catch (error) {
      this.#broken = true
      this.#give()
      const detail = error instanceof Error ? error.message : 'expected XML'
      this.#sink.reject(this.#xml.line, 'xml-broken', `${detail}; the rest was not read`, '')
    }
  }

  #begin(name: string, key: string, value: string | undefined): void {
    if (this.#ignored > 0) {
      this.#ignored++
    } else if (name === 'trace') {
      this.#place = 'trace'
      this.#inTrace = true
      this.#trace.clear()
    } else if (name === 'event') {
      this.#place = 'event'
      this.#event = new Map()
    } else if (VALUES.has(name) || name === 'list' || name === 'container') {
      if (this.#place === 'log') {
        this.#ignored = 1
        return
      }
      this.#attribute(key, value, name === 'list')
    } else if (name !== 'log' && name !== 'values') {
      this.#ignored = 1
    }
  }

  #attribute(key: string, value: string | undefined, isList: boolean): void {
    const list = this.#open.findLast(({ items }) => items !== null)
    this.#open.push({ key, items: isList ? [] : null })
    if (isList || value === undefined || value === '') return
    if (list !== undefined) list.items?.push({ [key]: value })
    else this.#set(this.#open.map((one) => one.key).join('.'), value)
  }

  #set(key: string, value: string): void {
    if (this.#place === 'event') this.#event.set(key, value)
    else this.#trace.set(`case:${key}`, value)
  }

  #finish(name: string): void {
    if (this.#ignored > 0) {
      this.#ignored--
    } else if (name === 'event') {
      this.#endEvent()
    } else if (name === 'trace') {
      this.#give()
      this.#place = 'log'
      this.#inTrace = false
    } else if (name !== 'log' && name !== 'values') {
      this.#endAttribute()
    }
  }

  #endAttribute(): void {
    const path = this.#open.map(({ key }) => key).join('.')
    const ended = this.#open.pop()
    if (ended?.items == null || ended.items.length === 0) return
    const around = this.#open.findLast(({ items }) => items !== null)
    if (around === undefined) this.#set(path, JSON.stringify(ended.items))
    else around.items?.push({ [ended.key]: ended.items })
  }

  #endEvent(): void {
    if (this.#inTrace) {
      this.#place = 'trace'
      this.#held.push({ attributes: this.#event, line: this.#xml.line })
      if (this.#lifecycle === 'all' || this.#held.length >= HELD_EVENTS) this.#give()
      return
    }
    this.#place = 'log'
    const text = JSON.stringify(Object.fromEntries(this.#event))
    const detail = 'the event stands outside a trace, which would say whose it is'
    this.#sink.reject(this.#xml.line, 'no-customer', detail, text.slice(0, 10_000))
  }

  #give(): void {
    const events = this.#lifecycle === 'all' ? this.#held : paired(this.#held)
    for (const { attributes, line } of events) {
      this.#fields.clear()
      for (const [key, value] of this.#trace) this.#fields.set(key, value)
      for (const [key, value] of attributes) this.#fields.set(key, value)
      this.#fields.give(line, '')
    }
    this.#held = []
  }
}
