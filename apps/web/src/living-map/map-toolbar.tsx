import type { JourneyMap, SegmentRule, Touchpoint } from '@parcurs/domain'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { Zoom } from './column-layout.ts'
import { GoalPicker } from '../maps/goal-picker.tsx'
import styles from './map-toolbar.module.css'
import { COMPARISONS, type Comparison, type PeriodChoice } from '../periods/period.ts'
import { PeriodPicker } from '../periods/period-picker.tsx'
import { SegmentPicker } from '../segments/segment-picker.tsx'

export interface MapToolbarProps {
  readonly workspace: string
  readonly maps: readonly { readonly id: string; readonly name: string }[]
  readonly map: JourneyMap
  readonly touchpoints: readonly Touchpoint[]
  readonly mayEdit: boolean
  readonly timeZone: string
  readonly period: PeriodChoice
  readonly compare: Comparison
  /** null: everybody. */
  readonly segment: SegmentRule | null
  readonly zoom: Zoom
  readonly onMap: (mapId: string) => void
  readonly onPeriod: (period: PeriodChoice) => void
  readonly onCompare: (compare: Comparison) => void
  readonly onSegment: (segment: SegmentRule | null) => void
  readonly onZoom: (zoom: Zoom) => void
  readonly onEdit: () => void
}

/** What is shown, and how close: everything here changes the numbers in place. */
export const MapToolbar = memo(function MapToolbar(props: MapToolbarProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.toolbar}>
      <h1 className={styles.name}>
        {props.maps.length > 1 ? (
          <Choice
            label={t('maps.map')}
            shown="bare"
            options={props.maps.map(({ id, name }) => ({ id, text: name }))}
            value={props.map.id}
            onChange={props.onMap}
          />
        ) : (
          <span className={styles.only}>{props.map.name}</span>
        )}
      </h1>
      <Link
        className={styles.all}
        to="/w/$workspace/maps"
        params={{ workspace: props.workspace }}
        aria-label={t('action.allMaps')}
        title={t('action.allMaps')}
      >
        <svg className={styles.icon} width="16" height="16" aria-hidden="true">
          <path d="M2 3h2v2H2zM2 10h2v2H2zM7 4h7M7 11h7" />
        </svg>
      </Link>
      {props.mayEdit && (
        <span className={styles.edit}>
          <Button kind="quiet" label={t('action.edit')} onPress={props.onEdit}>
            <svg className={styles.icon} width="16" height="16" aria-hidden="true">
              <path d="M2 14l1-4 8-8 3 3-8 8z" />
            </svg>
          </Button>
        </span>
      )}
      <div className={styles.switches}>
        <span className={styles.plain}>
          <PeriodPicker period={props.period} timeZone={props.timeZone} onChange={props.onPeriod} />
        </span>
        <Choice
          label={t('compare.title')}
          options={COMPARISONS.map((id) => ({ id, text: t(`compare.${id}`) }))}
          value={props.compare}
          onChange={props.onCompare}
        />
        <span className={styles.plain}>
          <SegmentPicker segment={props.segment} onChange={props.onSegment} />
        </span>
        <GoalPicker map={props.map} touchpoints={props.touchpoints} mayEdit={props.mayEdit} />
      </div>
      <div className={styles.zoom}>
        <Segmented
          label={t('zoom.title')}
          options={(['stages', 'line', 'all'] as const).map((id) => ({
            id,
            text: t(`zoom.${id}`),
          }))}
          value={props.zoom}
          onChange={props.onZoom}
        />
      </div>
    </div>
  )
})
