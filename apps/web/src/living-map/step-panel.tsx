import type { LivingMapAnswer } from '@parcurs/analytics'
import type { JourneyMap } from '@parcurs/domain'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { ChannelIcon, useChannelName } from '../touchpoints/channel-icons.tsx'
import { Button } from '../ui/button.tsx'
import { useBadgeText } from './badge-pill.tsx'
import { CustomersBehind } from '../customers/customers-behind.tsx'
import { EmotionScale } from './emotion-scale.tsx'
import type { Measure } from './lanes.ts'
import type { MapColumn } from './map-columns.ts'
import { LeakReasons } from './leak-reasons.tsx'
import { MeasureList } from './measure-list.tsx'
import { StepFeedback } from '../feedback/step-feedback.tsx'
import { StepDetail } from './step-detail.tsx'
import { Instead, Moves } from './step-moves.tsx'
import styles from './step-panel.module.css'
import { StepCards } from '../studio/drawn-lanes.tsx'
import { TrendChart } from '../charts/trend-chart.tsx'

/** Everything about one step: what its numbers mean, who is behind them, what they did instead. */
export function StepPanel(props: {
  readonly workspace: string
  readonly map: JourneyMap
  readonly answer: LivingMapAnswer
  readonly column: MapColumn
  readonly stageName: string
  readonly measure: Measure | null
  readonly onMeasure: (measure: Measure | null) => void
  readonly onOpenStep: (stepId: string) => void
  readonly onTouchpoint: (touchpointId: string) => void
  readonly onClose: () => void
}) {
  const { column, answer, map } = props
  const { t } = useTranslation()
  const badgeText = useBadgeText()
  const channelName = useChannelName()
  const { segment } = answer.question
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [column.id])
  return (
    <aside
      className={styles.panel}
      aria-labelledby="panel-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onClose()
      }}
    >
      <header className={styles.head}>
        <div>
          <p className={styles.stage}>{props.stageName}</p>
          <h2 id="panel-title" ref={heading} tabIndex={-1} className={styles.title}>
            {column.name}
          </h2>
        </div>
        <Button kind="quiet" label={t('action.close')} onPress={props.onClose}>
          <X size={16} aria-hidden="true" />
        </Button>
      </header>
      {column.badges.map((badge) => (
        <p key={badge.kind} className={styles.badge}>
          {badgeText(badge).long}
        </p>
      ))}
      {column.kind === 'step' && (
        <ul className={styles.touchpoints} aria-label={t('panel.touchpoints')}>
          {column.touchpoints.map((touchpoint) => (
            <li key={touchpoint.id}>
              <button type="button" onClick={() => props.onTouchpoint(touchpoint.id)}>
                <ChannelIcon channel={touchpoint.channel} />
                <span>{touchpoint.name}</span>
                <span className={styles.channel}>{channelName(touchpoint.channel)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {column.detail !== null && <StepDetail detail={column.detail} />}
      {column.kind === 'step' && (
        <StepCards workspace={props.workspace} mapId={map.id} step={column.id} />
      )}
      <MeasureList column={column} answer={answer} open={props.measure} onOpen={props.onMeasure} />
      <LeakReasons
        map={map}
        leak={answer.measured.leaks.find((leak) => leak.stepId === column.id)}
      />
      {column.now.trend.length > 1 && (
        <section>
          <h3 className={styles.section}>{t('panel.trend')}</h3>
          <TrendChart trend={column.now.trend} period={answer.measured.period} />
        </section>
      )}
      <section>
        <h3 className={styles.section}>{t('panel.emotion')}</h3>
        <EmotionScale measured={column.now.emotion} believed={column.believed} />
      </section>
      {column.kind === 'step' && (
        <>
          <StepFeedback
            key={column.id}
            workspace={props.workspace}
            mapId={map.id}
            stepId={column.id}
            touchpoints={column.touchpoints}
            period={answer.measured.period}
            segment={segment}
            answers={column.now.emotion.n}
          />
          <Instead column={column} />
          <Moves
            map={map}
            stepId={column.id}
            transitions={answer.measured.transitions}
            onOpenStep={props.onOpenStep}
          />
          <CustomersBehind
            workspace={props.workspace}
            mapId={map.id}
            stepId={column.id}
            period={answer.measured.period}
            counts={column.now}
            segment={segment}
          />
        </>
      )}
    </aside>
  )
}
