import { useQueryClient } from '@tanstack/react-query'
import { Inbox, Trash2 } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { List } from '../lists/list.tsx'
import { useWorkspace } from '../shell/workspace-context.ts'
import { answerIn } from '../ui/asked.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import { FileDrop } from './file-drop.tsx'
import { ImportCard } from './import-card.tsx'
import { useImportColumns } from './import-columns.tsx'
import { ImportLookPanel } from './import-look.tsx'
import { type PassedOver, PassedOverList } from './passed-over-list.tsx'
import { type ImportView, useImports, useWithdraw } from './use-imports.ts'

interface Waiting {
  readonly importId: string
  readonly name: string
}

const idOf = ({ importId }: ImportView) => importId

/** A file becomes events: choose it, see what was detected, change it, run. Under it every import there was. */
export function ImportsPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const imports = useImports(workspace.slug)
  // Those of an archive are looked at one after the other.
  const [waiting, setWaiting] = useState<readonly Waiting[]>([])
  const [passedOver, setPassedOver] = useState<readonly PassedOver[]>([])
  const looking = waiting[0] ?? null
  const [replaced, setReplaced] = useState<Waiting | null>(null)
  const withdraw = useWithdraw(workspace.slug)
  const [chosen, setChosen] = useState<string | null>(null)
  const open = useCallback((importId: string) => setChosen(importId), [])
  const columns = useImportColumns(open)
  const mayEdit = workspace.role !== 'viewer'
  const views = (answerIn(imports) ?? []).filter(({ importId }) => importId !== looking?.importId)
  // The latest is opened by itself: what one has just begun, or came back to see.
  const opened = views.find(({ importId }) => importId === chosen) ?? views[0]
  const renew = () => client.invalidateQueries({ queryKey: ['imports', workspace.slug] })
  return (
    <Page title={t('place.imports')} lead={t('imports.lead')}>
      {!mayEdit ? (
        <p>{t('imports.viewer')}</p>
      ) : looking === null ? (
        <FileDrop
          key={replaced?.importId ?? ''}
          workspace={workspace.slug}
          instead={replaced?.name ?? null}
          onCancel={() => setReplaced(null)}
          onUploaded={({ files, passedOver }) => {
            setWaiting(files)
            setPassedOver(passedOver)
            void renew()
          }}
        />
      ) : (
        <ImportLookPanel
          key={looking.importId}
          workspace={workspace.slug}
          importId={looking.importId}
          name={looking.name}
          replaced={replaced}
          onDone={() => {
            setWaiting((files) => files.slice(1))
            setReplaced(null)
          }}
        />
      )}
      <PassedOverList files={passedOver} />
      {opened !== undefined && (
        <ImportCard
          workspace={workspace.slug}
          view={opened}
          mayEdit={mayEdit}
          onLook={(importId, name) => setWaiting([{ importId, name }])}
          onReplace={(importId, name) => {
            setWaiting([])
            setReplaced({ importId, name })
          }}
        />
      )}
      <List
        name="imports"
        label={t('place.imports')}
        asked={imports}
        rowId={idOf}
        columns={columns}
        opened={opened?.importId}
        empty={
          <EmptyState
            level={2}
            icon={<Inbox size={24} />}
            title={t('imports.none')}
            text={t('imports.noneText')}
          />
        }
        bulk={
          mayEdit
            ? [
                {
                  id: 'delete',
                  text: t('action.delete'),
                  icon: <Trash2 size={16} aria-hidden="true" />,
                  danger: true,
                  run: withdraw,
                  // Everything that was counted before counted them too.
                  after: () => client.invalidateQueries(),
                },
              ]
            : []
        }
      />
    </Page>
  )
}
