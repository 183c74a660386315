import type { JourneyMap } from '@parcurs/domain'
import { useQuery } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import { type Asked, asked } from '../ui/asked.ts'
import { mapQuery, mapsQuery } from './map-queries.ts'

export function useMaps(workspace: string, wanted = true): Asked<AnswerOf<'maps'>> {
  return asked(useQuery({ ...mapsQuery(useAsk(), workspace), enabled: wanted }))
}

export function useMap(workspace: string, mapId: string | undefined): Asked<JourneyMap> {
  const query = mapQuery(useAsk(), workspace, mapId ?? '')
  return asked(useQuery({ ...query, enabled: mapId !== undefined }))
}
