import {
  countedAs,
  type Planned,
  type QuestionContext,
  type QuestionKind,
  type Read,
  type WhatWasRead,
} from '@parcurs/analytics'
import { type AskOptions, StoreFailure } from '../clickhouse/clickhouse.ts'
import type { CountingThreads } from '../counting/counting-threads.ts'
import type { KeptMaps } from '../counting/kept-maps.ts'
import type { Readings } from '../journeys/readings.ts'
import type { EventKinds } from '../log/event-kinds.ts'
import type { Stores } from '../stores/stores.ts'
import { countByChange } from './count-by-change.ts'
import { leakRows } from './leak-rows.ts'

export interface ReadNeeds {
  readonly stores: Pick<Stores, 'clickhouse'>
  readonly readings: Readings
  readonly threads: Pick<CountingThreads, 'countAll' | 'countChange'>
  readonly keptMaps: KeptMaps
  readonly kinds: Pick<EventKinds, 'merged'>
}

/** What holds for every read of one question. */
export interface Limits {
  readonly signal: AbortSignal
  readonly maxSeconds: number
  readonly maxMemoryBytes: number
}

/** The stages of a question, one after the other; the reads of one stage at once. Throws StoreFailure. */
export async function readAll<Question, Plan extends Planned, Found, Answer>(
  needs: ReadNeeds,
  kind: QuestionKind<Question, Plan, Found, Answer>,
  plan: Plan,
  context: QuestionContext,
  limits: Limits,
): Promise<{ readonly found: Partial<Found>; readonly read: WhatWasRead | null }> {
  const tally = readTally()
  const found = new Map<string, unknown>()
  for (;;) {
    // The one cast: `Reads` ties what each name finds to its sort of read, which is all that is read under it.
    const before = Object.fromEntries(found) as Partial<Found>
    const wanted = Object.entries<Read | undefined>(kind.reads(plan, before, context)).flatMap(
      ([name, read]) => (read === undefined || found.has(name) ? [] : [{ name, read }]),
    )
    if (wanted.length === 0) return { found: before, read: tally.told() }
    const stage = await atOnce(limits.signal, wanted, ({ read }, signal) =>
      readOne(needs, read, context, { ...limits, signal }, tally),
    )
    wanted.forEach(({ name }, i) => found.set(name, stage[i]))
  }
}

/** The first that fails ends the others in the store too. */
async function atOnce<T, R>(
  signal: AbortSignal,
  all: readonly T[],
  work: (one: T, signal: AbortSignal) => Promise<R>,
): Promise<readonly R[]> {
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  try {
    return await Promise.all(all.map((one) => work(one, either)))
  } catch (error) {
    failed.abort()
    throw error
  }
}

async function readOne(
  { stores, readings, threads, keptMaps, kinds }: ReadNeeds,
  read: Read,
  { reading }: QuestionContext,
  limits: Limits,
  tally: ReadTally,
): Promise<unknown> {
  const { clickhouse } = stores
  const options: AskOptions = { ...limits, onRead: tally.add }
  const rows: typeof clickhouse.rows = (query, how) => {
    tally.asked()
    return clickhouse.rows(query, how)
  }
  switch (read.as) {
    case 'rows': {
      const { query, patienceSeconds, beside } = read
      if (patienceSeconds === null) return await rows(query, options)
      const patient = { ...options, maxSeconds: patienceSeconds }
      if (beside === undefined) return await soon(rows<object>(query, patient))
      return await soon(leakRows({ rows, keptMaps }, query, beside, reading.upTo, patient))
    }
    case 'count': {
      const bytes: typeof clickhouse.bytes = (query, format, how) => {
        tally.asked()
        return clickhouse.bytes(query, format, how)
      }
      const anew = () =>
        threads.countAll(
          read.counting,
          read.queries.map((query) => () => bytes(query, 'Native', options)),
          limits.signal,
        )
      const { byChange } = read
      // Journeys have pruned kinds as what took them in, events as they came: who was read in which way is not kept.
      const pruned = (await kinds.merged(reading.workspace)).size > 0
      if (byChange === undefined || pruned) return await anew()
      const counting = { clickhouse: { rows, bytes }, threads, keptMaps }
      return await countByChange(counting, byChange, options, async () =>
        countedAs(await anew(), 'map'),
      )
    }
    case 'kind-times':
      return await readings.kindTimes(reading, limits)
  }
}

/** null: it took too long. */
async function soon<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof StoreFailure && error.code === 'too-slow') return null
    throw error
  }
}

interface ReadTally {
  readonly asked: () => void
  readonly add: (read: WhatWasRead) => void
  /** null: of something that was read the store did not say how much it was. */
  readonly told: () => WhatWasRead | null
}

function readTally(): ReadTally {
  let untold = 0
  let rows = 0
  let bytes = 0
  return {
    asked: () => {
      untold += 1
    },
    add: (read) => {
      untold -= 1
      rows += read.rows
      bytes += read.bytes
    },
    told: () => (untold === 0 ? { rows, bytes } : null),
  }
}
