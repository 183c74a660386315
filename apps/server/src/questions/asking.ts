import {
  type Asked,
  type Compiled,
  type Counted,
  type Counting,
  compile,
  type Misfit,
  type Period,
  type PeriodAsked,
  type Reading,
  resolvePeriod,
  resolvedConditions,
  segmentCondition,
  selectedShape,
  type SelectedShape,
  type Selection,
  selectionRows,
  type Sql,
} from '@parcurs/analytics'
import {
  type EventKind,
  type RuleOf,
  type SegmentRule,
  UTC,
  type Zone,
  zoneNamed,
} from '@parcurs/domain'
import type { AskOptions } from '../clickhouse/clickhouse.ts'
import type { EventKinds } from '../log/event-kinds.ts'
import type { CountingThreads } from '../counting/counting-threads.ts'
import type { Workspace } from '../http/gate.ts'
import { readingOf } from '../journeys/reading.ts'
import type { Stores } from '../stores/stores.ts'
import { touchpointsOf } from '../touchpoints/touchpoints.ts'

/** What asking needs of the program. */
export interface AskNeeds {
  readonly stores: Pick<Stores, 'clickhouse' | 'database'>
  readonly kinds: Pick<EventKinds, 'all'>
  readonly threads: Pick<CountingThreads, 'idlest'>
  readonly clock: () => number
  /** A question that takes longer is ended. */
  readonly maxSeconds: number
  /** What the store may hold for one question. */
  readonly maxMemoryBytes: number
}

/** One question under way: what it reads and how. Only here are the stores touched. */
export interface Asking {
  readonly workspace: Workspace
  readonly reading: Reading
  readonly kinds: readonly EventKind[]
  readonly touchpointRule: RuleOf
  readonly zone: Zone
  readonly nowMs: number
  readonly rows: <Row>(query: Compiled) => Promise<readonly Row[]>
  /** Counts the journeys of the selection in a thread of its own. */
  readonly count: (
    selection: Selection,
    counting: (shape: SelectedShape) => Counting,
  ) => Promise<Counted>
  readonly segment: (segment: SegmentRule | null | undefined, period: Period | null) => Sql | null
}

export async function beginAsking(
  needs: AskNeeds,
  workspace: Workspace,
  signal: AbortSignal,
): Promise<Asking> {
  const { stores, kinds } = needs
  // The vocabulary is read after the log: a kind that the log knows is then known here too.
  const reading = await readingOf(stores, workspace.id)
  const [known, touchpoints] = await Promise.all([
    kinds.all(workspace.id),
    touchpointsOf(stores.database, workspace.id),
  ])
  const rules = new Map(touchpoints.map(({ id, rule }) => [id, rule]))
  const options: AskOptions = {
    signal,
    maxSeconds: needs.maxSeconds,
    maxMemoryBytes: needs.maxMemoryBytes,
  }
  return {
    workspace,
    reading,
    kinds: known,
    touchpointRule: (id) => rules.get(id) ?? null,
    zone: zoneNamed(workspace.timeZone) ?? UTC,
    nowMs: needs.clock(),
    rows: (query) => stores.clickhouse.rows(query, options),
    count: (selection, counting) => {
      const query = compile(selectionRows(reading, known, selection))
      return needs.threads.idlest().count({
        counting: counting(selectedShape(selection, known)),
        open: () => stores.clickhouse.bytes(query, 'Native', options),
        signal,
      })
    },
    segment: (segment, period) => segmentCondition(reading, segment ?? null, period),
  }
}

/** Every event of whom a question asks about, in the period; what its code and columns are the question adds. */
export function eventsAsked(
  question: Asked,
  period: Period | null,
  asking: Pick<Asking, 'segment' | 'touchpointRule'>,
): Omit<Selection, 'code'> {
  return {
    where: resolvedConditions(question.where, asking.touchpointRule),
    unit: question.unit?.property ?? null,
    period,
    keep: 'all',
    customers: asking.segment(question.segment, period),
    columns: [],
    trait: null,
    money: false,
  }
}

/** @returns a misfit when a date is not on the calendar, or the period is empty */
export function periodOf(
  asked: PeriodAsked | null | undefined,
  { zone, nowMs }: Pick<Asking, 'zone' | 'nowMs'>,
): { readonly period: Period | null } | Misfit {
  if (asked == null) return { period: null }
  const period = resolvePeriod(asked, zone, nowMs)
  if (period === null) {
    return {
      place: 'period',
      value: asked,
      expected: 'dates as they stand on a calendar, 2026-01-31',
    }
  }
  if (period.toMs <= period.fromMs) {
    return { place: 'period', value: asked, expected: 'a period that ends after it begins' }
  }
  return { period }
}
