import { ChevronRight } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { NONE } from '../numbers/number-formats.ts'
import { ChannelIcons } from '../touchpoints/channel-icons.tsx'
import { Figure } from '../ui/figure.tsx'
import { BadgePill } from './badge-pill.tsx'
import { DeltaMark } from '../numbers/delta-mark.tsx'
import { countDelta } from '../numbers/delta.ts'
import { type MapColumn, shownEmotion, type StageColumns } from './map-columns.ts'
import styles from './map-story.module.css'
import { leavingShares } from './largest-leaks.ts'
import { lineNodes } from './journey-line.ts'
import { StoryLine, storyScale } from './story-line.tsx'

/** The map on a phone: stage by stage, downwards, with the journey line at the left edge. */
export const MapStory = memo(function MapStory(props: {
  readonly stages: readonly StageColumns[]
  readonly opened: string | null
  readonly onOpen: (stepId: string) => void
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const columns = props.stages.flatMap((stage) => stage.columns)
  const nodes = lineNodes(
    columns.map(({ now }, i) => ({
      x: i,
      customers: now.customers,
      emotion: shownEmotion(now.emotion),
    })),
    storyScale(Math.max(1, ...columns.map(({ now }) => now.customers))),
  )
  return (
    <div className={styles.story}>
      <p className={styles.key} aria-hidden="true">
        {[t('legend.thick'), t('legend.right'), t('legend.pale')].join(' · ')}
      </p>
      {props.stages.map((stage) => (
        <section key={stage.id} aria-label={stage.name}>
          <header className={styles.stage}>
            <h3>{stage.name}</h3>
            <span className={styles.count}>
              {t('map.customers', { count: stage.customers, n: numbers.count(stage.customers) })}
            </span>
          </header>
          <ol>
            {stage.columns.map((column) => {
              const at = columns.indexOf(column)
              return (
                <li key={column.id}>
                  <button
                    type="button"
                    className={styles.step}
                    aria-expanded={props.opened === column.id}
                    onClick={() => props.onOpen(column.id)}
                  >
                    <StoryLine
                      before={nodes[at - 1] ?? null}
                      here={nodes[at] ?? null}
                      after={nodes[at + 1] ?? null}
                      shares={leavingShares(column)}
                    />
                    <StoryStep column={column} other={columns[at - 1]?.place === column.place} />
                    <ChevronRight className={styles.chevron} size={16} aria-hidden="true" />
                  </button>
                </li>
              )
            })}
          </ol>
        </section>
      ))}
    </div>
  )
})

function StoryStep(props: { readonly column: MapColumn; readonly other: boolean }) {
  const { column } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const { now } = column
  const badge = column.badges[0]
  return (
    <span className={styles.body}>
      <span className={styles.head}>
        <span className={styles.name}>
          {props.other && <span className={styles.or}>{t('map.or')} </span>}
          {column.name}
        </span>
        <Figure className={styles.customers} text={numbers.count(now.customers)} />
      </span>
      <span className={styles.channels}>
        <ChannelIcons channels={column.channels} />
        {column.repeatable && <span className={styles.or}>{t('map.repeatable')}</span>}
        {column.detail !== null && (
          <span className={styles.or}>{t('map.inDetail', { map: column.detail.name })}</span>
        )}
        {badge !== undefined && <BadgePill badge={badge} more={column.badges.length - 1} />}
        <DeltaMark delta={countDelta(now.customers, column.before?.customers)} good="up" />
      </span>
      <span className={styles.facts}>
        {now.firstSettlesMs !== null && (
          <span className={styles.factName}>
            {t('map.firstSettles', { date: numbers.day(now.firstSettlesMs) })}
          </span>
        )}
        <Fact name={t('lane.movedOn')} text={numbers.percent(now.movedOnShare)} />
        <Fact name={t('map.left')} text={numbers.percent(now.leftShare)} loss />
        <Fact
          name={t('lane.money')}
          text={now.money === null ? NONE : numbers.compactMoney(now.money.amount)}
        />
        <Fact name={t('lane.emotion')} text={numbers.emotion(shownEmotion(now.emotion))} />
      </span>
    </span>
  )
}

function Fact(props: { readonly name: string; readonly text: string; readonly loss?: boolean }) {
  return (
    <span className={styles.fact}>
      <Figure className={props.loss === true ? styles.loss : undefined} text={props.text} />
      <span className={styles.factName}>{props.name}</span>
    </span>
  )
}
