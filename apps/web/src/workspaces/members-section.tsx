import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Secret } from '../ui/secret.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { Waiting } from '../ui/waiting.tsx'
import list from './list.module.css'
import { Section } from './section.tsx'

const ROLES = ['owner', 'editor', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** Who may enter, and as what. */
export function MembersSection({ workspace }: { readonly workspace: MyWorkspace }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const params = { workspace: workspace.slug }
  const queryKey = ['members', workspace.slug]
  const onSuccess = () => client.invalidateQueries({ queryKey })
  const members = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('members', { params, signal }),
  })
  const change = useMutation({
    mutationFn: ({ userId, role }: { userId: number; role: Role }) =>
      ask('changeMember', { params: { ...params, userId }, body: { role } }),
    onSuccess,
  })
  const remove = useMutation({
    mutationFn: (userId: number) => ask('removeMember', { params: { ...params, userId } }),
    onSuccess,
  })
  const mayEdit = workspace.role === 'owner'
  return (
    <Section
      title={t('settings.members')}
      text={t('settings.membersText')}
      error={members.error ?? change.error ?? remove.error}
    >
      {members.data === undefined ? (
        members.error === null && <Waiting />
      ) : (
        <ul className={list.list}>
          {members.data.map((member) => (
            <li key={member.userId}>
              <div className={list.name}>
                <p>{member.name || member.email}</p>
                <p className={list.soft}>{member.email}</p>
              </div>
              {mayEdit ? (
                <>
                  <RoleChoice
                    value={member.role}
                    onChange={(role) => change.mutate({ userId: member.userId, role })}
                  />
                  <Button kind="quiet" onPress={() => remove.mutate(member.userId)}>
                    {t('action.remove')}
                  </Button>
                </>
              ) : (
                <span className={list.soft}>{t(`role.${member.role}`)}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayEdit && <Invite workspace={workspace.slug} onInvited={() => void onSuccess()} />}
    </Section>
  )
}

function Invite(props: { readonly workspace: string; readonly onInvited: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('editor')
  const invite = useMutation({
    mutationFn: () =>
      ask('invite', { params: { workspace: props.workspace }, body: { email, role } }),
    onSuccess: () => {
      setEmail('')
      props.onInvited()
    },
  })
  return (
    <>
      <form
        className={list.form}
        onSubmit={(event) => {
          event.preventDefault()
          invite.mutate()
        }}
      >
        <TextInput
          label={t('settings.invite')}
          type="email"
          required
          value={email}
          wrong={invite.error?.message ?? null}
          onChange={setEmail}
        />
        <RoleChoice value={role} onChange={setRole} />
        <Button type="submit" disabled={email === '' || invite.isPending}>
          {t('settings.inviteButton')}
        </Button>
      </form>
      {invite.data !== undefined &&
        (invite.data.link === null ? (
          <p role="status">{t('settings.invitedKnown')}</p>
        ) : (
          <Secret label={t('settings.invited')} text={`${location.origin}${invite.data.link}`} />
        ))}
    </>
  )
}

export function RoleChoice(props: {
  readonly value: Role
  readonly onChange: (role: Role) => void
}) {
  const { t } = useTranslation()
  return (
    <Choice
      label={t('settings.role')}
      shown="bare"
      value={props.value}
      options={ROLES.map((id) => ({ id, text: t(`role.${id}`), note: t(`roleNote.${id}`) }))}
      onChange={props.onChange}
    />
  )
}
