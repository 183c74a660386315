import { type EventKind, isView } from '@parcurs/domain'
import { SESSION_GAP_MS } from '../session/session-kernel.ts'
import type { GraphRules } from './graph-kernel.ts'
import type { PathsQuestion } from './path.ts'
import { itemName } from './path-item.ts'
import type { PathGap, PathRules } from './path-kernel.ts'

export interface PathsPlan {
  readonly view: 'columns' | 'graph'
  /** Names of the items by code; the first is unused. */
  readonly items: readonly string[]
  /** Item code by kind; 0: no item. Unused where values of a property are the items. */
  readonly codeByKind: readonly number[]
  /** Item code of each raw value, in the order given; 0: left out. */
  readonly codeByValue: readonly number[]
  readonly rules: PathRules
  readonly graph: GraphRules
  readonly perColumn: number | null
  readonly edgeLimit: number | null
  readonly timed: boolean
  readonly parameters: Readonly<Record<string, unknown>>
}

/** @param values the values of the property that is asked for, most frequent first; null: events and pages are the items */
export function planPaths(
  question: PathsQuestion,
  kinds: readonly EventKind[],
  values: readonly string[] | null,
): PathsPlan {
  const view = question.view ?? 'columns'
  const itemRules = {
    stripTrailingSlash: question.stripTrailingSlash === true,
    group: question.group ?? [],
    exclude: question.exclude ?? [],
  }
  const items: string[] = ['']
  const codes = new Map<string, number>()
  const codeOf = (raw: string): number => {
    const name = raw === '' ? null : itemName(raw, itemRules)
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
      codeByKind[kind.code] = codeOf(rawItem(kind, question.items ?? 'event'))
    }
  }
  const codeByValue = (values ?? []).map(codeOf)
  const ends: Record<'start' | 'end' | 'through', ReadonlySet<number>> = {
    start: new Set(),
    end: new Set(),
    through: new Set(),
  }
  for (const place of ['start', 'end', 'through'] as const) {
    const name = question[place]
    if (name === undefined) continue
    // An item that never happened is no mistake: no path has it.
    ends[place] = new Set([codes.get(name) ?? -1])
  }
  const gap = gapOf(question, view)
  const runs = question.runs ?? (view === 'columns' ? 'collapse' : 'keep')
  const steps = question.steps ?? 5
  const perColumn = question.perColumn === undefined ? 25 : question.perColumn
  return {
    view,
    items,
    codeByKind,
    codeByValue,
    rules: { gap, runs, ...ends, steps },
    graph: { gap, runs },
    perColumn,
    edgeLimit: question.edgeLimit ?? null,
    timed: question.times !== false,
    parameters: {
      view,
      items: question.items ?? 'event',
      gapMs: gap?.ms ?? null,
      gapCuts: gap?.cuts ?? null,
      runs,
      start: question.start ?? null,
      end: question.end ?? null,
      through: question.through ?? null,
      ...itemRules,
      ...(view === 'columns'
        ? { steps, perColumn, edgeLimit: question.edgeLimit ?? null }
        : { times: question.times !== false }),
      segment: question.segment ?? null,
      where: question.where ?? [],
      unit: question.unit ?? null,
      sample: question.sample ?? 1,
    },
  }
}

function rawItem(kind: EventKind, items: 'event' | 'name' | 'page' | object): string {
  const isPage = isView(kind)
  const page = kind.path === '' || kind.path === '*' ? '' : kind.path
  if (items === 'name') return kind.name
  if (items === 'page') return isPage ? page : ''
  return isPage && page !== '' ? page : kind.name
}

/** Sessions cut by a longer pause; a gap of one's own cuts when it is reached. */
function gapOf(question: PathsQuestion, view: 'columns' | 'graph'): PathGap | null {
  if (question.gapMs === undefined) {
    return view === 'columns' ? { ms: SESSION_GAP_MS, cuts: 'over' } : null
  }
  return question.gapMs === null ? null : { ms: question.gapMs, cuts: 'at-least' }
}
