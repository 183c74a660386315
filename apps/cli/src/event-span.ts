import type { PeriodAsked } from '@parcurs/analytics'
import { vocabularyRoutes } from '@parcurs/contract'
import type { Client } from './client.ts'
import { type AskSettings, periodAsked } from './question-options.ts'

/** When the workspace's events begin and end. */
export interface EventSpan {
  readonly firstMs: number
  readonly lastMs: number
}

/** null: there is no event. */
export async function eventSpan(client: Client, workspace: string): Promise<EventSpan | null> {
  const { events } = await client.call(vocabularyRoutes.vocabulary, { params: { workspace } })
  const lastMs = events.reduce((last, event) => Math.max(last, event.lastMs ?? 0), 0)
  if (lastMs === 0) return null
  const firstMs = events.reduce((first, event) => Math.min(first, event.firstMs ?? first), lastMs)
  return { firstMs, lastMs }
}

/** Where only the last day is said the period begins with the events. */
export function lacksFirstDay({ from, to }: Pick<AskSettings, 'from' | 'to'>): boolean {
  return from === undefined && to !== undefined
}

/** From the first event up to the last day that was said. */
export function sinceFirstEvent(to: string, span: EventSpan | null): PeriodAsked {
  // The date in the zone farthest behind: it is the first day or the one before, everywhere.
  const from = span === null ? to : dateOf(span.firstMs - HALF_A_DAY_MS)
  return { from: from < to ? from : to, to }
}

/** A period of the map and how it is called. */
export interface MapPeriod {
  readonly period: PeriodAsked
  /** null: as it was said. */
  readonly called: string | null
}

/**
 * The period of a map: as said, else that of the screen, the last 90 days with today; where nothing happened in
 * them, the 90 days up to the last event.
 */
export function mapPeriod(
  settings: Pick<AskSettings, 'from' | 'to' | 'last'>,
  nowMs: number,
  span: EventSpan | null,
): MapPeriod {
  if (settings.to !== undefined && lacksFirstDay(settings)) {
    periodAsked(settings, nowMs)
    return { period: sinceFirstEvent(settings.to, span), called: null }
  }
  const asked = periodAsked(settings, nowMs)
  if (asked !== null) return { period: asked, called: null }
  if (span === null || span.lastMs > nowMs - (MAP_DAYS - 1) * DAY_MS) {
    return { period: { lastDays: MAP_DAYS }, called: `last ${MAP_DAYS} days` }
  }
  // The date in the zone farthest ahead: the last event lies in it, or in the day before.
  const to = dateOf(span.lastMs + HALF_A_DAY_MS)
  return {
    period: { from: dateOf(Date.parse(to) - (MAP_DAYS - 1) * DAY_MS), to },
    called: `the ${MAP_DAYS} days up to the last event`,
  }
}

const MAP_DAYS = 90
const DAY_MS = 86_400_000
const HALF_A_DAY_MS = 43_200_000

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
