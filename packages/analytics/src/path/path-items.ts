import { type EventKind, isView } from '@parcurs/domain'
import type { PathsQuestion } from './path.ts'
import { type ItemRules, itemName } from './path-item.ts'

/** What is an item, of a question of paths or of variants. */
export type ItemsAsked = Pick<PathsQuestion, 'items' | 'stripTrailingSlash' | 'group' | 'exclude'>

export interface PathItems {
  /** Names of the items by code; the first is unused. */
  readonly items: readonly string[]
  /** Item code by kind; 0: no item. Unused where values of a property are the items. */
  readonly codeByKind: readonly number[]
  /** Item code of each raw value, in the order given; 0: left out. */
  readonly codeByValue: readonly number[]
  /** undefined: no event is this item. */
  readonly codeOf: (name: string) => number | undefined
}

export function itemRules({ stripTrailingSlash, group, exclude }: ItemsAsked): ItemRules {
  return {
    stripTrailingSlash: stripTrailingSlash === true,
    group: group ?? [],
    exclude: exclude ?? [],
  }
}

/** @param values the values of the property that is asked for, most frequent first; null: events and pages are the items */
export function pathItems(
  asked: ItemsAsked,
  kinds: readonly EventKind[],
  values: readonly string[] | null,
): PathItems {
  const rules = itemRules(asked)
  const items: string[] = ['']
  const codes = new Map<string, number>()
  const coded = (raw: string): number => {
    const name = raw === '' ? null : itemName(raw, rules)
    if (name === null) return 0
    let code = codes.get(name)
    if (code === undefined) {
      code = items.push(name) - 1
      codes.set(name, code)
    }
    return code
  }
  const codeByKind: number[] = [0]
  if (values === null) {
    for (const kind of kinds) {
      while (codeByKind.length <= kind.code) codeByKind.push(0)
      codeByKind[kind.code] = coded(rawItem(kind, asked.items ?? 'event'))
    }
  }
  const codeByValue = (values ?? []).map(coded)
  return { items, codeByKind, codeByValue, codeOf: (name) => codes.get(name) }
}

function rawItem(kind: EventKind, items: 'event' | 'name' | 'page' | object): string {
  const isPage = isView(kind)
  const page = kind.path === '' || kind.path === '*' ? '' : kind.path
  if (items === 'name') return kind.name
  if (items === 'page') return isPage ? page : ''
  return isPage && page !== '' ? page : kind.name
}
