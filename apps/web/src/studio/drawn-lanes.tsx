import { blueprintLines, cardsByCell, inOrder, type MapDocument } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { columnLayout } from '../living-map/column-layout.ts'
import { columnPlaces, type StageColumns } from '../living-map/map-columns.ts'
import { answerIn } from '../ui/asked.ts'
import { CardCell } from './card-cell.tsx'
import { useMapDocument } from './document-query.ts'
import { LaneTitle } from './lane-title.tsx'
import styles from './drawn-lanes.module.css'
import { WithWords } from './with-words.tsx'

interface DrawnLanesProps {
  readonly workspace: string
  readonly mapId: string
  readonly stages: readonly StageColumns[]
  /** Room for the columns, in pixels. */
  readonly room: number
}

/** What people wrote on the map, under its numbers and in the same columns. Nothing where no lane is shown. */
export function DrawnLanes(props: DrawnLanesProps) {
  const document = answerIn(useMapDocument(props.workspace, props.mapId))
  if (document === null || shownLanes(document).length === 0) return null
  return (
    <WithWords>
      <Lanes {...props} document={document} />
    </WithWords>
  )
}

function shownLanes(document: MapDocument) {
  return inOrder(document.lanes).filter(([, { hidden }]) => !hidden)
}

function Lanes({ document, stages, room }: DrawnLanesProps & { readonly document: MapDocument }) {
  const { t } = useTranslation()
  const lanes = shownLanes(document)
  const cards = cardsByCell(document)
  const lines = blueprintLines(lanes.map(([, { role }]) => role))
  const places = stages.map((stage) => columnPlaces(stage.columns))
  const layout = columnLayout(
    places.map(({ length }) => length),
    room,
    'all',
  )
  return (
    <div
      role="table"
      aria-label={t('studio.drawn')}
      className={styles.table}
      style={{ '--column': `${layout.columnWidth}px` }}
    >
      <div role="row" className="visually-hidden">
        <span role="columnheader">{t('studio.lane')}</span>
        {places.flat().map((inside) => (
          <span key={inside[0]?.column.id ?? ''} role="columnheader">
            {inside.map(({ column }) => column.name).join(' / ')}
          </span>
        ))}
      </div>
      {lanes.map(([lane], i) => {
        const line = lines[i] ?? null
        return (
          <div key={lane} role="row" className={styles.row} data-line={line ?? undefined}>
            <div role="rowheader" className={styles.rail}>
              {line !== null && <span className={styles.line}>{t(`blueprint.${line}`)}</span>}
              <LaneTitle document={document} lane={lane} />
            </div>
            {places.flat().map((inside) => (
              <div key={inside[0]?.column.id ?? ''} role="cell" className={styles.cell}>
                {inside.map(({ column }) => (
                  <CardCell key={column.id} cards={cards({ step: column.id, lane })} />
                ))}
              </div>
            ))}
          </div>
        )
      })}
    </div>
  )
}

/** What people wrote about one step, lane by lane: where there is no room for columns. */
export function StepCards(props: {
  readonly workspace: string
  readonly mapId: string
  readonly step: string
}) {
  const document = answerIn(useMapDocument(props.workspace, props.mapId))
  if (document === null) return null
  const cards = cardsByCell(document)
  const lanes = shownLanes(document).filter(
    ([lane]) => cards({ step: props.step, lane }).length > 0,
  )
  if (lanes.length === 0) return null
  return (
    <WithWords>
      {lanes.map(([lane]) => (
        <section key={lane} className={styles.written}>
          <h3>
            <LaneTitle document={document} lane={lane} />
          </h3>
          <CardCell cards={cards({ step: props.step, lane })} />
        </section>
      ))}
    </WithWords>
  )
}
