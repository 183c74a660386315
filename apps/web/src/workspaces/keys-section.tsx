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
import { Choice } from '../ui/choice.tsx'
import { SaveFailed } from '../ui/save-failed.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { KeySnippet } from './key-snippet.tsx'
import { KeyDeeds } from './key-deeds.tsx'
import list from './list.module.css'
import { Section } from './section.tsx'

type Key = AnswerOf<'writeKeys'>[number]

type Kind = 'browser' | 'server'

const KINDS: readonly Kind[] = ['browser', 'server']

const idOf = ({ id }: Key) => String(id)

/** Keys that can only send events. One that stands in pages may do less: everybody can read it. */
export function KeysSection({ workspace }: { readonly workspace: MyWorkspace }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const ask = useAsk()
  const client = useQueryClient()
  const params = { workspace: workspace.slug }
  const queryKey = ['write-keys', workspace.slug]
  const renew = () => client.invalidateQueries({ queryKey })
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Kind>('browser')
  const [looked, setLooked] = useState<Key | null>(null)
  const keys = asked(
    useQuery({ queryKey, queryFn: ({ signal }) => ask('writeKeys', { params, signal }) }),
  )
  const create = useMutation({
    mutationFn: () => ask('createWriteKey', { params, body: { name, kind } }),
    onSuccess: () => {
      setName('')
      return renew()
    },
  })
  const change = useMutation({
    mutationFn: ({ id, to }: { readonly id: number; readonly to: Kind }) =>
      ask('changeWriteKey', { params: { ...params, writeKeyId: id }, body: { kind: to } }),
    onSuccess: renew,
  })
  const kinds = KINDS.map((id) => ({ id, text: t(`keyKind.${id}`), note: t(`keyKindNote.${id}`) }))
  const kindText = ({ kind }: Key) => t(`keyKind.${kind ?? 'unsaid'}`)
  const owns = workspace.role === 'owner'
  const mayEdit = workspace.role !== 'viewer'
  const columns: readonly Column<Key>[] = [
    { id: 'name', title: t('settings.keyName'), fixed: true, text: ({ name }) => name },
    { id: 'hint', title: t('settings.hint'), text: ({ hint }) => hint },
    {
      id: 'kind',
      title: t('settings.keyKind'),
      filter: true,
      text: kindText,
      ...(owns
        ? {
            cell: (key: Key) =>
              key.revokedMs === null ? (
                <Choice<Kind | 'unsaid'>
                  label={t('settings.keyKind')}
                  shown="bare"
                  value={key.kind ?? 'unsaid'}
                  options={
                    key.kind === null
                      ? [{ id: 'unsaid', text: t('keyKind.unsaid') }, ...kinds]
                      : kinds
                  }
                  onChange={(to) => {
                    if (to !== 'unsaid') change.mutate({ id: key.id, to })
                  }}
                />
              ) : (
                kindText(key)
              ),
          }
        : {}),
    },
    {
      id: 'state',
      title: t('settings.keyState'),
      filter: true,
      text: ({ revokedMs }) => t(revokedMs === null ? 'settings.active' : 'settings.revoked'),
    },
    {
      id: 'created',
      title: t('settings.created'),
      kind: 'moment',
      text: ({ createdMs }) => numbers.date(createdMs),
      order: ({ createdMs }) => createdMs,
      plain: ({ createdMs }) => plainInstant(createdMs),
    },
    ...(mayEdit
      ? [
          {
            id: 'did',
            title: t('keyDid.show'),
            text: () => '',
            cell: (key: Key) => (
              <Button onPress={() => setLooked(key)} label={t('keyDid.title', { name: key.name })}>
                {t('keyDid.show')}
              </Button>
            ),
          },
        ]
      : []),
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
          <Choice
            label={t('settings.keyKind')}
            shown="field"
            value={kind}
            options={kinds}
            onChange={setKind}
          />
          <Button type="submit" disabled={name.trim() === '' || create.isPending}>
            {t('settings.createKey')}
          </Button>
        </form>
      )}
      {create.data !== undefined && (
        <KeySnippet value={create.data.key} kind={create.data.kind ?? 'server'} />
      )}
      <SaveFailed saving={change} />
      {looked !== null && (
        <KeyDeeds workspace={workspace} writeKey={looked} onClose={() => setLooked(null)} />
      )}
      <List
        name="write-keys"
        label={t('settings.keys')}
        asked={keys}
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
