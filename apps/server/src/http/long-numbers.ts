/** Sixteen digits and more may lie beyond 2^53, where JSON.parse rounds. */
const LONG = /\d{16}/

/**
 * JSON with every whole number beyond 2^53 as text, so that an id keeps its digits. All else is left as it is.
 */
export function withLongNumbersAsText(json: string): string {
  if (!LONG.test(json)) return json
  return json.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  )
}
