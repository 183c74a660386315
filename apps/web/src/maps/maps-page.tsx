import { Link } from '@tanstack/react-router'
import { Plus, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { type Column, plainInstant } from '../lists/column.ts'
import { List } from '../lists/list.tsx'
import { useOwnNames } from '../names/use-own-names.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import button from '../ui/link-button.module.css'
import { Page } from '../ui/page.tsx'
import { NoMap } from './no-map.tsx'
import { useMaps } from './use-maps.ts'

type Listed = AnswerOf<'maps'>[number]

const idOf = ({ id }: Listed) => id

/** Every map of the workspace, to open, and the way to another. */
export function MapsPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const ask = useAsk()
  const client = useQueryClient()
  const maps = useMaps(workspace.slug)
  const columns = useMapColumns(workspace.slug)
  const params = { workspace: workspace.slug }
  const mayEdit = workspace.role !== 'viewer'
  return (
    <Page
      title={t('place.map')}
      lead={t('maps.lead')}
      actions={
        mayEdit && (
          <Link className={button.main} to="/w/$workspace/proposal" params={params}>
            <Plus size={16} aria-hidden="true" />
            {t('action.mapFromData')}
          </Link>
        )
      }
    >
      <List
        name="maps"
        label={t('place.map')}
        asked={maps}
        rowId={idOf}
        columns={columns}
        empty={<NoMap workspace={workspace} level={2} />}
        bulk={
          mayEdit
            ? [
                {
                  id: 'delete',
                  text: t('action.delete'),
                  icon: <Trash2 size={16} aria-hidden="true" />,
                  danger: true,
                  run: ({ id }) => ask('deleteMap', { params: { ...params, mapId: id } }),
                  after: () => client.invalidateQueries({ queryKey: ['maps', workspace.slug] }),
                },
              ]
            : []
        }
      />
    </Page>
  )
}

function useMapColumns(workspace: string): readonly Column<Listed>[] {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const names = useOwnNames()
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('maps.name'),
        fixed: true,
        text: ({ name }) => names.name(name),
        cell: ({ id, name }) => (
          <Link to="/w/$workspace" params={{ workspace }} search={{ map: id }}>
            {names.name(name)}
          </Link>
        ),
      },
      {
        id: 'steps',
        title: t('maps.steps'),
        kind: 'number',
        text: ({ steps }) => numbers.count(steps),
        order: ({ steps }) => steps,
        plain: ({ steps }) => String(steps),
      },
      {
        id: 'window',
        title: t('maps.window'),
        kind: 'number',
        text: ({ windowDays }) => numbers.count(windowDays),
        order: ({ windowDays }) => windowDays,
        plain: ({ windowDays }) => String(windowDays),
      },
      {
        id: 'updated',
        title: t('maps.updated'),
        kind: 'moment',
        text: ({ updatedMs }) => numbers.instant(updatedMs),
        order: ({ updatedMs }) => updatedMs,
        plain: ({ updatedMs }) => plainInstant(updatedMs),
      },
    ],
    [t, numbers, names, workspace],
  )
}
