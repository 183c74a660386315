/** Those whose words begin with every typed word, in any case and without accents; those that begin with it first. */
export function matching<Item extends { readonly text: string; readonly group: string }>(
  items: readonly Item[],
  typed: string,
): readonly Item[] {
  const wanted = words(typed)
  if (wanted.length === 0) return items
  const first = plain(typed.trim())
  return items
    .filter((item) => {
      const has = words(`${item.text} ${item.group}`)
      // Chinese is written without spaces, so a part within counts too.
      return wanted.every((word) => has.some((own) => own.includes(word)))
    })
    .toSorted(
      (a, b) => Number(plain(b.text).startsWith(first)) - Number(plain(a.text).startsWith(first)),
    )
}

function words(text: string): readonly string[] {
  return plain(text)
    .split(/\s+/)
    .filter((word) => word !== '')
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
