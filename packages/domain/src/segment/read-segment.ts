import { readCondition } from '../condition/read-condition.ts'

/**
 * A segment's rule in the other ways in which it may be written. Conditions as `readCondition` knows them; a property
 * says "has an event in the question's period that passes", which is an event done at least once.
 */
export function readSegment(given: unknown): unknown {
  return inOneWay(readCondition(given))
}

/** `{ saved: id }` is whoever is in that saved segment. */
function savedNamed(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || !('saved' in given)) return given
  const { saved, ...rest } = given
  return { kind: 'in', of: 'segment', id: saved, ...rest }
}

function inOneWay(written: unknown): unknown {
  const given = savedNamed(written)
  if (typeof given !== 'object' || given === null || !('kind' in given)) return given
  if (given.kind === 'property') {
    return {
      kind: 'did',
      event: given,
      times: { op: 'gte', value: 1 },
      window: { kind: 'question' },
    }
  }
  if ('event' in given) return { ...given, event: readCondition(given.event) }
  if (!('rules' in given) || !Array.isArray(given.rules)) return given
  return { ...given, rules: given.rules.map(inOneWay) }
}
