import type { Period } from '@parcurs/analytics'
import type { FeedbackScale, Touchpoint } from '@parcurs/domain'
import { Link } from '@tanstack/react-router'
import { Frown, Meh, Smile } from 'lucide-react'
import { useState } from 'react'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { ChannelIcon, useChannelName } from '../touchpoints/channel-icons.tsx'
import { Button } from '../ui/button.tsx'
import { Shown } from '../ui/shown.tsx'
import styles from './step-feedback.module.css'
import panel from '../ui/panel.module.css'
import { useStepFeedback } from './use-step-feedback.ts'
import type { SegmentRule } from '@parcurs/domain'

const AT_FIRST = 5
const AT_MOST = 50

/** The single answers behind a step's emotion, the latest first, each with its customer. */
export function StepFeedback(props: {
  readonly workspace: string
  readonly mapId: string
  readonly stepId: string
  readonly touchpoints: readonly Touchpoint[]
  readonly period: Period
  readonly segment: SegmentRule | null
  /** How many there are. */
  readonly answers: number
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const [limit, setLimit] = useState(AT_FIRST)
  const { workspace, mapId, stepId, period, segment } = props
  const feedback = useStepFeedback(
    workspace,
    { mapId, stepId, period, segment, limit },
    props.answers > 0,
  )
  return (
    <section>
      <h3 className={panel.subtitle}>{t('panel.said')}</h3>
      {props.answers === 0 ? (
        <div className={styles.none}>
          <p>{t(segment === null ? 'feedback.none' : 'feedback.noneOfSegment')}</p>
          {segment === null && <p>{t('feedback.noneHint')}</p>}
        </div>
      ) : (
        <Shown asked={feedback}>
          {({ answers, total }) => (
            <>
              <ol className={styles.answers}>
                {answers.map((answer, i) => (
                  <Answer
                    key={`${answer.customer} ${answer.timeMs} ${i}`}
                    workspace={workspace}
                    mapId={mapId}
                    touchpoints={props.touchpoints}
                    answer={answer}
                  />
                ))}
              </ol>
              <div className={styles.more}>
                {limit < AT_MOST && answers.length < total && (
                  <Button onPress={() => setLimit(AT_MOST)}>{t('feedback.more')}</Button>
                )}
                {answers.length < total && (
                  <span>
                    {t('feedback.part', {
                      n: numbers.count(answers.length),
                      all: numbers.count(total),
                    })}
                  </span>
                )}
              </div>
            </>
          )}
        </Shown>
      )}
    </section>
  )
}

function Answer(props: {
  readonly workspace: string
  readonly mapId: string
  readonly touchpoints: readonly Touchpoint[]
  readonly answer: AnswerOf<'stepFeedback'>['answers'][number]
}) {
  const { answer } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const channelName = useChannelName()
  const score = useScoreText()
  const about = props.touchpoints.find(({ id }) => id === answer.touchpointId)
  return (
    <li className={styles.answer}>
      <div className={styles.line}>
        <Feeling emotion={answer.emotion} />
        <span className={styles.score}>{score(answer.scale, answer.score)}</span>
        <span className={styles.kind} title={answer.event}>
          {t(`scale.${answer.scale}`)}
        </span>
        <time className={styles.when} dateTime={new Date(answer.timeMs).toISOString()}>
          {numbers.instant(answer.timeMs)}
        </time>
      </div>
      {answer.comment !== null && (
        <blockquote className={styles.comment}>{answer.comment}</blockquote>
      )}
      <p className={styles.who}>
        <Link
          to="/w/$workspace/customers/$customer"
          params={{ workspace: props.workspace, customer: answer.customer }}
          search={{ mapId: props.mapId }}
        >
          {answer.label}
        </Link>
        <span className={styles.channel} title={channelName(answer.channel)}>
          <ChannelIcon channel={answer.channel} />
          <span className="visually-hidden">{channelName(answer.channel)}</span>
        </span>
        {about !== undefined && props.touchpoints.length > 1 && <span>{about.name}</span>}
      </p>
    </li>
  )
}

/** A face beside the score: colour is never alone. */
function Feeling({ emotion }: { readonly emotion: number }) {
  const Face = emotion >= 0.5 ? Smile : emotion <= -0.5 ? Frown : Meh
  const felt = emotion >= 0.5 ? 'good' : emotion <= -0.5 ? 'bad' : 'even'
  return <Face className={styles.face} data-felt={felt} size={16} aria-hidden="true" />
}

const TOP: Readonly<Record<FeedbackScale, number | null>> = {
  csat: 5,
  nps: 10,
  ces: 7,
  sentiment: null,
}

/** "4 of 5"; sentiment has no top and is a signed number. */
function useScoreText(): (scale: FeedbackScale, score: number) => string {
  const { t } = useTranslation()
  const numbers = useNumbers()
  return (scale, score) => {
    const top = TOP[scale]
    return top === null
      ? numbers.emotion(score)
      : t('feedback.score', { score: numbers.plain(score), top: numbers.plain(top) })
  }
}
