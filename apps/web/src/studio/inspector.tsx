import {
  cardsOf,
  cutRow,
  LANE_ROLES,
  MAP_LINK,
  MAP_ROW,
  type MapChange,
  type MapDocument,
  type MapTable,
  moveRow,
  moveStep,
  setFields,
  type Touchpoint,
} from '@parcurs/domain'
import { Trash2 } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { Button } from '../ui/button.tsx'
import { Check } from '../ui/check.tsx'
import { Choice } from '../ui/choice.tsx'
import { BelievedEmotion } from './believed-emotion.tsx'
import { FieldText } from './field-text.tsx'
import styles from './inspector.module.css'
import type { StudioThing } from './studio-layout.ts'
import { TouchpointPicks } from './touchpoint-picks.tsx'

interface InspectorProps {
  readonly document: MapDocument
  readonly touchpoints: readonly Touchpoint[]
  readonly onDo: (changes: readonly MapChange[]) => void
}

const STAGE_KINDS = ['awareness', 'consideration', 'purchase', 'retention', 'advocacy'] as const
const EVIDENCE = ['assumed', 'told', 'measured'] as const
const COLORS = ['none', 'red', 'amber', 'green', 'blue', 'violet'] as const

/** Everything that is said of what stands at the place in focus. */
export function Inspector(props: InspectorProps & { readonly thing: StudioThing | null }) {
  const { thing } = props
  switch (thing?.kind) {
    case 'stage':
      return <StageFields {...props} id={thing.id} />
    case 'step':
      return <StepFields {...props} id={thing.id} />
    case 'lane':
      return <LaneFields {...props} id={thing.id} />
    case 'cell':
      return <CardFields {...props} cell={thing} />
    case 'gap':
    case undefined:
      return <MapFields {...props} />
  }
}

/** Sets one field of a row. */
function useSet({ document, onDo }: InspectorProps, table: MapTable, id: string) {
  return (field: string) => (value: string | number | boolean | null | readonly string[]) =>
    onDo(setFields(document, table, id, { [field]: value }))
}

function MapFields(props: InspectorProps) {
  const { t } = useTranslation()
  const names = useOwnNames()
  const set = useSet(props, 'map', MAP_ROW)
  const map = props.document.map[MAP_ROW]
  if (map === undefined) return null
  return (
    <section className={styles.fields}>
      <h2 className={styles.title}>{t('studio.map')}</h2>
      <FieldText label={t('studio.name')} value={names.name(map.name)} onChange={set('name')} />
      <FieldText
        label={t('studio.description')}
        rows={4}
        value={map.description}
        onChange={set('description')}
      />
      <FieldText
        label={t('studio.window')}
        value={String(map.windowDays)}
        refused={(text) => {
          const days = Number(text)
          const at = { place: t('studio.window'), value: text }
          if (!Number.isInteger(days))
            return t('fault.wrong-form', { ...at, form: t('form.whole') })
          if (days < 1) return t('fault.too-small', { ...at, count: 1 })
          return days > 366 ? t('fault.too-big', { ...at, count: 366 }) : null
        }}
        onChange={(text) => set('windowDays')(Number(text))}
      />
    </section>
  )
}

function StageFields(props: InspectorProps & { readonly id: string }) {
  const { id, document, onDo } = props
  const { t } = useTranslation()
  const names = useOwnNames()
  const set = useSet(props, 'stages', id)
  const stage = document.stages[id]
  if (stage === undefined) return null
  return (
    <section className={styles.fields}>
      <h2 className={styles.title}>{t('studio.stage')}</h2>
      <FieldText label={t('studio.name')} value={names.name(stage.name)} onChange={set('name')} />
      <Choice
        label={t('studio.kind')}
        shown="field"
        options={[
          ...STAGE_KINDS.map((kind) => ({ id: kind, text: t(`ownName.${kind}`) })),
          { id: 'own' as const, text: t('studio.ownKind') },
        ]}
        value={stage.kind}
        onChange={set('kind')}
      />
      <FieldText label={t('studio.note')} rows={3} value={stage.note} onChange={set('note')} />
      <Moves
        before={t('studio.moveLeft')}
        behind={t('studio.moveRight')}
        onMove={(by) => onDo(moveRow(document, 'stages', id, by))}
        onCut={() => onDo(cutRow(document, 'stages', id))}
      />
    </section>
  )
}

function StepFields(props: InspectorProps & { readonly id: string }) {
  const { id, document, onDo } = props
  const { t } = useTranslation()
  const names = useOwnNames()
  const set = useSet(props, 'steps', id)
  const step = document.steps[id]
  if (step === undefined) return null
  return (
    <section className={styles.fields}>
      <h2 className={styles.title}>{t('studio.step')}</h2>
      <FieldText label={t('studio.name')} value={names.name(step.name)} onChange={set('name')} />
      <TouchpointPicks
        key={id}
        touchpoints={props.touchpoints}
        chosen={step.touchpointIds}
        onChange={set('touchpointIds')}
      />
      <div className={styles.checks}>
        <Check label={t('studio.optional')} value={step.optional} onChange={set('optional')} />
        <Check
          label={t('studio.moment')}
          value={step.momentOfTruth}
          onChange={set('momentOfTruth')}
        />
        <Check
          label={t('studio.repeatable')}
          value={step.repeatable}
          onChange={set('repeatable')}
        />
      </div>
      <BelievedEmotion value={step.believedEmotion} onChange={set('believedEmotion')} />
      <FieldText label={t('studio.owner')} value={step.ownerTeam} onChange={set('ownerTeam')} />
      <FieldText label={t('studio.note')} rows={3} value={step.note} onChange={set('note')} />
      <Moves
        before={t('studio.moveLeft')}
        behind={t('studio.moveRight')}
        onMove={(by) => onDo(moveStep(document, id, by))}
        onCut={() => onDo(cutRow(document, 'steps', id))}
      />
    </section>
  )
}

function LaneFields(props: InspectorProps & { readonly id: string }) {
  const { id, document, onDo } = props
  const { t } = useTranslation()
  const set = useSet(props, 'lanes', id)
  const lane = document.lanes[id]
  if (lane === undefined) return null
  return (
    <section className={styles.fields}>
      <h2 className={styles.title}>{t('studio.lane')}</h2>
      <FieldText label={t('studio.laneTitle')} value={lane.title} onChange={set('title')} />
      <Choice
        label={t('studio.role')}
        shown="field"
        options={LANE_ROLES.map((role) => ({ id: role, text: t(`laneRole.${role}`) }))}
        value={lane.role}
        onChange={set('role')}
      />
      <Check label={t('studio.hidden')} value={lane.hidden} onChange={set('hidden')} />
      <Moves
        before={t('studio.moveUp')}
        behind={t('studio.moveDown')}
        onMove={(by) => onDo(moveRow(document, 'lanes', id, by))}
        onCut={() => onDo(cutRow(document, 'lanes', id))}
      />
    </section>
  )
}

function CardFields(
  props: InspectorProps & { readonly cell: { readonly lane: string; readonly step: string } },
) {
  const { document, cell, onDo } = props
  const { t } = useTranslation()
  const names = useOwnNames()
  const cards = cardsOf(document, cell)
  return (
    <section className={styles.fields}>
      <h2 className={styles.title}>{names.name(document.steps[cell.step]?.name ?? '')}</h2>
      {cards.length === 0 && <p className={styles.hint}>{t('studio.cardsHint')}</p>}
      {cards.map(({ id }) => {
        const card = document.cards[id]
        if (card === undefined) return null
        const set = (field: string) => (value: string | number) =>
          onDo(setFields(document, 'cards', id, { [field]: value }))
        return (
          <div key={id} className={styles.card}>
            <FieldText label={t('studio.text')} rows={3} value={card.text} onChange={set('text')} />
            <Choice
              label={t('studio.evidence')}
              shown="field"
              options={EVIDENCE.map((known) => ({ id: known, text: t(`evidenceOf.${known}`) }))}
              value={card.evidence}
              onChange={set('evidence')}
            />
            <FieldText
              label={t('studio.source')}
              value={card.source}
              refused={(text) =>
                MAP_LINK.test(text)
                  ? null
                  : t('fault.wrong-form', {
                      place: t('studio.source'),
                      value: text,
                      form: t('form.link'),
                    })
              }
              onChange={set('source')}
            />
            <Choice
              label={t('studio.color')}
              shown="field"
              options={COLORS.map((color) => ({ id: color, text: t(`colorOf.${color}`) }))}
              value={card.color}
              onChange={set('color')}
            />
            <Button kind="quiet" onPress={() => onDo(cutRow(document, 'cards', id))}>
              <Trash2 size={14} aria-hidden="true" />
              {t('studio.cut')}
            </Button>
          </div>
        )
      })}
    </section>
  )
}

function Moves(props: {
  readonly before: string
  readonly behind: string
  readonly onMove: (by: 1 | -1) => void
  readonly onCut: () => void
}) {
  const { t } = useTranslation()
  return (
    <div className={styles.moves}>
      <Button onPress={() => props.onMove(-1)}>{props.before}</Button>
      <Button onPress={() => props.onMove(1)}>{props.behind}</Button>
      <Button kind="danger" onPress={props.onCut}>
        {t('studio.cut')}
      </Button>
    </div>
  )
}
