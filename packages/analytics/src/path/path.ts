import type { Asked, Definition } from '../question.ts'
import type { PathEdge, PathNode } from './path-shape.ts'

/** Where do they go? `columns` unrolls paths step by step; `graph` is the directly-follows graph. */
export interface PathsQuestion extends Asked {
  readonly version?: 1
  readonly kind: 'paths'
  readonly view?: 'columns' | 'graph'
  /** What an item is. Default `event`: the name, and of page and screen views the page. */
  readonly items?: 'event' | 'name' | 'page' | { readonly property: string }
  /** Absent: a pause over 30 min (columns), any pause goes (graph). null: the whole journey. A gap of one's own cuts when it is reached. */
  readonly gapMs?: number | null
  /** Default: `collapse` in columns, `keep` in the graph. */
  readonly runs?: 'collapse' | 'keep'
  readonly start?: string
  readonly end?: string
  readonly through?: string
  readonly exclude?: readonly string[]
  /** Patterns with `*` that stand for what they match. */
  readonly group?: readonly string[]
  readonly stripTrailingSlash?: boolean
  /** Columns, 2–20, default 5. */
  readonly steps?: number
  /** Items kept in each column; null: all. Default 25. */
  readonly perColumn?: number | null
  readonly edgeLimit?: number
  /** Graph only. False: only the counts, which is faster. Default true. */
  readonly times?: boolean
}

export type PathsAnswer = PathColumnsAnswer | PathGraphAnswer

export interface PathColumnsAnswer {
  readonly version: 1
  readonly kind: 'paths'
  readonly view: 'columns'
  readonly definition: Definition
  readonly paths: number
  readonly customers: number
  readonly nodes: readonly PathNode[]
  readonly edges: readonly PathEdge[]
}

export interface PathGraphAnswer {
  readonly version: 1
  readonly kind: 'paths'
  readonly view: 'graph'
  readonly definition: Definition
  readonly customers: number
  readonly items: readonly GraphItem[]
  /** Most frequent first. */
  readonly edges: readonly GraphEdge[]
}

export interface GraphItem {
  readonly item: string
  readonly count: number
  /** null when times were not asked for. */
  readonly customers: number | null
  /** Customers whose journey begins, ends here. */
  readonly starts: number
  readonly ends: number
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
  readonly count: number
  /** null when times were not asked for. */
  readonly customers: number | null
  readonly medianMs: number | null
}
