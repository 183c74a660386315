import {
  eventsAsked,
  narrowing,
  sampleOf,
  type ValueRow,
  valuesQuery,
} from '../asking/events-asked.ts'
import {
  definitionOf,
  noMaps,
  segmentOf,
  type Planned,
  type QuestionContext,
  type QuestionKind,
} from '../asking/question-kind.ts'
import { countOf, type Reads, rowsOf } from '../asking/read.ts'
import { held } from '../at.ts'
import { itemCodeOfText, valueText } from '../selection/event-value.ts'
import { isMisfit } from '../selection/misfit.ts'
import { type Selection, selectedShape, selectionCoding } from '../selection/selection.ts'
import { selectionQueries } from '../selection/selection-queries.ts'
import type { Period } from '../question.ts'
import { aroundPeriod, LONGEST_PAUSE_MS } from '../session/session-kernel.ts'
import { type Sql, sql } from '../sql.ts'
import { graphOfRows } from './graph-answer.ts'
import { graphQuery, type GraphRow } from './graph-query.ts'
import type { PathsAnswer, PathsQuestion } from './path.ts'
import type { GraphCounted, PathsCounted } from './path-counting.ts'
import { gapOf, type PathsPlan, planPaths } from './path-plan.ts'

export interface PathsFound {
  /** The values of the property that is the item, most frequent first. */
  readonly values: readonly ValueRow[]
  readonly paths: PathsCounted
  readonly graph: GraphCounted
  /** Of a graph that the store can answer. */
  readonly transitions: readonly GraphRow[]
}

/** What is certain before the items are known. */
export interface PathsAsked extends Planned {
  readonly question: PathsQuestion
  /** Of paths that are sessions: the period in which they begin. */
  readonly begun: Period | null
  readonly every: Selection
  /** The property's value as text; null: events and pages are the items. */
  readonly text: Sql | null
}

export const pathsKind: QuestionKind<PathsQuestion, PathsAsked, PathsFound, PathsAnswer> = {
  mapsOf: noMaps,
  segmentOf,
  plan: (question, context) => {
    const narrowed = narrowing(question, context)
    if (isMisfit(narrowed)) return narrowed
    const { period } = narrowed
    const { items, view = 'columns' } = question
    const begun = view === 'columns' ? sessionsOf(question, period) : null
    return {
      question,
      period,
      settledMs: null,
      begun,
      every: {
        ...eventsAsked(question, period, context),
        period: begun === null ? period : aroundPeriod(begun),
        code: { as: 'expression', sql: sql`1` },
        keep: 'matched',
      },
      text: typeof items === 'object' ? valueText([items.property]) : null,
    }
  },
  reads,
  shape,
}

function reads(
  asked: PathsAsked,
  found: Partial<PathsFound>,
  context: QuestionContext,
): Reads<PathsFound> {
  if (asked.text !== null && found.values === undefined) {
    return { values: rowsOf(valuesQuery(context, asked.every, asked.text)) }
  }
  const { kinds, reading } = context
  const plan = planOf(asked, found, context)
  const selection = selectionOf(asked, plan, found)
  const shape = selectedShape(selection)
  const { items, graph, perColumn, edgeLimit } = plan
  const rules = { ...plan.rules, begun: asked.begun }
  if (plan.view === 'columns') {
    return {
      paths: countOf(
        { kind: 'paths', shape, rules, items, perColumn, edgeLimit },
        selectionQueries(context, selection),
      ),
    }
  }
  const plain = graph.gap === null && graph.runs === 'keep'
  if (!plan.timed && plain && selectionCoding(selection, kinds) !== null) {
    return { transitions: rowsOf(graphQuery(reading, kinds, selection, items.length - 1)) }
  }
  return {
    graph: countOf(
      { kind: 'graph', shape, rules: graph, items },
      selectionQueries(context, selection),
    ),
  }
}

function shape(
  asked: PathsAsked,
  found: Partial<PathsFound>,
  context: QuestionContext,
): PathsAnswer {
  const plan = planOf(asked, found, context)
  const { question, period } = asked
  const define = (key: string, unit: 'paths' | 'customers', n: number) =>
    definitionOf(key, { ...plan.parameters, period }, sampleOf(unit, n, question), context)
  if (plan.view === 'columns') {
    const counted = held(found.paths, 'counted paths')
    return {
      version: 1,
      view: 'columns',
      definition: define('paths', 'paths', counted.paths),
      ...counted,
    }
  }
  const counted =
    found.graph ?? graphOfRows(held(found.transitions, 'transitions of the graph'), plan.items)
  return {
    ...counted,
    version: 1,
    kind: 'paths',
    view: 'graph',
    definition: define('journey-graph', 'customers', counted.customers),
  }
}

/** The period, where pauses of at most a day cut paths: each then belongs to the period in which it began. */
function sessionsOf(question: PathsQuestion, period: Period | null): Period | null {
  const gap = gapOf(question, 'columns')
  return gap === null || gap.ms > LONGEST_PAUSE_MS ? null : period
}

function planOf(
  { question, text }: PathsAsked,
  found: Partial<PathsFound>,
  { kinds }: QuestionContext,
): PathsPlan {
  const values = text === null ? null : held(found.values, 'values of the property')
  return planPaths(question, kinds, values?.map((row) => row.text) ?? null)
}

function selectionOf(
  { every, text }: PathsAsked,
  plan: PathsPlan,
  { values = [] }: Partial<PathsFound>,
): Selection {
  if (text === null) return { ...every, code: { as: 'kinds', byKind: plan.codeByKind } }
  const texts = values.map((row) => row.text)
  const code = itemCodeOfText(text, texts, plan.codeByValue)
  return { ...every, code: { as: 'expression', sql: code } }
}
