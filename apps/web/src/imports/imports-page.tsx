import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { Page } from '../ui/page.tsx'
import { Failed } from '../ui/waiting.tsx'
import { FileDrop } from './file-drop.tsx'
import { ImportList } from './import-list.tsx'
import { ImportLookPanel } from './import-look.tsx'
import { useImports } from './use-imports.ts'

/** A file becomes events: choose it, see what was detected, change it, run. */
export function ImportsPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const imports = useImports(workspace.slug)
  const [looking, setLooking] = useState<{ importId: string; name: string } | null>(null)
  const mayEdit = workspace.role !== 'viewer'
  return (
    <Page title={t('imports.title')} lead={t('imports.lead')}>
      {!mayEdit ? (
        <p>{t('imports.viewer')}</p>
      ) : looking === null ? (
        <FileDrop
          workspace={workspace.slug}
          onUploaded={(importId, name) => {
            setLooking({ importId, name })
            void client.invalidateQueries({ queryKey: ['imports', workspace.slug] })
          }}
        />
      ) : (
        <ImportLookPanel
          key={looking.importId}
          workspace={workspace.slug}
          importId={looking.importId}
          name={looking.name}
          onDone={() => setLooking(null)}
        />
      )}
      {imports.error !== null ? (
        <Failed error={imports.error} onRetry={() => void imports.refetch()} />
      ) : (
        <ImportList
          workspace={workspace.slug}
          imports={(imports.data ?? []).filter(({ importId }) => importId !== looking?.importId)}
          mayEdit={mayEdit}
          onLook={(importId, name) => setLooking({ importId, name })}
        />
      )}
    </Page>
  )
}
