/**
 * Whether a text holds one of the ids as a word of its own: not within a longer id. Rather once too often than
 * once too seldom: it is asked when somebody is to be forgotten.
 */
export function quotes(text: string, ids: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return ids.some((id) => {
    const sought = id.trim().toLowerCase()
    if (sought === '') return false
    for (let at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, at + 1)) {
      const before = lower[at - 1] ?? ' '
      const after = lower[at + sought.length] ?? ' '
      if (!WORD.test(before) && !WORD.test(after)) return true
    }
    return false
  })
}

const WORD = /[\p{L}\p{N}]/u
