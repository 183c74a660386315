import type { LivingMapAnswer } from '@parcurs/analytics'
import {
  inOrder,
  LANE_ROLES,
  type LaneRole,
  type MapChange,
  putLane,
  putStage,
  putStep,
  type Touchpoint,
} from '@parcurs/domain'
import { Plus, Redo2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { isUnreachable } from '../api/problem.ts'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { Pop } from '../ui/pop.tsx'
import { useProblemText } from '../ui/problem-text.ts'
import { Shown } from '../ui/shown.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { Inspector } from './inspector.tsx'
import { LiveNumbers } from './live-numbers.tsx'
import { LostEdits } from './lost-edits.tsx'
import type { Editing, MapEditing } from './map-editing.ts'
import { StudioGrid } from './studio-grid.tsx'
import { studioColumns, type StudioPlace, studioRows, thingAt } from './studio-layout.ts'
import styles from './studio.module.css'
import { useEditing, useMapEditing } from './use-map-editing.ts'
import { WithWords } from './with-words.tsx'

interface StudioProps {
  readonly workspace: string
  readonly mapId: string
  readonly touchpoints: readonly Touchpoint[]
  /** null: its numbers are not there. */
  readonly answer: LivingMapAnswer | null
  readonly onDone: () => void
}

/** The map while it is drawn. It comes when somebody edits, and brings its words with it. */
export function Studio(props: StudioProps) {
  const editing = useMapEditing(props.workspace, props.mapId)
  return (
    <WithWords waiting={<Waiting />}>
      <Shown asked={editing} fill>
        {(opened) => <Drawn {...props} editing={opened} />}
      </Shown>
    </WithWords>
  )
}

function Drawn(props: StudioProps & { readonly editing: MapEditing }) {
  const { editing, touchpoints, answer } = props
  const { t } = useTranslation()
  const now = useEditing(editing, props.workspace)
  const { view } = now.session
  const [place, setPlace] = useState<StudioPlace>({ row: 0, column: 0 })
  const [leftOut, setLeftOut] = useState(0)
  const thing = thingAt(studioRows(view), studioColumns(view), place)
  const act = (changes: readonly MapChange[]) => {
    setLeftOut(0)
    editing.do(changes)
  }
  const stages = inOrder(view.stages)
  const stageHere =
    thing?.kind === 'stage'
      ? thing.id
      : (studioColumns(view)[place.column]?.stage ?? stages.at(-1)?.[0])
  const putStageHere = () => {
    const at = stages.findIndex(([id]) => id === stageHere)
    act(putStage(view, crypto.randomUUID(), at < 0 ? stages.length : at + 1))
  }
  const putStepHere = () => {
    if (stageHere !== undefined)
      act(putStep(view, crypto.randomUUID(), stageHere, Number.POSITIVE_INFINITY))
  }
  const putLaneHere = (role: LaneRole) =>
    act(putLane(view, crypto.randomUUID(), role, Number.POSITIVE_INFINITY))
  return (
    <div className={styles.studio}>
      <div className={styles.bar} role="toolbar" aria-label={t('studio.editing')}>
        <Button
          kind="quiet"
          label={t('studio.undo')}
          disabled={now.session.undo.length === 0}
          onPress={() => editing.undo()}
        >
          <Undo2 size={16} aria-hidden="true" />
        </Button>
        <Button
          kind="quiet"
          label={t('studio.redo')}
          disabled={now.session.redo.length === 0}
          onPress={() => editing.redo()}
        >
          <Redo2 size={16} aria-hidden="true" />
        </Button>
        <Button onPress={putStageHere}>
          <Plus size={14} aria-hidden="true" />
          {t('studio.addStage')}
        </Button>
        <Button disabled={stageHere === undefined} onPress={putStepHere}>
          <Plus size={14} aria-hidden="true" />
          {t('studio.addStep')}
        </Button>
        <LaneMenu onPick={putLaneHere} />
        <SaveState now={now} />
        <Button kind="main" onPress={props.onDone}>
          {t('studio.done')}
        </Button>
      </div>
      <LostEdits lost={now.lost} onAway={() => editing.putAway()} />
      {leftOut > 0 && (
        <p role="status" className={styles.notice}>
          {t('studio.leftOut', { count: leftOut })}
        </p>
      )}
      <div className={styles.body}>
        <div className={styles.scroller}>
          {stages.length === 0 ? (
            <div className={styles.begin}>
              <p>{t('studio.begin')}</p>
              <Button kind="main" onPress={putStageHere}>
                {t('studio.addStage')}
              </Button>
            </div>
          ) : (
            <StudioGrid
              document={view}
              place={place}
              onPlace={setPlace}
              onDo={act}
              onLeftOut={setLeftOut}
              onUndo={() => editing.undo()}
              onRedo={() => editing.redo()}
              numbers={(columns) =>
                answer !== null && (
                  <LiveNumbers
                    document={view}
                    columns={columns}
                    touchpoints={touchpoints}
                    answer={answer}
                  />
                )
              }
            />
          )}
          <p className={styles.keys}>{t('studio.keys')}</p>
        </div>
        <aside className={styles.inspector} aria-label={t('action.details')}>
          <Inspector document={view} touchpoints={touchpoints} thing={thing} onDo={act} />
        </aside>
      </div>
    </div>
  )
}

/** Whether the server has everything: nobody has to save, and everybody can see that it is. */
function SaveState({ now }: { readonly now: Editing }) {
  const { t } = useTranslation()
  const problem = useProblemText()
  const count = now.session.pending.length
  const text =
    now.error === null
      ? t(count === 0 ? 'studio.saved' : 'studio.saving')
      : isUnreachable(now.error)
        ? t('studio.offline', { count })
        : t('studio.retry', { why: problem(now.error) })
  return (
    <span role="status" className={styles.state} data-wrong={now.error !== null}>
      {text}
    </span>
  )
}

function LaneMenu(props: { readonly onPick: (role: LaneRole) => void }) {
  const { t } = useTranslation()
  return (
    <Pop label="" value={t('studio.addLane')} icon={<Plus size={14} aria-hidden="true" />}>
      {(close) => (
        <ul className={styles.roles}>
          {LANE_ROLES.map((role) => (
            <li key={role}>
              <button
                type="button"
                onClick={() => {
                  props.onPick(role)
                  close()
                }}
              >
                {t(`laneRole.${role}`)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Pop>
  )
}
