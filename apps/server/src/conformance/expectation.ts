/** Plain JSON that a case expects; null anywhere is not checked. */
export type Expectation =
  | null
  | boolean
  | number
  | string
  | readonly Expectation[]
  | { readonly [field: string]: Expectation }

const RELATIVE = 1e-6

/** What is not as expected, with its place; null: all is. Lists must be as long, objects have no more fields, except `rows` and fields nobody asked of. */
export function unmet(wanted: Expectation, got: Expectation, place: string): string | null {
  if (wanted === null) return null
  if (typeof wanted === 'number') {
    return typeof got === 'number' && close(wanted, got) ? null : said(place, wanted, got)
  }
  if (isList(wanted)) {
    if (!isList(got)) return said(place, wanted, got)
    const prefix = place.startsWith('rows')
    if (got.length !== wanted.length && !(prefix && got.length > wanted.length)) {
      return said(place, wanted, got)
    }
    return first(wanted.map((item, i) => unmet(item, got[i] ?? null, `${place}[${i}]`)))
  }
  if (isFields(wanted)) {
    if (!isFields(got)) return said(place, wanted, got)
    const extra = place === 'groups' ? Object.keys(got).find((key) => !(key in wanted)) : undefined
    if (extra !== undefined) return `${place}: nothing expected for ${extra}`
    return first(
      Object.entries(wanted).map(([key, item]) => unmet(item, got[key] ?? null, `${place}.${key}`)),
    )
  }
  return wanted === got ? null : said(place, wanted, got)
}

export function isList(value: Expectation): value is readonly Expectation[] {
  return Array.isArray(value)
}

export function isFields(value: Expectation): value is { readonly [field: string]: Expectation } {
  return typeof value === 'object' && value !== null && !isList(value)
}

function close(wanted: number, got: number): boolean {
  if (Number.isInteger(wanted) && Number.isInteger(got)) return wanted === got
  return Math.abs(wanted - got) <= RELATIVE * Math.max(Math.abs(wanted), Math.abs(got), 1e-12)
}

function first(faults: readonly (string | null)[]): string | null {
  return faults.find((fault) => fault !== null) ?? null
}

function said(place: string, wanted: Expectation, got: Expectation): string {
  return `${place}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`
}
