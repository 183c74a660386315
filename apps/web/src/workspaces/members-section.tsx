import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { UserMinus } from 'lucide-react'
import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import { useTranslation } from '../languages/translation.ts'
import type { Column } from '../lists/column.ts'
import { List } from '../lists/list.tsx'
import { asked } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { SaveFailed } from '../ui/save-failed.tsx'
import { useProblemText } from '../ui/problem-text.ts'
import { Secret } from '../ui/secret.tsx'
import { TextInput } from '../ui/text-input.tsx'
import list from './list.module.css'

const ROLES = ['owner', 'editor', 'viewer'] as const
export type Role = (typeof ROLES)[number]

type Member = AnswerOf<'members'>[number]

const idOf = ({ userId }: Member) => String(userId)

/** Who may enter, and as what. */
export function MembersSection({ workspace }: { readonly workspace: MyWorkspace }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const params = { workspace: workspace.slug }
  const queryKey = ['members', workspace.slug]
  const renew = () => client.invalidateQueries({ queryKey })
  const members = asked(
    useQuery({
      queryKey,
      queryFn: ({ signal }) => ask('members', { params, signal }),
    }),
  )
  const change = useMutation({
    mutationFn: ({ userId, role }: { userId: number; role: Role }) =>
      ask('changeMember', { params: { ...params, userId }, body: { role } }),
    onSuccess: renew,
  })
  const mayEdit = workspace.role === 'owner'
  const columns: readonly Column<Member>[] = [
    {
      id: 'name',
      title: t('settings.name'),
      fixed: true,
      text: ({ name, email }) => name || email,
    },
    { id: 'email', title: t('settings.email'), text: ({ email }) => email },
    {
      id: 'role',
      title: t('settings.role'),
      filter: true,
      text: ({ role }) => t(`role.${role}`),
      ...(mayEdit
        ? {
            cell: ({ userId, role }: Member) => (
              <RoleChoice value={role} onChange={(to) => change.mutate({ userId, role: to })} />
            ),
          }
        : {}),
    },
  ]
  return (
    <>
      <SaveFailed saving={change} />
      {mayEdit && <Invite workspace={workspace.slug} onInvited={() => void renew()} />}
      <List
        name="members"
        label={t('place.members')}
        asked={members}
        rowId={idOf}
        columns={columns}
        empty={null}
        bulk={
          mayEdit
            ? [
                {
                  id: 'remove',
                  text: t('action.remove'),
                  icon: <UserMinus size={16} aria-hidden="true" />,
                  danger: true,
                  run: ({ userId }) => ask('removeMember', { params: { ...params, userId } }),
                  after: renew,
                },
              ]
            : []
        }
      />
    </>
  )
}

function Invite(props: { readonly workspace: string; readonly onInvited: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const problemText = useProblemText()
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
          wrong={invite.error === null ? null : problemText(invite.error)}
          onChange={setEmail}
        />
        <RoleChoice value={role} onChange={setRole} />
        <Button kind="main" type="submit" disabled={email === '' || invite.isPending}>
          {t('settings.inviteButton')}
        </Button>
      </form>
      {invite.data !== undefined && (
        <Secret label={t('settings.invited')} text={`${location.origin}${invite.data.link}`} />
      )}
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
