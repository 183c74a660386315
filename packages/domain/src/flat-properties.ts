/** What events and traits hold: text by name. Without a prototype, so any name is only a name. */
export type FlatProperties = Readonly<Record<string, string>>

/** Objects deeper than this stand as JSON text. */
const MAX_DEPTH = 6

export const MAX_PROPERTIES = 300
export const MAX_NAME_CHARS = 200

/**
 * Values as text under dotted names: `{ cart: { id: 7 } }` → `cart.id: "7"`. Lists stand as JSON text,
 * null and undefined are left out.
 *
 * @param into receives the properties; make it with `noProperties()`
 * @returns null, or what is wrong: too many properties or too long a name
 */
export function flatten(value: object, into: Record<string, string>, prefix = ''): string | null {
  return walk(value, into, prefix, 1, { left: MAX_PROPERTIES })
}

export function noProperties(): Record<string, string> {
  const none: Record<string, string> = Object.create(null)
  return none
}

function walk(
  value: object,
  into: Record<string, string>,
  prefix: string,
  depth: number,
  budget: { left: number },
): string | null {
  for (const key of Object.keys(value)) {
    const held: unknown = Reflect.get(value, key)
    if (held === null || held === undefined) continue
    const name = wellFormed(prefix + key)
    if (name.length > MAX_NAME_CHARS) {
      return `the name '${name.slice(0, 40)}…' has ${name.length} characters: expected at most ${MAX_NAME_CHARS}`
    }
    if (typeof held === 'object' && !Array.isArray(held) && depth < MAX_DEPTH) {
      const wrong = walk(held, into, `${name}.`, depth + 1, budget)
      if (wrong !== null) return wrong
      continue
    }
    if (--budget.left < 0) return `more than ${MAX_PROPERTIES} values: expected at most that many`
    into[name] = textOf(held)
  }
  return null
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return wellFormed(JSON.stringify(value) ?? '')
}

const ODD = /[\0\p{Surrogate}]/u

/** Half surrogate pairs and U+0000 become U+FFFD: neither store keeps them as they are. */
export function wellFormed(text: string): string {
  return ODD.test(text) ? text.replaceAll(/[\0\p{Surrogate}]/gu, '\u{fffd}') : text
}
