import { Ban } from 'lucide-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { type Column, plainInstant } from '../lists/column.ts'
import { List } from '../lists/list.tsx'
import { asked } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { Secret } from '../ui/secret.tsx'
import { TextInput } from '../ui/text-input.tsx'
import list from './list.module.css'
import { Section } from './section.tsx'

type Key = AnswerOf<'writeKeys'>[number]

const idOf = ({ id }: Key) => String(id)

/** Keys that can only send events: safe to stand in a web page. */
export function KeysSection({ workspace }: { readonly workspace: MyWorkspace }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const ask = useAsk()
  const client = useQueryClient()
  const params = { workspace: workspace.slug }
  const queryKey = ['write-keys', workspace.slug]
  const renew = () => client.invalidateQueries({ queryKey })
  const [name, setName] = useState('')
  const keys = useQuery({ queryKey, queryFn: ({ signal }) => ask('writeKeys', { params, signal }) })
  const create = useMutation({
    mutationFn: () => ask('createWriteKey', { params, body: { name } }),
    onSuccess: () => {
      setName('')
      return renew()
    },
  })
  const mayEdit = workspace.role !== 'viewer'
  const columns: readonly Column<Key>[] = [
    { id: 'name', title: t('settings.keyName'), fixed: true, text: ({ name }) => name },
    { id: 'hint', title: t('settings.hint'), text: ({ hint }) => hint },
    {
      id: 'created',
      title: t('settings.created'),
      kind: 'moment',
      text: ({ createdMs }) => numbers.date(createdMs),
      order: ({ createdMs }) => createdMs,
      plain: ({ createdMs }) => plainInstant(createdMs),
    },
  ]
  return (
    <Section wide title={t('settings.keys')} text={t('settings.keysText')} error={create.error}>
      {mayEdit && (
        <form
          className={list.form}
          onSubmit={(event) => {
            event.preventDefault()
            create.mutate()
          }}
        >
          <TextInput label={t('settings.keyName')} required value={name} onChange={setName} />
          <Button type="submit" disabled={name.trim() === '' || create.isPending}>
            {t('settings.createKey')}
          </Button>
        </form>
      )}
      {create.data !== undefined && <Secret label={t('settings.once')} text={create.data.key} />}
      <List
        name="write-keys"
        label={t('settings.keys')}
        asked={asked(keys)}
        rowId={idOf}
        columns={columns}
        empty={<p>{t('settings.noKeys')}</p>}
        bulk={
          mayEdit
            ? [
                {
                  id: 'revoke',
                  text: t('settings.revoke'),
                  icon: <Ban size={16} aria-hidden="true" />,
                  danger: true,
                  run: ({ id }) => ask('revokeWriteKey', { params: { ...params, writeKeyId: id } }),
                  after: renew,
                },
              ]
            : []
        }
      />
    </Section>
  )
}
