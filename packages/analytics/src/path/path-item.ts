/** How event names and pages become the items of a path. */
export interface ItemRules {
  readonly stripTrailingSlash: boolean
  /** `*` is any text, everything else literal; a match anywhere replaces the item by the pattern. The first that matches wins. */
  readonly group: readonly string[]
  readonly exclude: readonly string[]
}

/** The item's name after stripping, grouping and exclusion; null: it is not there. */
export function itemName(raw: string, rules: ItemRules): string | null {
  const stripped =
    rules.stripTrailingSlash && raw.length > 1 && raw.endsWith('/') ? raw.slice(0, -1) : raw
  const name = rules.group.find((pattern) => containsPattern(stripped, pattern)) ?? stripped
  return rules.exclude.includes(name) ? null : name
}

/** Whether the text holds the pattern somewhere; linear, so no pattern can be made slow. */
export function containsPattern(text: string, pattern: string): boolean {
  let at = 0
  for (const part of pattern.split('*')) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return true
}
