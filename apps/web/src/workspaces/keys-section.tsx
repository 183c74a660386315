import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Button } from '../ui/button.tsx'
import { Secret } from '../ui/secret.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { Waiting } from '../ui/waiting.tsx'
import list from './list.module.css'
import { Section } from './section.tsx'

/** Keys that can only send events: safe to stand in a web page. */
export function KeysSection({ workspace }: { readonly workspace: MyWorkspace }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const ask = useAsk()
  const client = useQueryClient()
  const params = { workspace: workspace.slug }
  const queryKey = ['write-keys', workspace.slug]
  const onSuccess = () => client.invalidateQueries({ queryKey })
  const [name, setName] = useState('')
  const keys = useQuery({ queryKey, queryFn: ({ signal }) => ask('writeKeys', { params, signal }) })
  const create = useMutation({
    mutationFn: () => ask('createWriteKey', { params, body: { name } }),
    onSuccess: () => {
      setName('')
      return onSuccess()
    },
  })
  const revoke = useMutation({
    mutationFn: (writeKeyId: number) =>
      ask('revokeWriteKey', { params: { ...params, writeKeyId } }),
    onSuccess,
  })
  const mayEdit = workspace.role !== 'viewer'
  return (
    <Section
      title={t('settings.keys')}
      text={t('settings.keysText')}
      error={keys.error ?? create.error ?? revoke.error}
    >
      {keys.data === undefined ? (
        keys.error === null && <Waiting />
      ) : keys.data.length === 0 ? (
        <p>{t('settings.noKeys')}</p>
      ) : (
        <ul className={list.list}>
          {keys.data.map((key) => (
            <li key={key.id}>
              <div className={list.name}>
                <p>{key.name}</p>
                <p className={list.soft}>
                  {key.hint} · {numbers.date(key.createdMs)}
                </p>
              </div>
              {mayEdit && (
                <Button kind="quiet" onPress={() => revoke.mutate(key.id)}>
                  {t('settings.revoke')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
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
    </Section>
  )
}
