import { readFileSync } from 'node:fs'
import {
  type FirstTimeRule,
  funnelKernel,
  type FunnelGrouping,
  type FunnelRules,
  type FunnelTally,
  mergeTallies,
  summary,
  timeHistogram,
} from '@parcurs/analytics'
import { describe, expect, test } from 'vitest'
import {
  isVisit,
  parseVectors,
  type Vector,
  type VectorCondition,
  type VectorEvent,
  type VectorMatcher,
  type VectorQuery,
  type VectorStep,
  type VectorValue,
} from './vector.ts'

// The published vectors on the kernel alone, without a store.

const file = new URL('../../../../cases/peers.json', import.meta.url)
const kinds = ['funnel', 'funnel_time', 'funnel_exclusion', 'funnel_breakdown']
const vectors = parseVectors(readFileSync(file, 'utf8'), 'cases/peers.json').filter(
  // Local dates are the question's business.
  ({ kind, query }) => kinds.includes(kind) && query.range_dates === undefined,
)

describe('[FN16] the published funnel vectors', () => {
  test.each(vectors.map((v) => [v.kind, v.name, v] as const))('%s: %s', (_kind, _name, v) => {
    const { tallies, labels } = run(v)
    const all = [...tallies.values()].reduce<FunnelTally | null>(
      (sum, tally) => (sum === null ? tally : mergeTallies(sum, tally)),
      null,
    )
    const { expect: wanted, query } = v
    if (wanted.reached) expect(all?.reached ?? wanted.reached.map(() => 0)).toEqual(wanted.reached)
    const seconds = (ms: number | null | undefined): number | null =>
      ms == null ? null : ms / 1000
    const samples = query.from_step === undefined ? all?.totalMs : all?.stepMs[1]
    if (wanted.avg !== undefined)
      expect(seconds(summary(samples ?? []).meanMs)).toBeCloseTo(wanted.avg, 5)
    if (wanted.median !== undefined) {
      expect(seconds(summary(samples ?? []).medianMs)).toBeCloseTo(wanted.median, 5)
    }
    if (wanted.step_avg) {
      expect(all?.stepMs.map((s) => seconds(summary(s).meanMs))).toEqual(wanted.step_avg)
    }
    if (wanted.step_median) {
      expect(all?.stepMs.map((s) => seconds(summary(s).medianMs))).toEqual(wanted.step_median)
    }
    if (wanted.bins) {
      const bins = timeHistogram(samples ?? [], query.bins === 'auto' ? null : (query.bins ?? null))
      expect(bins.map((b) => [b.fromMs / 1000, b.count])).toEqual(wanted.bins)
    }
    if (wanted.groups && query.limit === undefined) {
      const groups = [...tallies].map(([code, tally]) => ({
        value: labels[code] ?? '',
        reached: tally.reached,
        step_avg: tally.stepMs.map((s) => seconds(summary(s).meanMs)),
      }))
      expect(groups).toHaveLength(wanted.groups.length)
      for (const group of wanted.groups)
        expect(groups).toContainEqual(expect.objectContaining(group))
    }
  })
})

function run(v: Vector) {
  const { query } = v
  const steps = Array.isArray(query.steps) ? query.steps.map(matcher) : []
  const exclusions = query.exclusions ?? []
  const firstTime: FirstTimeRule[] = steps.flatMap((s, i) =>
    s.first_time === undefined
      ? []
      : [
          {
            of: s.first_time === 'event' ? ('event' as const) : ('matching' as const),
            named: steps.length + exclusions.length + i,
            matching: i,
          },
        ],
  )
  const rules: FunnelRules = {
    stepCount: steps.length,
    optional: steps.map((s) => s.optional === true),
    order: order(query.order),
    windowMs: query.window_s == null ? Number.POSITIVE_INFINITY : query.window_s * 1000,
    stepWindows:
      query.window_from === undefined
        ? null
        : {
            from:
              query.window_from === 'previous_step' ? 'previous-step' : 'previous-required-step',
            ms: (query.step_windows_s ?? []).map((s) => (s ?? 0) * 1000),
          },
    entry: query.entry === 'first' ? 'first' : 'any',
    timedBy:
      query.entry === 'latest'
        ? 'latest-entry'
        : query.pick === 'first_completion'
          ? 'first-completion'
          : 'earliest-entry',
    count: query.count === 'totals' ? 'totals' : 'customers',
    ties: query.tie === 'strict_increase' ? 'strict-increase' : 'step-order',
    graceMs: (query.grace_s ?? 0) * 1000,
    exclusions: exclusions.map((e, i) => ({
      bit: steps.length + i,
      after: e.after,
      before: e.before,
    })),
    exclusionEffect: query.exclusion_effect === 'stop' ? 'leave' : 'remove',
    hold: query.hold === undefined ? 'none' : query.unit === undefined ? 'customer' : 'each-value',
    sessionGapMs: 1_800_000,
  }
  const labels: (string | readonly string[])[] = ['']
  const kernel = funnelKernel({
    rules,
    grouping: grouping(query),
    firstTime,
    fromMs: query.range_s === undefined ? Number.NEGATIVE_INFINITY : query.range_s[0] * 1000,
    toMs: query.range_s === undefined ? Number.POSITIVE_INFINITY : query.range_s[1] * 1000,
    nowMs: Number.POSITIVE_INFINITY,
    timed: true,
    strictAmongSteps: query.strict_scope === 'step_events',
  })
  const code = (value: string | readonly string[]): number => {
    const text = JSON.stringify(value)
    if (value === '' || (Array.isArray(value) && value.every((part) => part === ''))) return 0
    const known = labels.findIndex((label) => JSON.stringify(label) === text)
    return known >= 0 ? known : labels.push(value) - 1
  }
  for (const [who, rows] of journeys(v)) {
    const actor = query.actors?.[who] ?? {}
    const passing = rows.filter((row) => all(query.where, row, actor))
    kernel.add({
      times: Float64Array.from(passing, (row) => row[1] * 1000),
      masks: Uint32Array.from(passing, (row) => {
        const hit = (m: VectorMatcher, i: number) =>
          named(m, row[2]) && all(m.where, row, actor) ? 1 << i : 0
        const named1 = (m: VectorMatcher, i: number) =>
          m.first_time === 'event' && named(m, row[2])
            ? 1 << (steps.length + exclusions.length + i)
            : 0
        return (
          steps.reduce((mask, m, i) => mask | hit(m, i) | named1(m, i), 0) |
          exclusions.reduce((mask, m, i) => mask | hit(m, steps.length + i), 0)
        )
      }),
      held: query.hold
        ? Float64Array.from(passing, (row) => Number(row[3]?.[query.hold?.[0] ?? ''] ?? -1))
        : null,
      groups: query.breakdown
        ? Float64Array.from(passing, (row) => code(groupValue(query, row, actor)))
        : null,
    })
  }
  return { tallies: kernel.tallies(), labels }
}

function groupValue(
  query: VectorQuery,
  row: VectorEvent,
  actor: Readonly<Record<string, VectorValue>>,
) {
  const { prop, actor_prop } = query.breakdown ?? {}
  if (actor_prop !== undefined) return String(actor[actor_prop] ?? '')
  if (prop === '$actor_id') return row[0]
  if (Array.isArray(prop)) return prop.map((p: string) => String(row[3]?.[p] ?? ''))
  return String(row[3]?.[String(prop)] ?? '')
}

function journeys(v: Vector): Map<string, VectorEvent[]> {
  const byActor = new Map<string, VectorEvent[]>()
  for (const row of v.events) {
    if (isVisit(row)) continue
    const unit =
      v.query.actor_by === undefined
        ? (v.query.merges?.[row[0]] ?? row[0])
        : String(row[3]?.[v.query.actor_by] ?? '')
    if (unit === '') continue
    byActor.set(unit, [...(byActor.get(unit) ?? []), row])
  }
  for (const rows of byActor.values()) rows.sort((a, b) => a[1] - b[1])
  return byActor
}

function matcher(step: VectorStep): VectorMatcher {
  return typeof step === 'string' || step === null ? { event: step } : step
}

function named(m: VectorMatcher, event: string): boolean {
  const names = Array.isArray(m.event) ? m.event : [m.event]
  return names.includes(null) || names.includes(event)
}

function all(
  conditions: readonly VectorCondition[] | undefined,
  row: VectorEvent,
  actor: Readonly<Record<string, VectorValue>>,
): boolean {
  return (conditions ?? []).every((c) => passes(c, row, actor))
}

function passes(
  c: VectorCondition,
  row: VectorEvent,
  actor: Readonly<Record<string, VectorValue>>,
): boolean {
  if ('any' in c) return c.any.some((inner) => passes(inner, row, actor))
  if ('all' in c) return c.all.every((inner) => passes(inner, row, actor))
  const value = 'prop' in c ? row[3]?.[c.prop] : actor[c.actor_prop]
  const missing = value === undefined
  switch (c.op) {
    case 'eq':
      return !missing && String(value) === String(c.value)
    case 'ne':
      return String(value) !== String(c.value)
    case 'icontains':
      return !missing && String(value).toLowerCase().includes(String(c.value).toLowerCase())
    case 'gte':
      return !missing && Number(value) >= Number(c.value)
    case 'lte':
      return !missing && Number(value) <= Number(c.value)
    case 'is_set':
      return !missing
    default:
      return missing
  }
}

function order(name: string | undefined): FunnelRules['order'] {
  if (name === 'strict_repeats') return 'strict-repeats'
  return name === 'unordered' ? 'any' : name === 'strict' ? 'strict' : 'ordered'
}

function grouping(query: VectorQuery): FunnelGrouping {
  const { attribution, breakdown } = query
  if (breakdown === undefined) return { by: 'none' }
  if (typeof attribution === 'object') return { by: 'step', step: attribution.step }
  if (attribution === 'all_events') return { by: 'all-events' }
  return { by: attribution === 'last_touch' ? 'last-touch' : 'first-touch' }
}
