import type { MapDocument } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import styles from './lane-title.module.css'

/** A lane's own title with its role under it; a lane without a title is called by its role. */
export function LaneTitle(props: { readonly document: MapDocument; readonly lane: string }) {
  const { t } = useTranslation()
  const lane = props.document.lanes[props.lane]
  if (lane === undefined) return null
  const role = t(`laneRole.${lane.role}`)
  return (
    <>
      <span>{lane.title === '' ? role : lane.title}</span>
      {lane.title !== '' && lane.title !== role && <span className={styles.role}>{role}</span>}
    </>
  )
}
