import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import panel from '../ui/panel.module.css'
import { WorkspaceFields } from './workspace-fields.tsx'
import { Section } from './section.tsx'

/** Name, time zone, week and currency: days are cut and money is shown by them. */
export function WorkspaceSection({ workspace }: { readonly workspace: MyWorkspace }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const [draft, setDraft] = useState({
    name: workspace.name,
    timeZone: workspace.timeZone,
    weekStart: workspace.weekStart,
    currency: workspace.currency,
  })
  const change = useMutation({
    mutationFn: () =>
      ask('changeWorkspace', { params: { workspace: workspace.slug }, body: draft }),
    onSuccess: () => client.invalidateQueries(),
  })
  if (workspace.role !== 'owner') return <WorkspaceReading workspace={workspace} />
  return (
    <Section title={t('shell.workspace')} text={t('settings.workspaceText')} error={change.error}>
      <form
        className={panel.fields}
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        <WorkspaceFields draft={draft} onChange={setDraft} />
        <div className={panel.actions}>
          <Button type="submit" disabled={change.isPending}>
            {t('action.save')}
          </Button>
          {change.isSuccess && <span role="status">{t('state.saved')}</span>}
        </div>
      </form>
    </Section>
  )
}

/** For those who may only look. */
function WorkspaceReading({ workspace }: { readonly workspace: MyWorkspace }) {
  const { t } = useTranslation()
  const facts = [
    [t('settings.workspaceName'), workspace.name],
    [t('settings.timeZone'), workspace.timeZone],
    [t('settings.currency'), workspace.currency],
    [t('settings.weekStart'), t(`settings.${workspace.weekStart}`)],
  ] as const
  return (
    <Section title={t('shell.workspace')} text={t('settings.ownersOnly')}>
      <dl className={panel.fields}>
        {facts.map(([title, text]) => (
          <div key={title}>
            <dt className={panel.text}>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
