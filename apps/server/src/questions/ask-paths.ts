import {
  type Definition,
  graphKernel,
  graphQuery,
  type GraphRow,
  isMisfit,
  itemCodeOfText,
  type Misfit,
  pathKernel,
  type PathColumnsAnswer,
  type PathGraphAnswer,
  type PathsAnswer,
  type PathsPlan,
  type PathsQuestion,
  planPaths,
  quantile,
  type Sample,
  type Selection,
  selectionCoding,
  shapePaths,
  sql,
  valueText,
} from '@parcurs/analytics'
import { type Asking, periodOf } from './asking.ts'
import { valuesOf } from './values.ts'

export async function askPaths(
  question: PathsQuestion,
  asking: Asking,
): Promise<PathsAnswer | Misfit> {
  const resolved = periodOf(question.period, asking)
  if (isMisfit(resolved)) return resolved
  const { period } = resolved
  const every: Selection = {
    code: { as: 'expression', sql: sql`1` },
    where: question.where ?? [],
    unit: question.unit?.property ?? null,
    period,
    keep: 'matched',
    customers: asking.segment(question.segment, period),
    columns: [],
    trait: null,
    money: false,
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
  const kernel = pathKernel(plan.rules)
  for await (const { times, codes } of asking.journeys(selection)) {
    kernel.add({ times, items: codes })
  }
  const tallies = kernel.tallies()
  return {
    version: 1,
    kind: 'paths',
    view: 'columns',
    definition: definition('paths', { unit: 'paths', n: tallies.paths }),
    paths: tallies.paths,
    customers: tallies.customers,
    ...shapePaths(tallies, (item) => plan.items[item] ?? '', plan),
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
  const kernel = graphKernel(plan.graph, plan.items.length)
  for await (const { times, codes } of asking.journeys(selection)) {
    kernel.add({ times, items: codes })
  }
  const tallies = kernel.tallies()
  return {
    version: 1,
    kind: 'paths',
    view: 'graph',
    definition: definition('journey-graph', { unit: 'customers', n: tallies.customers }),
    customers: tallies.customers,
    items: [...tallies.items]
      .map(([item, { count, customers }]) => ({
        item: name(item),
        count,
        customers,
        starts: tallies.starts.get(item) ?? 0,
        ends: tallies.ends.get(item) ?? 0,
      }))
      .sort((a, b) => b.count - a.count || compareText(a.item, b.item)),
    edges: [...tallies.edges.values()]
      .map(({ from, to, count, customers, ms }) => ({
        from: name(from),
        to: name(to),
        count,
        customers,
        medianMs: quantile(Float64Array.from(ms).sort(), 0.5),
      }))
      .sort((a, b) => b.count - a.count || compareText(a.from, b.from) || compareText(a.to, b.to)),
  }
}

/** The graph from transitions alone: an item happened as often as it was come to. */
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
