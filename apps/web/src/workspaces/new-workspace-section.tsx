import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import panel from '../ui/panel.module.css'
import { TextInput } from '../ui/text-input.tsx'
import { Section } from './section.tsx'
import { slugOf } from './slug-of.ts'
import { draftHere, WorkspaceFields } from './workspace-fields.tsx'

/** Another workspace: another brand or company, with data of its own. */
export function NewWorkspaceSection() {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(() => draftHere(''))
  const [typed, setTyped] = useState<string | null>(null)
  const slug = typed ?? slugOf(draft.name)
  const create = useMutation({
    mutationFn: () => ask('createWorkspace', { body: { ...draft, slug } }),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['me'] })
      await navigate({ to: '/w/$workspace', params: { workspace: made.slug } })
    },
  })
  return (
    <Section title={t('newWorkspace.title')} text={t('newWorkspace.text')} error={create.error}>
      <form
        className={panel.fields}
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <WorkspaceFields draft={draft} onChange={setDraft} />
        <TextInput
          label={t('newWorkspace.slug')}
          hint={t('newWorkspace.slugHint')}
          required
          value={slug}
          onChange={setTyped}
        />
        <div className={panel.actions}>
          <Button
            type="submit"
            disabled={draft.name.trim() === '' || slug === '' || create.isPending}
          >
            {t('newWorkspace.make')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
