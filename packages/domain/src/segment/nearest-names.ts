const MOST_NEAREST = 3
/** Longer names are not compared: nobody mistypes them by a letter or two. */
const LONGEST = 80

/**
 * Names that may have been meant: those that differ by one letter in four, by three at most. Upper case, accents and what
 * parts the words do not count: `order_completed` is `Order Completed`.
 */
export function nearestNames(name: string, known: Iterable<string>): readonly string[] {
  const written = plain(name)
  if (written === '' || written.length > LONGEST) return []
  const most = Math.min(3, Math.floor(written.length / 4))
  const near: { readonly name: string; readonly distance: number }[] = []
  for (const other of known) {
    if (Math.abs(other.length - name.length) > LONGEST) continue
    const distance = editDistance(written, plain(other), most)
    if (distance !== null) near.push({ name: other, distance })
  }
  return near
    .toSorted((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_NEAREST)
    .map((one) => one.name)
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[\s_.:/-]+/g, '')
}

/** Letters to change, add or take away, row by row; null: more than `most`. */
export function editDistance(a: string, b: string, most: number): number | null {
  if (Math.abs(a.length - b.length) > most) return null
  let before = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const kept = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(kept, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    if (row.every((distance) => distance > most)) return null
    before = row
  }
  const distance = before[b.length] ?? 0
  return distance > most ? null : distance
}
