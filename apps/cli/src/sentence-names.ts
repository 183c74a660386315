import { mapRoutes, segmentRoutes, touchpointRoutes } from '@parcurs/contract'
import { listsNamed, mapsNamed, type SegmentRule, type SentenceNames } from '@parcurs/domain'
import type { Client } from './client.ts'

/**
 * What things are called that sentences speak of.
 * @param rules to be said: only their maps are drawn; null: a sentence is to be read, which may name any
 */
export async function sentenceNames(
  client: Client,
  workspace: string,
  rules: readonly SegmentRule[] | null,
): Promise<SentenceNames> {
  const params = { workspace }
  const [touchpoints, maps, segments] = await Promise.all([
    client.call(touchpointRoutes.touchpoints, { params }),
    client.call(mapRoutes.maps, { params }),
    client.call(segmentRoutes.segments, { params }),
  ])
  const named = rules?.flatMap(mapsNamed)
  const drawn = await Promise.all(
    maps
      .filter(({ id }) => named === undefined || named.includes(id))
      .map(({ id }) => client.call(mapRoutes.map, { params: { workspace, mapId: id } })),
  )
  return {
    touchpoints,
    maps: maps.map((map) => ({
      ...map,
      steps: (drawn.find(({ id }) => id === map.id)?.stages ?? []).flatMap(({ steps }) => steps),
    })),
    segments,
    lists: listsNamed(segments),
  }
}
