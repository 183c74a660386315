import type { LivingMapQuestion } from '@parcurs/analytics'
import { queryOptions } from '@tanstack/react-query'
import type { Ask } from '../api/ask.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import type { ListedMap } from '../maps/map-queries.ts'
import { comparedPeriod, FIRST_PERIOD, periodOf } from '../periods/period.ts'
import type { MapSearch } from './map-search.ts'

/** A minute: the question is the cache key, so "now" may not move with every drawing. */
const STEADY_MS = 60_000

export function livingMapQuery(
  ask: Ask,
  workspace: MyWorkspace,
  { id, version }: ListedMap,
  search: MapSearch,
) {
  const question = questionOf(workspace, id, search)
  return queryOptions({
    queryKey: ['living-map', workspace.slug, version, question],
    queryFn: async ({ signal }) => {
      const params = { workspace: workspace.slug }
      const answer = await ask('ask', { params, body: { question }, signal })
      if (answer.kind !== 'living-map') throw new Error(`a map was answered as ${answer.kind}`)
      return answer
    },
  })
}

function questionOf(workspace: MyWorkspace, mapId: string, search: MapSearch): LivingMapQuestion {
  const nowMs = Math.floor(Date.now() / STEADY_MS) * STEADY_MS
  const period = periodOf(search.period ?? FIRST_PERIOD, nowMs, workspace.timeZone)
  return {
    version: 1,
    kind: 'living-map',
    mapId,
    period,
    segment: search.segment ?? null,
    compareTo: comparedPeriod(period, search.compare ?? 'none', workspace.timeZone),
    windowDays: null,
  }
}
