import type { Ground } from './app.tsx'
import { lastMapOf, mapShown } from '../maps/last-map.ts'
import { meQuery } from '../api/use-me.ts'
import { livingMapQuery } from '../living-map/living-map-query.ts'
import { mapQuery, mapsQuery } from '../maps/map-queries.ts'
import { touchpointsQuery } from '../touchpoints/touchpoints-query.ts'
import type { MapSearch } from '../living-map/map-search.ts'

/**
 * Asks what the home needs at once, while its code is still on the way: one question does not wait for the
 * screen that shows the answer of another. What fails here is asked again, and told, by the screen.
 *
 * @param workspace its slug; null: the first of mine
 */
export async function askForHome(
  { client, ask, memory }: Pick<Ground, 'client' | 'ask' | 'memory'>,
  workspace: string | null,
  search: MapSearch,
): Promise<void> {
  const quiet = { retry: false } as const
  const ofWorkspace = (slug: string) => {
    void client.prefetchQuery({ ...touchpointsQuery(ask, slug), ...quiet })
    return client.fetchQuery({ ...mapsQuery(ask, slug), ...quiet })
  }
  try {
    const early = workspace === null ? null : ofWorkspace(workspace)
    // Awaited below: until then nobody listens.
    early?.catch(() => undefined)
    const me = await client.fetchQuery({ ...meQuery(ask), ...quiet })
    const mine = me?.workspaces.find(({ slug }) => workspace === null || slug === workspace)
    if (mine === undefined) return
    const map = mapShown(
      await (early ?? ofWorkspace(mine.slug)),
      search.map,
      lastMapOf(memory, mine.slug),
    )
    if (map === undefined) return
    void client.prefetchQuery({ ...mapQuery(ask, mine.slug, map.id), ...quiet })
    await client.prefetchQuery({ ...livingMapQuery(ask, mine, map, search), ...quiet })
  } catch {
    // As said above.
  }
}
