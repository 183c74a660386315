// V8 says the position in some of its messages only, so broken JSON is read again, slowly, to find the place.
const SPACE = /[ \t\r\n]*/y
const TOKEN =
  /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/uy

/** What may come next. */
type Next = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end' | 'nothing'

/** The index in `text` at which it stops being JSON; its length when it ends too early. */
export function whereJsonBreaks(text: string): number {
  const open: ('{' | '[')[] = []
  let next: Next = 'value'
  let at = 0
  for (;;) {
    SPACE.lastIndex = at
    at += SPACE.exec(text)?.[0].length ?? 0
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)?.[0]
    if (token === undefined) return at
    const after = step(next, token, open)
    if (after === null) return at
    next = after
    at += token.length
  }
}

function step(next: Next, token: string, open: ('{' | '[')[]): Next | null {
  const inside = open.at(-1)
  if (token === '}' || token === ']') {
    const ends =
      next === 'comma or end' || next === (token === '}' ? 'name or end' : 'value or end')
    if (!ends || inside !== (token === '}' ? '{' : '[')) return null
    open.pop()
    return open.length === 0 ? 'nothing' : 'comma or end'
  }
  if (token === ',') {
    return next === 'comma or end' ? (inside === '{' ? 'name' : 'value') : null
  }
  if (token === ':') return next === 'colon' ? 'value' : null
  if (next === 'name' || next === 'name or end') return token.startsWith('"') ? 'colon' : null
  if (next !== 'value' && next !== 'value or end') return null
  if (token === '{' || token === '[') {
    open.push(token)
    return token === '{' ? 'name or end' : 'value or end'
  }
  return open.length === 0 ? 'nothing' : 'comma or end'
}
