import { isUtf8 } from 'node:buffer'
import { FieldScratch } from './field-scratch.ts'
import { cutText, ROW_LIMIT_BYTES, type RowSink } from './row-sink.ts'

const DEPTH_LIMIT = 20

/** Gives objects written as JSON to the sink. They are flattened with dots, lists stay JSON text, null is a missing value. */
export class JsonRow {
  readonly #sink: RowSink
  readonly #fields: FieldScratch

  constructor(sink: RowSink) {
    this.#sink = sink
    this.#fields = new FieldScratch(sink)
  }

  /** @param bytes an object, or several where a writer lost what stood between them; blank: no row */
  take(line: number, bytes: Buffer): void {
    if (bytes.length > ROW_LIMIT_BYTES) return this.refuseLong(line, bytes)
    const refuse = (code: 'not-utf8' | 'not-json' | 'not-an-object', detail: string) =>
      this.#sink.reject(line, code, detail, cutText(bytes))
    if (!isUtf8(bytes)) return refuse('not-utf8', 'expected UTF-8 text')
    const text = bytes.toString('utf8').trim()
    if (text === '') return
    let values: readonly unknown[]
    try {
      values = valuesOf(keepLongNumbers(text))
    } catch (error) {
      return refuse('not-json', error instanceof Error ? error.message : 'expected JSON')
    }
    for (const value of values) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        refuse('not-an-object', `expected an object, got ${text.slice(0, 40)}`)
        continue
      }
      this.#fields.clear()
      try {
        for (const [name, said] of flatTexts(value)) this.#fields.set(name, said)
      } catch (error) {
        // The stack is the only thing that can run out here.
        if (!(error instanceof RangeError)) throw error
        refuse('not-json', 'nested too deeply')
        continue
      }
      this.#fields.give(line, text)
    }
  }

  refuseLong(line: number, bytes: Buffer): void {
    const detail = `more than ${ROW_LIMIT_BYTES} bytes`
    this.#sink.reject(line, 'row-too-long', detail, cutText(bytes))
  }
}

/** The values of a line: one; or several where a writer lost the line ends between them (Sparkify's did). */
function valuesOf(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)]
  } catch (error) {
    const parts = objectsOf(text)
    if (parts.length < 2) throw error
    return parts.map((part): unknown => JSON.parse(part))
  }
}

/** Cuts `{…}{…}` into its objects. */
function objectsOf(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') depth++
    else if (token === '}' && --depth === 0) {
      parts.push(text.slice(from, index + 1))
      from = index + 1
    }
  }
  if (text.slice(from).trim() !== '') parts.push(text.slice(from))
  return parts
}

// TRICKY: JSON.parse rounds integers beyond 2^53, so two 19-digit ids would become one customer.
// Numbers of 16 and more digits are put in quotes first, in the few lines that have any.
const LONG_NUMBER = /[:[,]\s*-?\d{16}/
const STRING_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?:\.\d+)?(?:[eE][+-]?\d+)?/g

function keepLongNumbers(text: string): string {
  if (!LONG_NUMBER.test(text)) return text
  return text.replace(STRING_OR_LONG_NUMBER, (found) => (found[0] === '"' ? found : `"${found}"`))
}

/** What an object holds, flattened with dots: texts as they are, lists as JSON. @throws RangeError nested too deeply */
export function* flatTexts(
  object: object,
  prefix = '',
  depth = 0,
): Generator<readonly [string, string]> {
  for (const [key, value] of Object.entries(object)) {
    const name = prefix === '' ? key : `${prefix}.${key}`
    if (value === null || value === undefined) continue
    if (typeof value === 'object' && !Array.isArray(value) && depth < DEPTH_LIMIT) {
      yield* flatTexts(value, name, depth + 1)
    } else {
      yield [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]
    }
  }
}

/** A value as `JsonRow` reads it, with the digits of long numbers; null: the text is no JSON, or says null. */
export function parsedJson(text: string): object | string | number | boolean | null {
  try {
    return JSON.parse(keepLongNumbers(text))
  } catch {
    return null
  }
}
