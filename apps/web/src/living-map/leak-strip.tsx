import type { Leak, LivingMapAnswer } from '@parcurs/analytics'
import type { JourneyMap } from '@parcurs/domain'
import { ArrowRight } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { stepName } from '../maps/step-name.ts'
import { DeltaMark } from '../numbers/delta-mark.tsx'
import { moneyDelta } from '../numbers/delta.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Button } from '../ui/button.tsx'
import { Figure } from '../ui/figure.tsx'
import { type LeakAction, leakAction } from './leak-action.ts'
import styles from './leak-strip.module.css'
import { useLeakText } from './leak-text.ts'

/** "The three leaks that cost most": what, how much, why, and one thing to do about it that works now. */
export const LeakStrip = memo(function LeakStrip(props: {
  readonly map: JourneyMap
  readonly answer: LivingMapAnswer
  readonly onOpen: (stepId: string) => void
  readonly onAct: (action: LeakAction) => void
}) {
  const { t } = useTranslation()
  const leaks = props.answer.measured.leaks.slice(0, 3)
  return (
    <section className={styles.strip} aria-labelledby="leaks-title">
      <h2 id="leaks-title" className={styles.title}>
        {leaks.length === 0
          ? t('leaks.none')
          : leaks.length === 3
            ? t('leaks.three')
            : t('leaks.title', { count: leaks.length })}
      </h2>
      <ol className={styles.leaks}>
        {leaks.map((leak, i) => (
          <li key={leak.stepId}>
            <LeakCard {...props} leak={leak} rank={i + 1} />
          </li>
        ))}
      </ol>
    </section>
  )
})

function LeakCard(props: {
  readonly map: JourneyMap
  readonly answer: LivingMapAnswer
  readonly leak: Leak
  readonly rank: number
  readonly onOpen: (stepId: string) => void
  readonly onAct: (action: LeakAction) => void
}) {
  const { leak, map, answer } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const text = useLeakText(map)
  const name = stepName(map, leak.stepId)
  const action = leakAction(leak)
  const before = answer.compared?.steps.find((step) => step.stepId === leak.stepId)
  /** What leaks are ranked by: the part of the loss that the reason explains; without one, all of it. */
  const rankedBy = ({ moneyAtRisk, explained, explainedMoney, left }: Leak): string => {
    if (moneyAtRisk !== null) return numbers.money(explainedMoney ?? moneyAtRisk.amount)
    const n = Math.round(left * (explained?.share ?? 1))
    return t('map.customers', { count: n, n: numbers.count(n) })
  }
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <h3>
          <button type="button" className={styles.name} onClick={() => props.onOpen(leak.stepId)}>
            {name}
          </button>
        </h3>
        <span className={styles.left}>
          {t('leaks.left', {
            count: leak.left,
            n: numbers.count(leak.left),
            share: numbers.percent(leak.leftShare),
          })}
        </span>
      </header>
      <p className={styles.cost}>
        <Figure className={styles.figure} text={rankedBy(leak)} />
        {leak.moneyAtRisk !== null && (
          <DeltaMark
            delta={moneyDelta(leak.moneyAtRisk, before?.moneyAtRisk ?? null)}
            good="down"
          />
        )}
        {leak.explained !== null ? (
          <span className={styles.interval} title={text.explained(leak.explained)}>
            {t('leaks.explainedOf', {
              low: numbers.percent(leak.explained.low),
              high: numbers.percent(leak.explained.high),
              whole:
                leak.moneyAtRisk === null
                  ? numbers.count(leak.left)
                  : numbers.compactMoney(leak.moneyAtRisk.amount),
            })}
          </span>
        ) : (
          leak.moneyAtRisk?.low != null &&
          leak.moneyAtRisk.high !== null && (
            <span className={styles.interval} title={t('leaks.interval')}>
              {numbers.compactMoney(leak.moneyAtRisk.low)}–
              {numbers.compactMoney(leak.moneyAtRisk.high)}
            </span>
          )
        )}
      </p>
      <p className={styles.reason}>{text.reason(leak.reason)}</p>
      <div className={styles.action}>
        <Button kind="quiet" onPress={() => props.onAct(action)}>
          {text.action(action)}
          <ArrowRight size={14} aria-hidden="true" />
        </Button>
      </div>
    </article>
  )
}
