import { at } from '../at.ts'
import { partAs } from '../counting/counted-as.ts'
import type { Counter } from '../counting/counting.ts'
import { quantile } from '../funnel/funnel-times.ts'
import { selectedJourneys, type SelectedShape } from '../selection/selection.ts'
import { graphKernel, type GraphRules, type GraphTallies } from './graph-kernel.ts'
import { compareText } from './graph-answer.ts'
import type { PathColumnsAnswer, PathGraphAnswer } from './path.ts'
import { pathKernel, type PathRules, type PathTallies } from './path-kernel.ts'
import { type PathShapeOptions, shapePaths } from './path-shape.ts'

export interface PathsCounting extends PathShapeOptions {
  readonly kind: 'paths'
  readonly shape: SelectedShape
  readonly rules: PathRules
  /** Names of the items by code; the first is unused. */
  readonly items: readonly string[]
}

export interface PathsPart {
  readonly kind: 'paths'
  readonly tallies: PathTallies
}

export type PathsCounted = { readonly kind: 'paths' } & Pick<
  PathColumnsAnswer,
  'paths' | 'customers' | 'nodes' | 'edges'
>

export function pathsCounter(counting: PathsCounting): Counter {
  const kernel = pathKernel(counting.rules)
  return {
    add: (block) => {
      for (const { times, codes } of selectedJourneys(block, counting.shape)) {
        kernel.add({ times, items: codes })
      }
    },
    part: () => ({ kind: 'paths', tallies: kernel.tallies() }),
    merge: (other) => kernel.merge(partAs(other, 'paths').tallies),
    counted: () => {
      const tallies = kernel.tallies()
      return {
        kind: 'paths',
        paths: tallies.paths,
        customers: tallies.customers,
        ...shapePaths(tallies, (item) => at(counting.items, item), counting),
      }
    },
  }
}

export interface GraphCounting {
  readonly kind: 'graph'
  readonly shape: SelectedShape
  readonly rules: GraphRules
  readonly items: readonly string[]
}

export interface GraphPart {
  readonly kind: 'graph'
  readonly tallies: GraphTallies
}

export type GraphCounted = { readonly kind: 'graph' } & Pick<
  PathGraphAnswer,
  'customers' | 'items' | 'edges'
>

export function graphCounter({ shape, rules, items }: GraphCounting): Counter {
  const name = (item: number): string => at(items, item)
  const kernel = graphKernel(rules, items.length)
  return {
    add: (block) => {
      for (const { times, codes } of selectedJourneys(block, shape)) {
        kernel.add({ times, items: codes })
      }
    },
    part: () => ({ kind: 'graph', tallies: kernel.tallies() }),
    merge: (other) => kernel.merge(partAs(other, 'graph').tallies),
    counted: () => {
      const tallies = kernel.tallies()
      return {
        kind: 'graph',
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
          .sort(
            (a, b) => b.count - a.count || compareText(a.from, b.from) || compareText(a.to, b.to),
          ),
      }
    },
  }
}
