import { readFileSync } from 'node:fs'
import {
  commentOf,
  DAY_MS,
  feedbackOf,
  type IncomingBatch,
  type ResolvedSegment,
  type SegmentFacts,
  type SegmentMap,
  type SegmentScope,
  UTC,
  zoneNamed,
} from '@parcurs/domain'

/** One customer, a rule, an instant, and what must come out. cases/README.md describes the fields. */
export interface SegmentCase {
  readonly name: string
  readonly rule: ResolvedSegment
  readonly member: boolean
  readonly now?: string
  /** null: never; absent: not checked. */
  readonly until?: string | null
  readonly events?: readonly CaseEvent[]
  readonly traits?: Readonly<Record<string, string>>
}

export interface CaseEvent {
  readonly at: string
  readonly name: string
  readonly value?: number
  readonly currency?: string
  readonly order?: string
  readonly properties?: Readonly<Record<string, string>>
  /** Of the customer's device, without the user. */
  readonly device?: boolean
  /** Of the user, on the device. */
  readonly linked?: boolean
  /** Of a user who was merged into this one. */
  readonly former?: boolean
}

interface CaseFile {
  readonly zone: string
  readonly weekStart: 'monday' | 'sunday'
  readonly currency: string
  readonly now: string
  readonly period: readonly [string, string]
  readonly map: {
    readonly id: string
    readonly windowDays: number
    readonly steps: readonly string[]
    readonly optional: readonly string[]
    readonly goal: string
  }
  readonly cases: readonly SegmentCase[]
}

export const CASES: CaseFile = JSON.parse(
  readFileSync(new URL('../../../../cases/segments.json', import.meta.url), 'utf8'),
)

const { map, period } = CASES

const MAP: SegmentMap = {
  steps: map.steps.map((name, i) => ({
    id: name,
    rule: { kind: 'event', names: [name] },
    optional: map.optional.includes(name),
    goal: name === map.goal,
    position: i,
    loops: [],
    repeatable: false,
  })),
  goal: { kind: 'event', names: [map.goal] },
  valued: true,
  windowMs: map.windowDays * DAY_MS,
}

export const CASE_SCOPE: SegmentScope = {
  zone: zoneNamed(CASES.zone) ?? UTC,
  weekStart: CASES.weekStart,
  period: { fromMs: Date.parse(period[0]), toMs: Date.parse(period[1]) },
  touchpoint: () => null,
  map: (id) => (id === map.id ? MAP : null),
}

export function nowOf({ now }: SegmentCase): number {
  return Date.parse(now ?? CASES.now)
}

/** What the store comes to know of the customer, worked out here by hand. */
export function caseFacts({ events = [], traits = {} }: SegmentCase): SegmentFacts {
  const inOrder = events
    .map((event) => ({
      ...event,
      timeMs: Date.parse(event.at),
      properties: event.properties ?? {},
    }))
    .toSorted((a, b) => a.timeMs - b.timeMs)
  const orders = new Set<string>()
  const lived = inOrder.map(({ timeMs, name, properties, value = 0, currency, order = '' }) => {
    const again = order !== '' && orders.has(order)
    if (value > 0) orders.add(order)
    const held = again || (currency ?? CASES.currency) !== CASES.currency ? 0 : value
    return {
      type: 'track' as const,
      channel: 'web',
      path: '',
      timeMs,
      name,
      properties,
      value: held,
    }
  })
  return {
    events: lived,
    traits,
    answers: lived.flatMap((event) => {
      const said = feedbackOf(event.name, event.properties)
      if (said === null) return []
      return [{ ...said, timeMs: event.timeMs, comment: commentOf(event.properties), event }]
    }),
    lists: new Set(),
  }
}

/** The customer of the n-th case. */
export function caseUser(n: number): string {
  return `c${n}`
}

/** What is sent of the n-th case, each event in a batch of its own, in the order in which they arrive. */
export function caseBatches(
  { events = [], traits }: SegmentCase,
  n: number,
): readonly IncomingBatch[] {
  const [user, device, former] = [caseUser(n), `d${n}`, `f${n}`]
  const nothing: IncomingBatch = { events: [], identifies: [], groups: [], aliases: [] }
  const told = events.map(
    (event, position): IncomingBatch => ({
      ...nothing,
      events: [
        {
          type: 'track',
          name: event.name,
          channel: 'web',
          path: '',
          userId: event.device === true ? '' : event.former === true ? former : user,
          anonymousId: event.device === true || event.linked === true ? device : '',
          messageId: `case ${n} event ${position}`,
          timeMs: Date.parse(event.at),
          position,
          value: event.value ?? null,
          currency: event.currency ?? CASES.currency,
          orderId: event.order ?? '',
          properties: event.properties ?? {},
        },
      ],
      aliases:
        event.former === true
          ? [{ previousId: former, userId: user, timeMs: Date.parse(event.at) }]
          : [],
    }),
  )
  if (traits === undefined) return told
  const identifies = [{ userId: user, anonymousId: '', timeMs: Date.parse('2026-01-01'), traits }]
  return [{ ...nothing, identifies }, ...told]
}
