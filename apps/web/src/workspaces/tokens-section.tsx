import { Ban } from 'lucide-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import { useTranslation } from '../languages/translation.ts'
import { NONE } from '../numbers/number-formats.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { type Column, plainInstant } from '../lists/column.ts'
import { List } from '../lists/list.tsx'
import { asked } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { Secret } from '../ui/secret.tsx'
import { TextInput } from '../ui/text-input.tsx'
import list from './list.module.css'
import { type Role, RoleChoice } from './members-section.tsx'
import { Section } from './section.tsx'

type Token = AnswerOf<'tokens'>[number]

const idOf = ({ id }: Token) => String(id)

/** Tokens that programs sign in with, each with a role and an end. */
export function TokensSection({ workspace }: { readonly workspace: MyWorkspace }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const ask = useAsk()
  const client = useQueryClient()
  const params = { workspace: workspace.slug }
  const queryKey = ['tokens', workspace.slug]
  const renew = () => client.invalidateQueries({ queryKey })
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const tokens = asked(
    useQuery({ queryKey, queryFn: ({ signal }) => ask('tokens', { params, signal }) }),
  )
  const create = useMutation({
    mutationFn: () => ask('createToken', { params, body: { name, role } }),
    onSuccess: () => {
      setName('')
      return renew()
    },
  })
  const columns: readonly Column<Token>[] = [
    { id: 'name', title: t('settings.tokenName'), fixed: true, text: ({ name }) => name },
    { id: 'hint', title: t('settings.hint'), text: ({ hint }) => hint },
    {
      id: 'role',
      title: t('settings.role'),
      filter: true,
      text: (token) => t(`role.${token.role}`),
    },
    { id: 'madeBy', title: t('settings.madeBy'), text: ({ madeBy }) => madeBy ?? NONE },
    {
      id: 'created',
      title: t('settings.created'),
      kind: 'moment',
      text: ({ createdMs }) => numbers.date(createdMs),
      order: ({ createdMs }) => createdMs,
      plain: ({ createdMs }) => plainInstant(createdMs),
    },
    {
      id: 'expires',
      title: t('settings.expires'),
      kind: 'moment',
      text: ({ expiresMs }) => (expiresMs === null ? NONE : numbers.date(expiresMs)),
      order: ({ expiresMs }) => expiresMs,
      plain: ({ expiresMs }) => plainInstant(expiresMs),
    },
  ]
  return (
    <Section wide title={t('settings.tokens')} text={t('settings.tokensText')} error={create.error}>
      <form
        className={list.form}
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <TextInput label={t('settings.tokenName')} required value={name} onChange={setName} />
        <RoleChoice value={role} onChange={setRole} />
        <Button type="submit" disabled={name.trim() === '' || create.isPending}>
          {t('settings.createToken')}
        </Button>
      </form>
      {create.data !== undefined && <Secret label={t('settings.once')} text={create.data.token} />}
      <List
        name="tokens"
        label={t('settings.tokens')}
        asked={tokens}
        rowId={idOf}
        columns={columns}
        empty={<p>{t('settings.noTokens')}</p>}
        bulk={[
          {
            id: 'revoke',
            text: t('settings.revoke'),
            icon: <Ban size={16} aria-hidden="true" />,
            danger: true,
            run: ({ id }) => ask('revokeToken', { params: { ...params, tokenId: id } }),
            after: renew,
          },
        ]}
      />
    </Section>
  )
}
