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
import { type Role, RoleChoice } from './members-section.tsx'
import { Section } from './section.tsx'

/** Tokens that programs sign in with, each with a role and an end. */
export function TokensSection({ workspace }: { readonly workspace: MyWorkspace }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const ask = useAsk()
  const client = useQueryClient()
  const params = { workspace: workspace.slug }
  const queryKey = ['tokens', workspace.slug]
  const onSuccess = () => client.invalidateQueries({ queryKey })
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const tokens = useQuery({ queryKey, queryFn: ({ signal }) => ask('tokens', { params, signal }) })
  const create = useMutation({
    mutationFn: () => ask('createToken', { params, body: { name, role } }),
    onSuccess: () => {
      setName('')
      return onSuccess()
    },
  })
  const revoke = useMutation({
    mutationFn: (tokenId: number) => ask('revokeToken', { params: { ...params, tokenId } }),
    onSuccess,
  })
  return (
    <Section
      title={t('settings.tokens')}
      text={t('settings.tokensText')}
      error={tokens.error ?? create.error ?? revoke.error}
    >
      {tokens.data === undefined ? (
        tokens.error === null && <Waiting />
      ) : tokens.data.length === 0 ? (
        <p>{t('settings.noTokens')}</p>
      ) : (
        <ul className={list.list}>
          {tokens.data.map((token) => (
            <li key={token.id}>
              <div className={list.name}>
                <p>{token.name}</p>
                <p className={list.soft}>
                  {token.hint} · {t(`role.${token.role}`)}
                  {token.expiresMs !== null &&
                    ` · ${t('settings.until', { date: numbers.date(token.expiresMs) })}`}
                </p>
              </div>
              <Button kind="quiet" onPress={() => revoke.mutate(token.id)}>
                {t('settings.revoke')}
              </Button>
            </li>
          ))}
        </ul>
      )}
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
    </Section>
  )
}
