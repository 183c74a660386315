import { FOREGROUND_PROPERTIES } from '@parcurs/analytics'
import { instantOf, type VectorClock } from './vector-clock.ts'
import { isVisit, type Vector, type VectorVisit } from './vector.ts'

// Some cases call an actor "anon", which is never an identity. Where the id itself is asked for it stays.
const SENDER = '$actor_id'

/** The calls that a client would have sent for the case, in order of arrival. */
export function callsOf(vector: Vector, clock: VectorClock): readonly object[] {
  const { merges = {}, actors = {} } = vector.query
  const id = (actor: string): string =>
    vector.query.breakdown?.prop === SENDER ? actor : `actor-${actor}`
  const at = (seconds: number) => new Date(instantOf(clock, seconds)).toISOString()
  const events = vector.events.flatMap((row, i) => {
    if (isVisit(row)) return visitCalls(row, at)
    const [actor, seconds, event, properties = {}] = row
    return [
      {
        type: 'track',
        messageId: `e${i}`,
        userId: id(actor),
        event,
        timestamp: at(seconds),
        properties,
      },
    ]
  })
  return [
    ...events,
    ...Object.entries(actors).map(([actor, traits], i) => ({
      type: 'identify',
      messageId: `i${i}`,
      userId: id(actor),
      traits,
      timestamp: at(0),
    })),
    ...Object.entries(merges).map(([alias, person], i) => ({
      type: 'alias',
      messageId: `a${i}`,
      previousId: id(alias),
      userId: id(person),
      timestamp: at(0),
    })),
  ]
}

/** The property by which the events of a visit are found again. */
export const VISIT = 'visit'
/** The events of a visit that count as key events. */
export const KEY_EVENT = 'key_event'

/** Events that make up a finished visit: page views first, the last event at the end of its duration. */
function visitCalls(visit: VectorVisit, at: (seconds: number) => string): readonly object[] {
  const names = [
    ...new Array<string>(visit.pageviews).fill('page'),
    ...new Array<string>(visit.key).fill(KEY_EVENT),
    ...new Array<string>(visit.custom - visit.key).fill('custom'),
    ...new Array<string>(visit.autocapture).fill('$autocapture'),
  ]
  return names.map((name, i) => {
    const properties = {
      [VISIT]: String(visit.id),
      // Reported once, with the first event.
      ...(i === 0 ? { [FOREGROUND_PROPERTIES[0]]: visit.foreground_s * 1000 } : {}),
    }
    const last = i > 0 && i === names.length - 1
    const common = {
      messageId: `v${visit.id}-${i}`,
      userId: `visitor-${visit.id}`,
      timestamp: at(last ? visit.duration_s : 0),
      properties,
    }
    return name === 'page'
      ? { type: 'page', ...common, properties: { ...properties, path: `/${i}` } }
      : { type: 'track', event: name, ...common }
  })
}
