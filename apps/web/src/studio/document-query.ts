import { queryOptions, useQuery } from '@tanstack/react-query'
import type { MapDocument } from '@parcurs/domain'
import { type Ask, useAsk } from '../api/ask.ts'
import { type Asked, asked, askedAs } from '../ui/asked.ts'

function documentQuery(ask: Ask, workspace: string, mapId: string) {
  return queryOptions({
    queryKey: ['map-document', workspace, mapId],
    queryFn: ({ signal }) => ask('mapDocument', { params: { workspace, mapId }, signal }),
    // People write on maps all the time: it is read whenever it is looked at.
    staleTime: 0,
  })
}

/** Everything that a map holds, to be read. */
export function useMapDocument(workspace: string, mapId: string): Asked<MapDocument> {
  const found = asked(useQuery(documentQuery(useAsk(), workspace, mapId)))
  return askedAs(found, ({ document }) => document)
}
