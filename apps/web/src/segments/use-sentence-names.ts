import { useQueries } from '@tanstack/react-query'
import type { JourneyMap, SentenceNames } from '@parcurs/domain'
import { useMemo } from 'react'
import { useAsk } from '../api/ask.ts'
import { mapQuery } from '../maps/map-queries.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import type { Offer } from '../sentences/offer.ts'

/** What a text can call things that rules know by their ids: as they are shown, in the language spoken. */
export function useSentenceNames({ workspace, touchpoints, maps, segments }: Offer): SentenceNames {
  const ask = useAsk()
  const own = useOwnNames()
  const drawn = useQueries({
    queries: maps.map(({ id }) => mapQuery(ask, workspace, id)),
    combine: answered,
  })
  return useMemo(
    () => ({
      touchpoints,
      maps: maps.map((map) => ({
        ...map,
        steps: (drawn.find(({ id }) => id === map.id)?.stages ?? [])
          .flatMap(({ steps }) => steps)
          .map(own.named),
      })),
      segments: segments.map(({ id, name }) => ({ id, name })),
      lists: [],
    }),
    [touchpoints, maps, segments, drawn, own],
  )
}

function answered(
  maps: readonly { readonly data: JourneyMap | undefined }[],
): readonly JourneyMap[] {
  return maps.flatMap(({ data }) => data ?? [])
}
