import type { EventKind } from '@parcurs/domain'
import { SESSION_GAP_MS } from '../session/session-kernel.ts'
import type { GraphRules } from './graph-kernel.ts'
import type { PathsQuestion } from './path.ts'
import { itemRules, type PathItems, pathItems } from './path-items.ts'
import type { PathGap, PathRules } from './path-kernel.ts'

export interface PathsPlan extends Omit<PathItems, 'codeOf'> {
  readonly view: 'columns' | 'graph'
  readonly rules: Omit<PathRules, 'begun'>
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
  const { items, codeByKind, codeByValue, codeOf } = pathItems(question, kinds, values)
  const ends: Record<'start' | 'end' | 'through', ReadonlySet<number>> = {
    start: new Set(),
    end: new Set(),
    through: new Set(),
  }
  for (const place of ['start', 'end', 'through'] as const) {
    const name = question[place]
    if (name === undefined) continue
    // An item that never happened is no mistake: no path has it.
    ends[place] = new Set([codeOf(name) ?? -1])
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
      ...itemRules(question),
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

/** Sessions cut by a longer pause; a gap of one's own cuts when it is reached. */
export function gapOf(question: PathsQuestion, view: 'columns' | 'graph'): PathGap | null {
  if (question.gapMs === undefined) {
    return view === 'columns' ? { ms: SESSION_GAP_MS, cuts: 'over' } : null
  }
  return question.gapMs === null ? null : { ms: question.gapMs, cuts: 'at-least' }
}
