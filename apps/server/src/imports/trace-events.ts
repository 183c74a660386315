import { readTime, UTC } from '@parcurs/domain'

/** One event of a process log: its attributes by their keys, and where it ends in the file. */
export interface TraceEvent {
  readonly attributes: ReadonlyMap<string, string>
  readonly line: number
}

/** What a pair of start and completion adds to the completion. They are no part of what the row is known by. */
const PAIRED = { seconds: 'lifecycle:seconds', start: 'lifecycle:start:' } as const

export function isPaired(column: string): boolean {
  return column === PAIRED.seconds || column.startsWith(PAIRED.start)
}

const NAME = 'concept:name'
const INSTANCE = 'concept:instance'
const TRANSITION = 'lifecycle:transition'
const TIME = 'time:timestamp'

/**
 * The events of one trace with each start put to its completion: an activity that both are told of is one event, when
 * it was complete, with what was known at its start and how long it took. A start that nothing completes stays.
 *
 * The completion belongs to the oldest open start of its name and instance.
 */
export function paired(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const open = new Map<string, number[]>()
  const starts = new Map<number, number>()
  const gone = new Set<number>()
  for (const [i, { attributes }] of events.entries()) {
    const transition = attributes.get(TRANSITION)?.toLowerCase()
    if (transition !== 'start' && transition !== 'complete') continue
    const activity = `${attributes.get(NAME) ?? ''}\0${attributes.get(INSTANCE) ?? ''}`
    const waiting = open.get(activity)
    if (transition === 'start') {
      if (waiting === undefined) open.set(activity, [i])
      else waiting.push(i)
      continue
    }
    const start = waiting?.shift()
    if (start === undefined) continue
    starts.set(i, start)
    gone.add(start)
  }
  if (gone.size === 0) return events
  return events.flatMap((event, i) => {
    if (gone.has(i)) return []
    const start = events[starts.get(i) ?? -1]
    return [start === undefined ? event : withStart(event, start)]
  })
}

function withStart({ attributes, line }: TraceEvent, start: TraceEvent): TraceEvent {
  const all = new Map(attributes)
  for (const [key, value] of start.attributes) {
    if (key !== TRANSITION && value !== attributes.get(key)) all.set(`${PAIRED.start}${key}`, value)
  }
  const from = readTime(start.attributes.get(TIME) ?? '', 'iso', UTC)
  const to = readTime(attributes.get(TIME) ?? '', 'iso', UTC)
  if (from !== null && to !== null) all.set(PAIRED.seconds, String((to - from) / 1000))
  return { attributes: all, line }
}
