/** More children than this under one parent are one kind of page, not so many places. */
const MOST_SIBLINGS = 8

const ID = /^(\d+|[0-9a-f]{8,}|[0-9a-f]{8}-[0-9a-f-]{27}|[a-z]*[-_]?\d{3,}[\w-]*|[\w-]*-\d+)$/i

/**
 * Groups paths by what varies in them: `/product/17` and `/product/42` are `/product/*`. A segment stands for many
 * when it looks like an id, or when its parent has more than eight children.
 *
 * @returns by path its pattern, in which `*` is any text
 */
export function pathPatterns(paths: Iterable<string>): ReadonlyMap<string, string> {
  const all = [...new Set(paths)]
  const segments = new Map(all.map((path) => [path, path.split('/').filter((part) => part !== '')]))
  const children = new Map<string, Set<string>>()
  for (const parts of segments.values()) {
    parts.forEach((part, depth) => {
      const parent = parts.slice(0, depth).map(masked).join('/')
      const known = children.get(parent) ?? new Set()
      known.add(masked(part))
      children.set(parent, known)
    })
  }
  return new Map(
    all.map((path) => {
      const parts = segments.get(path) ?? []
      const pattern: string[] = []
      for (const [depth, part] of parts.entries()) {
        const parent = parts.slice(0, depth).map(masked).join('/')
        // The top level is the site's own structure unless it is endless.
        const many = depth === 0 ? MOST_SIBLINGS * 8 : MOST_SIBLINGS
        if (masked(part) === '*' || (children.get(parent)?.size ?? 0) > many) {
          // Whatever lies below varies with it.
          pattern.push('*')
          break
        }
        pattern.push(part)
      }
      return [path, `/${pattern.join('/')}`]
    }),
  )
}

function masked(part: string): string {
  return ID.test(part) ? '*' : part
}
