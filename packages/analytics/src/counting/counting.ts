import type { NativeBlock } from '../journey/native-block.ts'
import {
  funnelCounter,
  type FunnelCounted,
  type FunnelCounting,
} from '../funnel/funnel-counting.ts'
import { mapCounter, type MapCounted, type MapCounting } from '../living-map/map-counting.ts'
import {
  metricsCounter,
  type MetricsCounted,
  type MetricsCounting,
  type PageTimesCounted,
  type PageTimesCounting,
  pageTimesCounter,
} from '../metric/metric-counting.ts'
import {
  graphCounter,
  type GraphCounted,
  type GraphCounting,
  pathsCounter,
  type PathsCounted,
  type PathsCounting,
} from '../path/path-counting.ts'
import {
  retentionCounter,
  type RetentionCounted,
  type RetentionCounting,
} from '../retention/retention-counting.ts'
import {
  sessionsCounter,
  type SessionsCounted,
  type SessionsCounting,
} from '../session/session-counting.ts'

/** What a kernel counts over the rows that the store streams. Plain data: another thread can do it. */
export type Counting =
  | MapCounting
  | FunnelCounting
  | PathsCounting
  | GraphCounting
  | SessionsCounting
  | RetentionCounting
  | MetricsCounting
  | PageTimesCounting

/** What it comes to, plain data again; of the same kind as the counting. */
export type Counted =
  | MapCounted
  | FunnelCounted
  | PathsCounted
  | GraphCounted
  | SessionsCounted
  | RetentionCounted
  | MetricsCounted
  | PageTimesCounted

/** One counting under way. */
export interface Counter {
  readonly add: (block: NativeBlock) => void
  /** @param others what other threads counted of the same; only maps are counted in parts */
  readonly counted: (others: readonly Counted[]) => Counted
}

export function counterOf(counting: Counting): Counter {
  switch (counting.kind) {
    case 'map':
    case 'map-part':
      return mapCounter(counting)
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

/** Throws when something else was counted. */
export function countedAs<Kind extends Counted['kind']>(
  counted: Counted,
  kind: Kind,
): Extract<Counted, { readonly kind: Kind }> {
  if (isKind(counted, kind)) return counted
  throw new Error(`counted '${counted.kind}' where '${kind}' was asked for`)
}

function isKind<Kind extends Counted['kind']>(
  counted: Counted,
  kind: Kind,
): counted is Extract<Counted, { readonly kind: Kind }> {
  return counted.kind === kind
}
