import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import panel from '../ui/panel.module.css'
import { TextInput } from '../ui/text-input.tsx'
import { Section } from './section.tsx'

/** Deletes a workspace: its name is typed first, so that no other one is meant. */
export function DeleteWorkspaceSection({ workspace }: { readonly workspace: MyWorkspace }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const remove = useMutation({
    mutationFn: () =>
      ask('deleteWorkspace', { params: { workspace: workspace.slug }, query: { name } }),
    onSuccess: async () => {
      await navigate({ to: '/', replace: true })
      await client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  return (
    <Section
      title={t('deleteWorkspace.title')}
      text={t('deleteWorkspace.text')}
      error={remove.error}
    >
      <form
        className={panel.fields}
        onSubmit={(event) => {
          event.preventDefault()
          remove.mutate()
        }}
      >
        <TextInput
          label={t('deleteWorkspace.name', { name: workspace.name })}
          value={name}
          onChange={setName}
        />
        <div className={panel.actions}>
          <Button
            kind="danger"
            type="submit"
            disabled={name !== workspace.name || remove.isPending}
          >
            {t('deleteWorkspace.delete')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
