/** On the path. `like` knows `*` = any text; everything else is literal; it matches the whole path. */
export const URL_OPERATORS = ['like', 'equals', 'starts-with', 'contains'] as const
export type UrlOperator = (typeof URL_OPERATORS)[number]

export function urlMatches(op: UrlOperator, path: string, value: string): boolean {
  switch (op) {
    case 'equals':
      return path === value
    case 'starts-with':
      return path.startsWith(value)
    case 'contains':
      return path.includes(value)
    case 'like':
      return likeMatches(path, value.split('*'))
  }
}

/** Greedy from the left is enough for a pattern whose only wildcard is "any text"; no backtracking, so no slow patterns. */
function likeMatches(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...rest] = pieces
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
