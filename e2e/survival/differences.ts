/** Where two plain values differ: a line each, at most the first 20 of each branch. */
export function differences(one: unknown, other: unknown, place: string): readonly string[] {
  if (one === other) return []
  if (!isTree(one) || !isTree(other)) {
    return [`${place}: ${JSON.stringify(one)} and ${JSON.stringify(other)}`]
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys]
    .flatMap((key) => differences(one[key], other[key], `${place}.${key}`))
    .slice(0, 20)
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
