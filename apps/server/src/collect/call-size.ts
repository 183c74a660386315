/**
 * Whether a value's JSON has at most `limit` bytes. Counts characters first, which settles it for all but
 * calls near the limit without writing them out again.
 */
export function fitsBytes(value: unknown, limit: number): boolean {
  const chars = count(value, limit)
  if (chars > limit) return false
  // A character takes at most six bytes (an escape).
  return chars * 6 <= limit || Buffer.byteLength(JSON.stringify(value) ?? '') <= limit
}

/** A lower bound of the JSON's bytes; stops once it is over the limit. */
function count(value: unknown, limit: number): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 1
  let chars = 2
  if (Array.isArray(value)) {
    for (const item of value) {
      chars += 1 + count(item, limit - chars)
      if (chars > limit) return chars
    }
    return chars
  }
  for (const key of Object.keys(value)) {
    chars += key.length + 4 + count(Reflect.get(value, key), limit - chars)
    if (chars > limit) return chars
  }
  return chars
}
