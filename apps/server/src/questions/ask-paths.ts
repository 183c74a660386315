import {
  countedAs,
  type Definition,
  graphQuery,
  type GraphRow,
  isMisfit,
  itemCodeOfText,
  type Misfit,
  type PathColumnsAnswer,
  type PathGraphAnswer,
  type PathsAnswer,
  type PathsPlan,
  type PathsQuestion,
  planPaths,
  type Sample,
  type Selection,
  selectionCoding,
  sql,
  valueText,
} from '@parcurs/analytics'
import { type Asking, eventsAsked, periodOf } from './asking.ts'
import { valuesOf } from './values.ts'

export async function askPaths(
  question: PathsQuestion,
  asking: Asking,
): Promise<PathsAnswer | Misfit> {
  const resolved = periodOf(question.period, asking)
  if (isMisfit(resolved)) return resolved
  const { period } = resolved
  const every: Selection = {
    ...eventsAsked(question, period, asking),
    code: { as: 'expression', sql: sql`1` },
    keep: 'matched',
  }
  const text = typeof question.items === 'object' ? valueText([question.items.property]) : null
  const values = text === null ? null : await valuesOf(asking, every, text)
  const plan = planPaths(question, asking.kinds, values)
  if (isMisfit(plan)) return plan
  const selection: Selection = {
    ...every,
    code:
      text === null || values === null
        ? { as: 'kinds', byKind: plan.codeByKind }
        : { as: 'expression', sql: itemCodeOfText(text, values, plan.codeByValue) },
  }
  const definition = (key: string, sample: Sample): Definition => ({
    key,
    parameters: { ...plan.parameters, period },
    timeZone: asking.workspace.timeZone,
    nowMs: asking.nowMs,
    sample,
  })
  return plan.view === 'graph'
    ? askGraph(plan, selection, asking, definition)
    : askColumns(plan, selection, asking, definition)
}

type Define = (key: string, sample: Sample) => Definition

async function askColumns(
  plan: PathsPlan,
  selection: Selection,
  asking: Asking,
  definition: Define,
): Promise<PathColumnsAnswer> {
  const { rules, items, perColumn, edgeLimit } = plan
  const counted = countedAs(
    await asking.count(selection, (shape) => ({
      kind: 'paths',
      shape,
      rules,
      items,
      perColumn,
      edgeLimit,
    })),
    'paths',
  )
  return {
    version: 1,
    view: 'columns',
    definition: definition('paths', { unit: 'paths', n: counted.paths }),
    ...counted,
  }
}

async function askGraph(
  plan: PathsPlan,
  selection: Selection,
  asking: Asking,
  definition: Define,
): Promise<PathGraphAnswer> {
  const name = (item: number): string => plan.items[item] ?? ''
  const plain = plan.graph.gap === null && plan.graph.runs === 'keep'
  if (!plan.timed && plain && selectionCoding(selection, asking.kinds) !== null) {
    const query = graphQuery(asking.reading, asking.kinds, selection, plan.items.length - 1)
    return graphOfRows(await asking.rows<GraphRow>(query), name, definition)
  }
  const { items, graph } = plan
  const counted = countedAs(
    await asking.count(selection, (shape) => ({ kind: 'graph', shape, rules: graph, items })),
    'graph',
  )
  return {
    ...counted,
    version: 1,
    kind: 'paths',
    view: 'graph',
    definition: definition('journey-graph', { unit: 'customers', n: counted.customers }),
  }
}

function graphOfRows(
  rows: readonly GraphRow[],
  name: (item: number) => string,
  definition: Define,
): PathGraphAnswer {
  const counts = new Map<number, number>()
  for (const { to, count } of rows) counts.set(to, (counts.get(to) ?? 0) + Number(count))
  const outside = (item: number, side: 'from' | 'to'): number =>
    Number(
      rows.find((row) => row[side] === item && row[side === 'from' ? 'to' : 'from'] === 0)?.count ??
        0,
    )
  const customers = counts.get(0) ?? 0
  counts.delete(0)
  return {
    version: 1,
    kind: 'paths',
    view: 'graph',
    definition: definition('journey-graph', { unit: 'customers', n: customers }),
    customers,
    items: [...counts]
      .map(([item, count]) => ({
        item: name(item),
        count,
        customers: null,
        starts: outside(item, 'to'),
        ends: outside(item, 'from'),
      }))
      .sort((a, b) => b.count - a.count || compareText(a.item, b.item)),
    edges: rows
      .filter(({ from, to }) => from !== 0 && to !== 0)
      .map(({ from, to, count }) => ({
        from: name(from),
        to: name(to),
        count: Number(count),
        customers: null,
        medianMs: null,
      })),
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
