import type { IncomingBatch, IncomingTraits } from '@parcurs/domain'
import type { MergeFact, StatedLink } from '../identity/identity-change.ts'
import { groupKey, identityKey } from '../identity/identity-key.ts'
import type { Commit } from './commit.ts'
import type { MessageSpace } from './message-space.ts'
import { storedTime } from './stored-time.ts'

/** What calls or rows say about customers, instead of what they did. */
export type Statements = Pick<IncomingBatch, 'identifies' | 'groups' | 'aliases'>

export const NOTHING_STATED: Statements = { identifies: [], groups: [], aliases: [] }

export function statementsIn({ identifies, groups, aliases }: Statements): number {
  return identifies.length + groups.length + aliases.length
}

/** A device was the user's then, wherever both are named. */
export function statedLinks(
  workspace: number,
  source: number,
  { identifies, groups }: Statements,
): readonly StatedLink[] {
  return [...identifies, ...groups]
    .filter(({ userId, anonymousId }) => userId !== '' && anonymousId !== '')
    .map(({ userId, anonymousId, timeMs }) => ({
      user: identityKey(workspace, 'user', userId),
      anonymous: identityKey(workspace, 'anonymous', anonymousId),
      timeMs,
      source,
    }))
}

/**
 * Clients send either kind of id as the previous one and do not say which: it is merged as both. A browser may
 * bring devices only: a key that everybody can read joins no two users.
 */
export function aliasMerges(
  workspace: number,
  { source, space }: { readonly source: number; readonly space: MessageSpace },
  { aliases }: Statements,
): readonly MergeFact[] {
  return aliases.flatMap((alias) => {
    const user = identityKey(workspace, 'user', alias.userId)
    const device = identityKey(workspace, 'anonymous', alias.previousId)
    const named = alias.ofDevice === true ? [identityKey(workspace, 'anonymous', alias.userId)] : []
    const previous =
      space === 'browser' ? [device] : [identityKey(workspace, 'user', alias.previousId), device]
    return [...previous, ...named]
      .filter((previous) => previous !== user)
      .map((previous) => ({ previous, user, timeMs: alias.timeMs, undone: false, source }))
  })
}

/** Rows of `trait_values`. */
export function traitRows(
  { workspace, number }: Pick<Commit, 'workspace' | 'number'>,
  source: number,
  { identifies, groups }: Statements,
): readonly object[] {
  const rowsOf = (key: bigint, { traits, timeMs }: Pick<IncomingTraits, 'traits' | 'timeMs'>) =>
    Object.entries(traits).map(([trait, value]) => ({
      workspace,
      key,
      trait,
      value,
      time: storedTime(timeMs),
      commit: number,
      source,
    }))
  return [
    ...identifies.flatMap((call) => rowsOf(keyOf(workspace, call), call)),
    ...groups.flatMap((call) => {
      const own = rowsOf(groupKey(workspace, call.groupId), call)
      if (call.userId === '' && call.anonymousId === '') return own
      const { timeMs } = call
      const belongs = { traits: { group: call.groupId }, timeMs }
      return [...own, ...rowsOf(keyOf(workspace, call), belongs)]
    }),
  ]
}

function keyOf(workspace: number, { userId, anonymousId }: IncomingTraits): bigint {
  return userId === ''
    ? identityKey(workspace, 'anonymous', anonymousId)
    : identityKey(workspace, 'user', userId)
}
