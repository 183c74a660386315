import { at } from '../at.ts'
import { partAs } from '../counting/counted-as.ts'
import type { Counter } from '../counting/counting.ts'
import { summary } from '../funnel/funnel-times.ts'
import type { Period } from '../question.ts'
import { selectedJourneys, type SelectedShape } from '../selection/selection.ts'
import type { PageTime, TimeOnPage } from './metric.ts'
import {
  addMetricTally,
  addToMetrics,
  emptyMetricTally,
  type MetricRules,
  type MetricTally,
} from './metric-kernel.ts'
import { pageViews } from './page-times.ts'

/** Foreground time is the first column where it is reported. */
export interface MetricsCounting {
  readonly kind: 'metrics'
  readonly shape: SelectedShape
  readonly rules: MetricRules
  readonly foreground: boolean
}

export interface MetricsPart {
  readonly kind: 'metrics'
  readonly tally: MetricTally
}

export interface MetricsCounted {
  readonly kind: 'metrics'
  readonly tally: MetricTally
}

export function metricsCounter({ shape, rules, foreground }: MetricsCounting): Counter {
  const tally = emptyMetricTally()
  return {
    add: (block) => {
      for (const { times, codes, columns } of selectedJourneys(block, shape)) {
        const foregroundMs = foreground ? (columns[0] ?? null) : null
        addToMetrics(tally, { times, masks: codes, foregroundMs }, rules)
      }
    },
    part: () => ({ kind: 'metrics', tally }),
    merge: (other) => addMetricTally(tally, partAs(other, 'metrics').tally),
    counted: () => ({ kind: 'metrics', tally }),
  }
}

export interface PageTimesCounting {
  readonly kind: 'page-times'
  readonly shape: SelectedShape
  readonly gapMs: number
  /** Only views in it are counted; null: all. Events after it say how long they lasted. */
  readonly begun: Period | null
  readonly foreground: boolean
  /** Names of the pages by code; the first is unused. */
  readonly pages: readonly string[]
}

export interface PageTimesPart {
  readonly kind: 'page-times'
  /** Milliseconds of each view, by page. */
  readonly samples: ReadonlyMap<number, readonly number[]>
  readonly unknown: number
}

export interface PageTimesCounted {
  readonly kind: 'page-times'
  readonly timeOnPage: TimeOnPage
}

const MOST_PAGES = 25

export function pageTimesCounter({
  shape,
  gapMs,
  begun,
  foreground,
  pages,
}: PageTimesCounting): Counter {
  const samples = new Map<number, number[]>()
  let unknown = 0
  const samplesOf = (page: number): number[] => {
    const known = samples.get(page)
    if (known !== undefined) return known
    const made: number[] = []
    samples.set(page, made)
    return made
  }
  return {
    add: (block) => {
      for (const { times, codes, columns } of selectedJourneys(block, shape)) {
        const foregroundMs = foreground ? (columns[0] ?? null) : null
        for (const { item, atMs, ms } of pageViews({ times, items: codes, foregroundMs }, gapMs)) {
          if (begun !== null && (atMs < begun.fromMs || atMs >= begun.toMs)) continue
          if (ms === null) unknown++
          else samplesOf(item).push(ms)
        }
      }
    },
    part: () => ({ kind: 'page-times', samples, unknown }),
    merge: (other) => {
      const part = partAs(other, 'page-times')
      unknown += part.unknown
      for (const [page, views] of part.samples) {
        const held = samplesOf(page)
        for (const ms of views) held.push(ms)
      }
    },
    counted: () => {
      const all: number[] = []
      for (const ms of samples.values()) for (const sample of ms) all.push(sample)
      const { n, meanMs, medianMs } = summary(all)
      const each: PageTime[] = [...samples].map(([item, ms]) => {
        const page = summary(ms)
        const { n: views } = page
        return { page: at(pages, item), n: views, meanMs: page.meanMs, medianMs: page.medianMs }
      })
      each.sort((a, b) => b.n - a.n || (a.page < b.page ? -1 : 1))
      const timeOnPage = { n, meanMs, medianMs, unknown, pages: each.slice(0, MOST_PAGES) }
      return { kind: 'page-times', timeOnPage }
    },
  }
}
