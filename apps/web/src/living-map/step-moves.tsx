import type { TransitionMeasure } from '@parcurs/analytics'
import { type JourneyMap, mapPositions } from '@parcurs/domain'
import { ArrowDownUp, ArrowLeft, ArrowRight, Repeat } from 'lucide-react'
import { kindOfMove, type MoveKind } from './move.ts'
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

function MoveIcon({ kind }: { readonly kind: MoveKind }) {
  const { t } = useTranslation()
  switch (kind) {
    case 'back':
      return <ArrowLeft size={14} aria-label={t('panel.back')} />
    case 'beside':
      return <ArrowDownUp size={14} aria-label={t('panel.beside')} />
    case 'loop':
      return <Repeat size={14} aria-label={t('panel.loop')} />
    case 'line':
    case 'ahead':
      return <ArrowRight size={14} aria-label={t('panel.ahead')} />
  }
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
  const steps = props.map.stages.flatMap((stage) => stage.steps)
  const positions = mapPositions(props.map)
  const placeOf = (id: string) => positions[steps.findIndex((step) => step.id === id)] ?? 0
  const loops = steps.find(({ id }) => id === props.stepId)?.loopsTo ?? []
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
          const drawn = loops.some((id) => placeOf(id) === placeOf(move.to))
          const kind = kindOfMove(placeOf(move.from), placeOf(move.to), drawn)
          return {
            id: move.to,
            icon: <MoveIcon kind={kind} />,
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
