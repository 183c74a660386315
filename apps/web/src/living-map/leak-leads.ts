import type { Period } from '@parcurs/analytics'
import type { SegmentRule } from '@parcurs/domain'
import { ownPeriod } from '../periods/period.ts'
import type { LeakAction } from './leak-action.ts'
import type { MapSearch } from './map-search.ts'

interface Shown {
  readonly mapId: string
  /** undefined: no numbers are there yet. */
  readonly period: Period | undefined
  readonly segment: SegmentRule | undefined
  readonly timeZone: string
  readonly nowMs: number
}

/** Where the action proposed for a leak leads: the map shown otherwise, or the customers themselves. */
export function leadsTo(action: LeakAction, { mapId, period, segment, timeZone, nowMs }: Shown) {
  const map = (search: MapSearch) => ({ place: 'map', search }) as const
  switch (action.kind) {
    case 'segment':
      return map({ segment: ruleOf(action) })
    case 'compare-since': {
      const toMs = period?.toMs ?? nowMs
      return map({
        period: ownPeriod({ fromMs: action.sinceMs, toMs }, timeZone),
        compare: 'previous',
      })
    }
    case 'open-step':
      return map({ at: action.stepId, measure: undefined })
    case 'customers':
      return {
        place: 'customers',
        search: {
          mapId,
          stepId: action.stepId,
          state: 'left',
          fromMs: period?.fromMs,
          toMs: period?.toMs,
          segment,
        },
      } as const
  }
}

function ruleOf({ by, name, value }: Extract<LeakAction, { kind: 'segment' }>): SegmentRule {
  if (by === 'trait') return { kind: 'trait', trait: name, op: 'eq', value }
  return {
    kind: 'did',
    event: { kind: 'property', property: name, op: 'eq', value },
    times: { op: 'gte', value: 1 },
    window: { kind: 'question' },
  }
}
