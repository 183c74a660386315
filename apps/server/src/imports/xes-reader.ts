import { StringDecoder } from 'node:string_decoder'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { FieldScratch } from './field-scratch.ts'
import type { RowReader, RowSink } from './row-sink.ts'

const VALUES = new Set(['string', 'date', 'int', 'float', 'boolean', 'id'])

/**
 * Reads event logs of process mining (IEEE 1849). Columns are called as other tools write them to CSV:
 * an event's attributes by their keys, those of its trace with `case:` before, so that
 * `case:concept:name` is the customer, `concept:name` the event and `time:timestamp` the time.
 * Attributes inside attributes get dotted names.
 */
export class XesReader implements RowReader {
  readonly #sink: RowSink
  readonly #fields: FieldScratch
  readonly #parser = new SaxesParser()
  readonly #decoder = new StringDecoder('utf8')
  #place: 'log' | 'trace' | 'event' | 'other' = 'log'
  /** Elements that are neither log, trace nor event: globals, classifiers and what they hold. */
  #ignored = 0
  readonly #keys: string[] = []
  readonly #trace = new Map<string, string>()
  readonly #event = new Map<string, string>()
  #broken = false

  constructor(sink: RowSink) {
    this.#sink = sink
    this.#fields = new FieldScratch(sink)
    this.#parser.on('opentag', (tag) => this.#open(tag))
    this.#parser.on('closetag', (tag) => this.#close(tag.name))
    this.#parser.on('error', (error) => {
      throw error
    })
  }

  push(piece: Buffer): void {
    this.#write(this.#decoder.write(piece))
  }

  end(cut: boolean): void {
    if (cut) return
    this.#write(this.#decoder.end())
    if (this.#broken) return
    try {
      this.#parser.close()
    } catch (error) {
      this.#refuse(error)
    }
  }

  #write(text: string): void {
    if (this.#broken) return
    try {
      this.#parser.write(text)
    } catch (error) {
      this.#refuse(error)
    }
  }

  // XML cannot be read on behind a fault: one refusal stands for all that follows.
  #refuse(error: unknown): void {
    this.#broken = true
    const detail = error instanceof Error ? error.message : 'expected XML'
    this.#sink.reject(this.#parser.line, 'xml-broken', `${detail}; the rest was not read`, '')
  }

  #open({ name, attributes }: SaxesTagPlain): void {
    const bare = name.slice(name.indexOf(':') + 1)
    if (this.#ignored > 0) {
      this.#ignored++
    } else if (bare === 'trace') {
      this.#place = 'trace'
      this.#trace.clear()
    } else if (bare === 'event') {
      this.#place = 'event'
      this.#event.clear()
    } else if (VALUES.has(bare) || bare === 'list' || bare === 'container') {
      if (this.#place === 'log') {
        this.#ignored = 1
        return
      }
      this.#keys.push(attributes['key'] ?? '')
      const value = attributes['value']
      if (value === undefined || value === '' || bare === 'list') return
      const key = this.#keys.join('.')
      if (this.#place === 'event') this.#event.set(key, value)
      else this.#trace.set(`case:${key}`, value)
    } else if (bare !== 'log' && bare !== 'values') {
      this.#ignored = 1
    }
  }

  #close(name: string): void {
    const bare = name.slice(name.indexOf(':') + 1)
    if (this.#ignored > 0) {
      this.#ignored--
    } else if (bare === 'event') {
      this.#give()
      this.#place = 'trace'
    } else if (bare === 'trace') {
      this.#place = 'log'
    } else if (bare !== 'log' && bare !== 'values') {
      this.#keys.pop()
    }
  }

  #give(): void {
    this.#fields.clear()
    for (const [key, value] of this.#trace) this.#fields.set(key, value)
    for (const [key, value] of this.#event) this.#fields.set(key, value)
    this.#fields.give(this.#parser.line, '')
  }
}
