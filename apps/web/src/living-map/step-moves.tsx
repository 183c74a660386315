import type { TransitionMeasure } from '@parcurs/analytics'
import type { JourneyMap } from '@parcurs/domain'
import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { BarList } from '../ui/bar-list.tsx'
import panel from './step-panel.module.css'
import type { MapColumn } from './map-columns.ts'
import { stepName } from '../maps/step-name.ts'

/** What those who left did instead, outside the map. */
export function Instead({ column }: { readonly column: MapColumn }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const { instead, left } = column.now
  return (
    <section>
      <h3 className={panel.section}>{t('panel.instead')}</h3>
      {instead.length === 0 ? (
        <p>{left === 0 ? t('panel.nobodyLeft') : t('panel.insteadNothing')}</p>
      ) : (
        <BarList
          rows={instead.map((done) => ({
            id: `${done.event} ${done.path}`,
            text: done.path === '' ? done.event : `${done.event} ${done.path}`,
            share: left === 0 ? 0 : done.customers / left,
            value: numbers.percent(left === 0 ? null : done.customers / left),
            note: numbers.count(done.customers),
          }))}
        />
      )}
    </section>
  )
}

/** Where customers went from here: the next visit after one of this step. */
export function Moves(props: {
  readonly map: JourneyMap
  readonly stepId: string
  readonly transitions: readonly TransitionMeasure[]
  readonly onOpenStep: (stepId: string) => void
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const order = props.map.stages.flatMap((stage) => stage.steps.map((step) => step.id))
  const out = props.transitions
    .filter((move) => move.from === props.stepId)
    .toSorted((a, b) => b.customers - a.customers)
    .slice(0, 6)
  const most = out[0]?.customers ?? 0
  if (out.length === 0) return null
  return (
    <section>
      <h3 className={panel.section}>{t('panel.moves')}</h3>
      <BarList
        rows={out.map((move) => {
          const back = order.indexOf(move.to) < order.indexOf(move.from)
          return {
            id: move.to,
            icon: back ? (
              <ArrowLeft size={14} aria-label={t('panel.back')} />
            ) : (
              <ArrowRight size={14} aria-label={t('panel.ahead')} />
            ),
            text: stepName(props.map, move.to),
            share: most === 0 ? 0 : move.customers / most,
            value: numbers.count(move.customers),
            note: numbers.duration(move.medianMs),
            onOpen: () => props.onOpenStep(move.to),
          }
        })}
      />
    </section>
  )
}
