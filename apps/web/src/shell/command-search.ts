import { plainText, plainWords } from '../languages/plain-text.ts'

/** Those whose words begin with every typed word, in any case and without accents; those that begin with it first. */
export function matching<Item extends { readonly text: string; readonly group: string }>(
  items: readonly Item[],
  typed: string,
): readonly Item[] {
  const wanted = plainWords(typed)
  if (wanted.length === 0) return items
  const first = plainText(typed.trim())
  return items
    .filter((item) => {
      const has = plainWords(`${item.text} ${item.group}`)
      // Chinese is written without spaces, so a part within counts too.
      return wanted.every((word) => has.some((own) => own.includes(word)))
    })
    .toSorted(
      (a, b) =>
        Number(plainText(b.text).startsWith(first)) - Number(plainText(a.text).startsWith(first)),
    )
}
