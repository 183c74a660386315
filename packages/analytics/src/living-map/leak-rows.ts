import type { Reading } from '../journey/reading.ts'
import type { Compiled } from '../sql.ts'
import type { SampledCustomer } from './customer-sample.ts'
import type { LeakEvidence } from './leak-evidence.ts'
import { type LeakSamples, leakPropertiesQuery, type LeakValueRow } from './leak-query.ts'

/** What the events of sampled customers told. */
export interface LeakRows {
  readonly samples: readonly LeakSamples[]
  /** Those that may be a reason. */
  readonly rows: readonly LeakValueRow[]
  /** Of each evidence: how many came to those who left since all of its sample was read. */
  readonly came: readonly number[]
}

/** What was told up to a commit, and who was touched since. */
export interface LeakRowsKept {
  readonly told: LeakRows
  readonly commit: bigint
  /** Decimal keys. */
  readonly touched: ReadonlySet<string>
}

/** How what was told becomes what is told now, without reading all of it again. */
export interface LeakRowsSince {
  /** Of customers who are no longer sampled, or not as they were: what was told of them. null: there are none. */
  readonly gone: Compiled | null
  readonly come: Compiled | null
  readonly told: (gone: readonly LeakValueRow[], come: readonly LeakValueRow[]) => LeakRows
}

/** Rows of a leak beside a kept tally (see `MapByChange`). */
export interface LeakBeside {
  /** Of the tally. */
  readonly key: string
  /** What rows that were just read tell. */
  readonly told: (rows: readonly LeakValueRow[]) => LeakRows
  /** null: they are read anew. */
  readonly since: (kept: LeakRowsKept) => LeakRowsSince | null
}

/**
 * Rows are kept of values that five of those who left have, and fifteen make a reason: as long as no more than ten came
 * to a sample, a value of which no row is kept is none.
 */
const MOST_CAME = 10
/** Above this all are as quickly read. */
const MOST_CHANGED = 2000

export function leakBeside(
  key: string,
  reading: Reading,
  evidence: readonly LeakEvidence[],
): LeakBeside {
  const samples = evidence.map(({ stepId, leftSample, movedSample }) => ({
    stepId,
    leftSample,
    movedSample,
  }))
  return {
    key,
    told: (rows) => ({ samples, rows, came: samples.map(() => 0) }),
    since: ({ told, commit, touched }) => {
      const change = changedSamples(told, samples, touched)
      if (change === null) return null
      const { gone, come } = change
      return {
        gone: leakPropertiesQuery({ ...reading, upTo: commit }, gone, 0),
        come: leakPropertiesQuery(reading, come, 0),
        told: (rowsGone, rowsCome) => correctedRows(told, samples, change, rowsGone, rowsCome),
      }
    },
  }
}

/** By evidence, as it is now. */
export interface ChangedSamples {
  readonly gone: readonly LeakSamples[]
  readonly come: readonly LeakSamples[]
  readonly came: readonly number[]
}

/** Who is sampled now and was not, or is not and was, or was touched; null: too many to be corrected. */
export function changedSamples(
  told: LeakRows,
  samples: readonly LeakSamples[],
  touched: ReadonlySet<string>,
): ChangedSamples | null {
  const before = new Map(told.samples.map((sample, i) => [sample.stepId, { sample, i }]))
  const each = samples.map((now) => {
    const was = before.get(now.stepId)
    const left = changed(was?.sample.leftSample ?? [], now.leftSample, touched)
    const moved = changed(was?.sample.movedSample ?? [], now.movedSample, touched)
    const { stepId } = now
    return {
      gone: { stepId, leftSample: left.gone, movedSample: moved.gone },
      come: { stepId, leftSample: left.come, movedSample: moved.come },
      // Of a step that is new all is read.
      came: was === undefined ? 0 : (told.came[was.i] ?? 0) + left.come.length,
    }
  })
  const gone = each.map((one) => one.gone)
  const come = each.map((one) => one.come)
  const size = [...gone, ...come].reduce(
    (sum, { leftSample, movedSample }) => sum + leftSample.length + movedSample.length,
    0,
  )
  if (size > MOST_CHANGED || each.some(({ came }) => came > MOST_CAME)) return null
  return { gone, come, came: each.map(({ came }) => came) }
}

function changed(
  was: readonly SampledCustomer[],
  now: readonly SampledCustomer[],
  touched: ReadonlySet<string>,
) {
  const name = ({ customer, timeMs }: SampledCustomer) => `${customer} ${timeMs}`
  const names = { was: new Set(was.map(name)), now: new Set(now.map(name)) }
  return {
    gone: was.filter((one) => touched.has(one.customer) || !names.now.has(name(one))),
    come: now.filter((one) => touched.has(one.customer) || !names.was.has(name(one))),
  }
}

/** @param gone rows of `change.gone` up to the commit that was told, `come` of `change.come` */
export function correctedRows(
  told: LeakRows,
  samples: readonly LeakSamples[],
  { came }: ChangedSamples,
  gone: readonly LeakValueRow[],
  come: readonly LeakValueRow[],
): LeakRows {
  const known = new Map(told.samples.map(({ stepId }, i) => [stepId, i]))
  const numberNow = new Map(samples.map(({ stepId }, i) => [stepId, i]))
  const counts = new Map<string, { row: LeakValueRow; left: number; moved: number }>()
  const nameOf = ({ evidence, name, value }: LeakValueRow) =>
    JSON.stringify([evidence, name, value])
  const add = (row: LeakValueRow, sign: 1 | -1) => {
    const held = counts.get(nameOf(row))
    // Of those who are not new: fewer have it than make a reason.
    if (held === undefined && known.has(samples[row.evidence]?.stepId ?? '')) return
    counts.set(nameOf(row), {
      row,
      left: (held?.left ?? 0) + sign * Number(row.left_count),
      moved: (held?.moved ?? 0) + sign * Number(row.moved_count),
    })
  }
  for (const row of told.rows) {
    const evidence = numberNow.get(told.samples[row.evidence]?.stepId ?? '')
    if (evidence === undefined) continue
    const renumbered = { ...row, evidence }
    counts.set(nameOf(renumbered), {
      row: renumbered,
      left: Number(row.left_count),
      moved: Number(row.moved_count),
    })
  }
  for (const row of gone) add(row, -1)
  for (const row of come) add(row, 1)
  return {
    samples,
    rows: [...counts.values()].map(({ row, left, moved }) => ({
      ...row,
      left_count: `${left}`,
      moved_count: `${moved}`,
    })),
    came,
  }
}
