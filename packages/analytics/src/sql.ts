/**
 * ClickHouse SQL as values. A piece of SQL keeps its text and its parameters
 * apart from birth to the wire, so that no caller can join them by mistake:
 * a bare string or number in a hole of sql`…` is a type error.
 */
export interface Sql {
  readonly strings: readonly string[]
  readonly holes: readonly (Param | Sql)[]
}

/** A value sent beside the text as `{name:Type}`; ClickHouse casts it, we never quote it. */
export interface Param {
  readonly type: ParamType
  readonly value: ParamValue
}

export type ParamType =
  | 'String'
  | 'Array(String)'
  | 'UInt32'
  | 'Array(UInt16)'
  | 'Array(UInt32)'
  | 'UInt64'
  | 'Array(UInt64)'
  | 'Array(UInt128)'
  | 'Array(Int64)'
  | 'Int64'
  | 'Float64'
  | "DateTime64(3, 'UTC')"

/** 64-bit integers beyond 2^53 travel as bigint or decimal text. */
export type ParamValue =
  | string
  | number
  | bigint
  | readonly string[]
  | readonly number[]
  | readonly bigint[]

export interface Compiled {
  readonly text: string
  readonly params: Readonly<Record<string, ParamValue>>
}

export function sql(strings: TemplateStringsArray, ...holes: readonly (Param | Sql)[]): Sql {
  return { strings, holes }
}

export const param = {
  text: (value: string): Param => ({ type: 'String', value }),
  texts: (value: readonly string[]): Param => ({ type: 'Array(String)', value }),
  workspace: (value: number): Param => ({ type: 'UInt32', value }),
  code: (value: number): Param => ({ type: 'UInt32', value }),
  codes: (value: readonly number[]): Param => ({ type: 'Array(UInt32)', value }),
  /** @param value 0–65,535 each */
  narrowCodes: (value: readonly number[]): Param => ({ type: 'Array(UInt16)', value }),
  count: (value: number | bigint): Param => ({ type: 'UInt64', value }),
  key: (value: bigint): Param => ({ type: 'UInt64', value }),
  keys: (value: readonly bigint[]): Param => ({ type: 'Array(UInt64)', value }),
  /** @param value 128-bit hashes */
  messages: (value: readonly bigint[]): Param => ({ type: 'Array(UInt128)', value }),
  number: (value: number): Param => ({ type: 'Float64', value }),
  /** @param value epoch milliseconds each, as plain numbers in SQL */
  moments: (value: readonly number[]): Param => ({ type: 'Array(Int64)', value }),
  /** @param epochMs milliseconds since 1970 as a plain number in SQL */
  ms: (epochMs: number): Param => ({ type: 'Int64', value: epochMs }),
  /** @param epochMs milliseconds since 1970-01-01T00:00:00Z */
  instant: (epochMs: number): Param => ({
    type: "DateTime64(3, 'UTC')",
    value: instantText(epochMs),
  }),
}

// What DateTime64 holds; nothing that happened lies outside.
const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(2299, 11, 31)

// TRICKY: as a number, 0 and other small values are refused ("cannot be parsed as DateTime64").
function instantText(epochMs: number): string {
  const held = Math.min(LATEST, Math.max(EARLIEST, epochMs))
  return new Date(held).toISOString().slice(0, 23).replace('T', ' ')
}

/** Joins pieces with a separator written in our source, never from outside. */
export function join(pieces: readonly Sql[], separator: ', ' | ' AND ' | ' OR '): Sql {
  return { strings: ['', ...pieces.slice(1).map(() => separator), ''], holes: pieces }
}

/** Numbers the parameters p0, p1, … in reading order and flattens the pieces to one text. */
export function compile(query: Sql): Compiled {
  const params: Record<string, ParamValue> = {}
  const write = (piece: Sql): string =>
    piece.strings.reduce((text, string, i) => text + hole(piece.holes[i - 1]) + string)
  const hole = (held: Param | Sql | undefined): string => {
    if (held === undefined) return ''
    if ('strings' in held) return write(held)
    const name = `p${Object.keys(params).length}`
    params[name] = held.value
    return `{${name}:${held.type}}`
  }
  return { text: write(query), params }
}
