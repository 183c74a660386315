import type { LivingMapAnswer } from '@parcurs/analytics'
import { DrawnLanes } from '../studio/drawn-lanes.tsx'
import type { Measure } from './lanes.ts'
import type { StageColumns } from './map-columns.ts'
import { Unmapped } from './unmapped.tsx'

// Over and under the map, where nobody looks first: one file for all of it.
export { MapHints } from './map-hints.tsx'
export { StaleMap } from './stale-map.tsx'

/** What stands under the map's numbers: what people wrote, and what customers do that is not drawn. */
export function UnderMap(props: {
  readonly workspace: string
  readonly mapId: string
  readonly answer: LivingMapAnswer
  /** null: there is no room for columns. */
  readonly stages: readonly StageColumns[] | null
  readonly room: number
  readonly onOpen: (measure: Measure) => void
}) {
  return (
    <>
      {props.stages !== null && (
        <DrawnLanes
          workspace={props.workspace}
          mapId={props.mapId}
          stages={props.stages}
          room={props.room}
        />
      )}
      <Unmapped measures={props.answer.measured} onOpen={props.onOpen} />
    </>
  )
}
