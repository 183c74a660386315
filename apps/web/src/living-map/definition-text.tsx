import type { LivingMapAnswer } from '@parcurs/analytics'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import styles from './definition-text.module.css'
import type { Measure } from './lanes.ts'
import type { MapColumn } from './map-columns.ts'
import { OUTCOMES, outcomeShares } from './outcome.ts'
import { LateRuleText } from '../sentences/late-rule-text.tsx'
import { useWorkspace } from '../shell/workspace-context.ts'

/** What a number means, over what time and in which zone, and how many it rests on. */
export function DefinitionText(props: {
  readonly measure: Measure
  readonly answer: LivingMapAnswer
  readonly column: MapColumn | null
}) {
  const { measure, answer, column } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const { fromMs, toMs } = answer.measured.period
  const { segment } = answer.question
  const workspace = useWorkspace().slug
  const sample = sampleOf(measure, answer, column)
  const shares = measure === 'movedOn' && column !== null ? outcomeShares(column.now) : null
  const interval = intervalOf(measure, column, numbers.money)
  return (
    <div className={styles.definition}>
      <p>{t(`definition.${measure}`, { days: answer.windowDays })}</p>
      {shares !== null && (
        <p>
          {OUTCOMES.filter((name) => shares[name] > 0)
            .map((name) => t(`outcome.${name}`, { share: numbers.percent(shares[name]) }))
            .join(' · ')}
        </p>
      )}
      {column !== null && column.now.firstSettlesMs !== null && (
        <p>{t('map.firstSettles', { date: numbers.date(column.now.firstSettlesMs) })}</p>
      )}
      {measure === 'time' && column !== null && column.now.p90ToNextMs !== null && (
        <p>{t('panel.p90', { time: numbers.duration(column.now.p90ToNextMs) })}</p>
      )}
      {interval !== null && <p>{t('panel.interval', interval)}</p>}
      <p className={styles.basis}>
        {t('panel.basis', { period: numbers.period(fromMs, toMs), zone: answer.timeZone })}
        {segment !== null && (
          <>
            {' · '}
            <LateRuleText workspace={workspace} rule={segment} />
          </>
        )}
        {sample !== null && (
          <> · {t('panel.sample', { count: sample, n: numbers.count(sample) })}</>
        )}
      </p>
    </div>
  )
}

function sampleOf(
  measure: Measure,
  answer: LivingMapAnswer,
  column: MapColumn | null,
): number | null {
  switch (measure) {
    case 'money':
      return column?.now.money?.n ?? null
    case 'emotion':
      return column?.now.emotion.n ?? null
    case 'time':
      return column?.now.movedOn ?? null
    case 'movedOn':
    case 'next':
    case 'wentBack':
    case 'leaving':
      return column?.now.settled ?? null
    case 'completion':
      return answer.measured.settled
    case 'conformance':
      return answer.measured.conformance.finished
    default:
      return column?.now.customers ?? answer.measured.entrants
  }
}

function intervalOf(
  measure: Measure,
  column: MapColumn | null,
  money: (amount: number) => string,
): { low: string; high: string } | null {
  const risk = column?.now.money
  if (measure !== 'money' || risk?.low == null || risk.high === null) return null
  return { low: money(risk.low), high: money(risk.high) }
}
