/** Where the rows of JSON stand that is not cut into lines. */
export interface JsonDocument {
  /** The keys that lead to the list of rows; none: the file is the list, or its objects one after the other. */
  readonly path: readonly string[]
  /** What stands beside the list and is not read. */
  readonly beside: readonly string[]
}

/**
 * Tells a list of objects, a list that stands in an object, and objects over several lines from one object a line.
 *
 * @param text how the file begins
 * @param whole it is the whole file
 * @returns null: one object a line
 */
export function jsonDocument(text: string, whole: boolean): JsonDocument | null {
  const start = text.trimStart()
  if (start.startsWith('[')) return { path: [], beside: [] }
  if (startsWithLines(start, whole)) return null
  const values = valuesAtTop(start)
  const [first] = values ?? []
  if (values === null || !isRecord(first?.value)) return null
  const wrapped = values.length > 1 ? null : wrappedList(first.value)
  if (wrapped !== null) return wrapped
  return /[\r\n]/.test(first.text) ? { path: [], beside: [] } : null
}

/** The first line is an object, and more follow. */
function startsWithLines(start: string, whole: boolean): boolean {
  const end = start.search(/[\r\n]/)
  if (end === -1) return false
  if (whole && start.slice(end).trim() === '') return false
  return parsed(start.slice(0, end)) !== undefined
}

/**
 * The longest list of objects that tell a time, as events do. An object that tells one itself may be an event with
 * a list in it: then most of it has to be that list.
 */
function wrappedList(object: JsonRecord): JsonDocument | null {
  const lists = [...listsIn(object, [])].sort((a, b) => b.size - a.size)
  const timely = lists.find(({ first }) => tellsTime(first))
  const list = tellsTime(object)
    ? timely !== undefined && timely.size * 2 > JSON.stringify(object).length
      ? timely
      : undefined
    : (timely ?? lists[0])
  if (list === undefined) return null
  const { path } = list
  return { path, beside: Object.keys(object).filter((key) => key !== path[0]) }
}

interface FoundList {
  readonly path: readonly string[]
  readonly first: JsonRecord
  readonly size: number
}

function* listsIn(object: JsonRecord, path: readonly string[]): Generator<FoundList> {
  for (const [key, value] of Object.entries(object)) {
    if (Array.isArray(value)) {
      const first: unknown = value[0]
      if (isRecord(first)) {
        yield { path: [...path, key], first, size: JSON.stringify(value).length }
      }
    } else if (isRecord(value) && path.length < WRAPPED_DEPTH) {
      yield* listsIn(value, [...path, key])
    }
  }
}

const WRAPPED_DEPTH = 5
const TIME_TEXT = /^\s*\d{4}-\d\d-\d\d|^\s*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/
const TIME_NAME = /time|date|created|_at$|(?:^|[a-z_])At$|^_?ts$|^_t$|^at$|^when$/

function tellsTime(object: JsonRecord, depth = 0): boolean {
  return Object.entries(object).some(([key, value]) => {
    if (isRecord(value)) return depth < WRAPPED_DEPTH && tellsTime(value, depth + 1)
    if (typeof value === 'string') {
      return TIME_TEXT.test(value) || (TIME_NAME.test(key) && /\d/.test(value))
    }
    return typeof value === 'number' && value > 100_000_000 && TIME_NAME.test(key)
  })
}

/**
 * The values at the top of the text, the last one as far as it is there; null: it is no JSON.
 * What is open where the text ends is closed after the last list or object that is whole.
 */
function valuesAtTop(text: string): readonly ValueAtTop[] | null {
  const open: string[] = []
  const cuts: Cut[] = []
  // After a value stands a comma or an end.
  let valued = false
  let sound: Cut | null = null
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token === ',' || token === ':') valued = false
    else if (token === '}' || token === ']') {
      if (open.pop() !== token) return null
      valued = true
      const at = index + 1
      sound = { at, closers: open.toReversed().join('') }
      if (open.length === 0) {
        cuts.push({ at, closers: '' })
        if (cuts.length > 1) break
      }
    } else {
      if (valued && open.length > 0) return null
      if (token === '{' || token === '[') {
        open.push(token === '{' ? '}' : ']')
        valued = false
      } else valued = true
    }
  }
  const last = cuts.at(-1)
  if (cuts.length < 2 && sound !== null && sound.at > (last?.at ?? 0)) cuts.push(sound)
  const values: ValueAtTop[] = []
  let from = 0
  for (const { at, closers } of cuts) {
    const read = text.slice(from, at).trim()
    const value = parsed(read + closers)
    if (value === undefined) return null
    values.push({ text: read, value })
    from = at
  }
  return values
}

interface ValueAtTop {
  readonly text: string
  readonly value: unknown
}

interface Cut {
  readonly at: number
  readonly closers: string
}

/** Strings, one that the end of the text cuts off, brackets, marks, and what else stands between them. */
const TOKENS = /"(?:[^"\\\n]|\\.)*(?:"|\\?$)|[{}[\]:,]|[^\s"{}[\]:,]+|"/g

type JsonRecord = Readonly<Record<string, unknown>>

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
