import type { NativeBlock } from '../journey/native-block.ts'
import {
  funnelCounter,
  type FunnelCounted,
  type FunnelCounting,
  type FunnelPart,
} from '../funnel/funnel-counting.ts'
import {
  mapChangeCounter,
  type MapChangeCounted,
  type MapChangeCounting,
  mapCounter,
  type MapCounted,
  type MapCounting,
  type MapPart,
} from '../living-map/map-counting.ts'
import {
  metricsCounter,
  type MetricsCounted,
  type MetricsCounting,
  type MetricsPart,
  type PageTimesCounted,
  type PageTimesCounting,
  type PageTimesPart,
  pageTimesCounter,
} from '../metric/metric-counting.ts'
import {
  graphCounter,
  type GraphCounted,
  type GraphCounting,
  type GraphPart,
  pathsCounter,
  type PathsCounted,
  type PathsCounting,
  type PathsPart,
} from '../path/path-counting.ts'
import {
  retentionCounter,
  type RetentionCounted,
  type RetentionCounting,
  type RetentionPart,
} from '../retention/retention-counting.ts'
import {
  sessionsCounter,
  type SessionsCounted,
  type SessionsCounting,
  type SessionsPart,
} from '../session/session-counting.ts'

/** What a kernel counts over the rows that the store streams. Plain data: another thread can do it. */
export type Counting =
  | MapCounting
  | MapChangeCounting
  | FunnelCounting
  | PathsCounting
  | GraphCounting
  | SessionsCounting
  | RetentionCounting
  | MetricsCounting
  | PageTimesCounting

/** What was counted of some of the customers: plain data, to be taken in by a counter of the same counting. */
export type Part =
  | MapPart
  | FunnelPart
  | PathsPart
  | GraphPart
  | SessionsPart
  | RetentionPart
  | MetricsPart
  | PageTimesPart

/** What it comes to, plain data again; of the same kind as the counting. */
export type Counted =
  | MapCounted
  | MapChangeCounted
  | FunnelCounted
  | PathsCounted
  | GraphCounted
  | SessionsCounted
  | RetentionCounted
  | MetricsCounted
  | PageTimesCounted

/** One counting under way. Parts over disjoint customers add up to the whole, in whatever order ([CN1]). */
export interface Counter {
  readonly add: (block: NativeBlock) => void
  readonly part: () => Part
  /** Throws when the part is of another kind. */
  readonly merge: (part: Part) => void
  readonly counted: () => Counted
}

export function counterOf(counting: Counting): Counter {
  switch (counting.kind) {
    case 'map':
      return mapCounter(counting)
    case 'map-change':
      return mapChangeCounter(counting)
    case 'funnel':
      return funnelCounter(counting)
    case 'paths':
      return pathsCounter(counting)
    case 'graph':
      return graphCounter(counting)
    case 'sessions':
      return sessionsCounter(counting)
    case 'retention':
      return retentionCounter(counting)
    case 'metrics':
      return metricsCounter(counting)
    case 'page-times':
      return pageTimesCounter(counting)
  }
}
