import { segmentRoutes } from '@parcurs/contract'
import type { Handle } from '../http/serve.ts'
import { changingRules } from '../segments/saved-segments.ts'
import { type SegmentNeeds, segmentUnknown } from '../segments/segment-routes.ts'
import { notWatchable, unwatchable } from '../segments/watchable.ts'
import { viewSegment } from '../segments/segment-view.ts'
import { waitFor, waitNoMore } from './watched-segments.ts'

/** What waits for a segment that a person watches. */
const PERSON = 'people'

/** Watching a segment: from then on who enters and leaves is written down. */
export function serveWatches(handle: Handle, { stores }: SegmentNeeds): void {
  handle(segmentRoutes.watchSegment, ({ workspace, params, body }) =>
    changingRules(stores.database, workspace.id, async (tx, all) => {
      const id = params.segmentId
      const segment = all.find((one) => one.id === id)
      if (segment === undefined) return segmentUnknown(id)
      const found = unwatchable(segment, (wanted) => all.find((one) => one.id === wanted) ?? null)
      if (body.watched && found !== null) return notWatchable(segment, found)
      if (body.watched) await waitFor(tx, workspace.id, id, PERSON)
      else await waitNoMore(tx, id, PERSON)
      return (await viewSegment(tx, id)) ?? segmentUnknown(id)
    }),
  )
}
