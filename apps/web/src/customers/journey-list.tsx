import { memo, useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { ChannelIcon, useChannelName } from '../touchpoints/channel-icons.tsx'
import { Button } from '../ui/button.tsx'
import { type JourneyDay, type JourneyEvent, journeyDays } from './journey-days.ts'
import styles from './journey-list.module.css'

/** Drawn at once; more on demand, so that a customer of thousands of events opens as fast as one of ten. */
const DAYS_AT_ONCE = 30

/** The journey downwards: by day, with pauses said in words, step by step. */
export const JourneyList = memo(function JourneyList(props: {
  readonly events: readonly JourneyEvent[]
  readonly stepName: (stepId: string) => string
  readonly touchpointName: (touchpointId: string) => string
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const workspace = useWorkspace()
  const [shown, setShown] = useState(DAYS_AT_ONCE)
  const days = journeyDays(props.events, workspace.timeZone)
  return (
    <>
      <ol className={styles.days}>
        {days.slice(0, shown).map((day) => (
          <li key={day.startMs}>
            <h2 className={styles.day}>
              {numbers.date(day.startMs)}
              {day.pauseMs !== null && (
                <span className={styles.pause}>
                  {t('journey.pause', { time: numbers.duration(day.pauseMs) })}
                </span>
              )}
            </h2>
            <Day {...props} day={day} />
          </li>
        ))}
      </ol>
      {days.length > shown && (
        <Button onPress={() => setShown(shown + DAYS_AT_ONCE)}>
          {t('journey.moreDays', { count: days.length - shown })}
        </Button>
      )}
    </>
  )
})

function Day(props: {
  readonly day: JourneyDay
  readonly stepName: (stepId: string) => string
  readonly touchpointName: (touchpointId: string) => string
}) {
  return (
    <ol className={styles.events}>
      {props.day.events.map((event, i) => (
        <EventLine key={i} {...props} event={event} />
      ))}
    </ol>
  )
}

function EventLine(props: {
  readonly event: JourneyEvent
  readonly stepName: (stepId: string) => string
  readonly touchpointName: (touchpointId: string) => string
}) {
  const { event } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const channelName = useChannelName()
  const properties = Object.entries(event.properties)
  return (
    <li className={styles.event} data-mapped={event.stepId !== null}>
      <time className={styles.time} dateTime={new Date(event.timeMs).toISOString()}>
        {numbers.clock(event.timeMs)}
      </time>
      <div className={styles.what}>
        <p className={styles.line}>
          <span className={styles.channel} title={channelName(event.channel)}>
            <ChannelIcon channel={event.channel} />
            <span className="visually-hidden">{channelName(event.channel)}</span>
          </span>
          <span className={styles.name}>
            {event.touchpointId === null ? event.name : props.touchpointName(event.touchpointId)}
          </span>
          {event.stepId !== null && (
            <span className={styles.step}>{props.stepName(event.stepId)}</span>
          )}
          {event.value !== null && (
            <span className={styles.value}>{numbers.moneyIn(event.value, event.currency)}</span>
          )}
        </p>
        <details className={styles.details}>
          <summary>
            {event.touchpointId === null ? t('action.details') : event.name}
            {event.path !== '' && ` · ${event.path}`}
          </summary>
          <dl>
            <div>
              <dt>{t('journey.identity')}</dt>
              <dd>{event.identity}</dd>
            </div>
            {properties.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </li>
  )
}
