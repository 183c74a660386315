import { compile, param, sql } from '@parcurs/analytics'
import type { CallRefusal, IncomingAlias } from '@parcurs/domain'
import { identityKey } from '../identity/identity-key.ts'
import type { EventStore } from '../log/event-store.ts'
import { hourlyRoom } from '../log/hourly-room.ts'
import type { ReadCall } from './read-call.ts'

// What a key may not do that everybody can read: it stands in a page.

const DAY_MS = 86_400_000
/** Older than what a page or an app had to keep until it was online again. */
export const BROWSER_EVENTS_MS = 30 * DAY_MS
/** Devices that one such key may join to users in an hour, and to any one user. */
export const ALIASES_PER_HOUR = 600
export const ALIASES_OF_ONE_PER_HOUR = 10

export type Refused = Extract<ReadCall, { readonly kind: 'refused' }>

/** @param serverNames names of events that the workspace takes from a server only */
export function browserRefusal(
  read: ReadCall,
  nowMs: number,
  serverNames: ReadonlySet<string>,
): Refused | null {
  if (read.kind === 'refused') return null
  if (read.kind === 'event' && serverNames.has(comparedName(read.event.name))) {
    return refused(
      'server-key-needed',
      `event is ${JSON.stringify(read.event.name)}: this workspace takes it from a server key only`,
    )
  }
  const { timeMs } = partOf(read)
  return timeMs < nowMs - BROWSER_EVENTS_MS
    ? refused(
        'server-key-needed',
        `timestamp is ${new Date(timeMs).toISOString()}: what is older than 30 days takes a server key`,
      )
    : null
}

/** Names are the same in any case. */
export function comparedName(name: string): string {
  return name.trim().toLowerCase()
}

function partOf(read: Exclude<ReadCall, Refused>): { readonly timeMs: number } {
  switch (read.kind) {
    case 'event':
      return read.event
    case 'identify':
      return read.identify
    case 'group':
      return read.group
    case 'alias':
      return read.alias
  }
}

export interface BrowserAliases {
  /** For each alias of a request: why a browser's key may not make it; null: it may. */
  readonly judge: (
    workspace: number,
    source: number,
    aliases: readonly IncomingAlias[],
  ) => Promise<readonly (Refused | null)[]>
}

/** A browser joins to a user what nobody owns yet, and so often only. */
export function browserAliases(
  { stores, owners }: EventStore,
  clock: () => number,
): BrowserAliases {
  const ofKeys = hourlyRoom(clock)
  const ofUsers = hourlyRoom(clock)
  return {
    async judge(workspace, source, aliases) {
      if (aliases.length === 0) return []
      const device = ({ previousId }: IncomingAlias) =>
        identityKey(workspace, 'anonymous', previousId)
      const user = (id: string) => identityKey(workspace, 'user', id)
      const [owned, users] = await Promise.all([
        owners.get(workspace, aliases.map(device)),
        knownUsers(
          stores.clickhouse,
          workspace,
          aliases.map(({ previousId }) => user(previousId)),
        ),
      ])
      const joined = new Map<bigint, bigint>()
      return aliases.map((alias) => {
        const { previousId, userId } = alias
        if (alias.ofDevice === true) {
          return refused(
            'server-key-needed',
            'userId is missing: joining two anonymous ids takes a server key',
          )
        }
        if (users.has(user(previousId))) {
          return refused(
            'server-key-needed',
            `previousId is ${JSON.stringify(previousId)}, a user: joining two users takes a server key`,
          )
        }
        const owner = owned.get(device(alias))
        const here = joined.get(device(alias))
        const held = here ?? owner?.ownership.users.find((other) => other !== user(userId)) ?? null
        if (held !== null && held !== user(userId)) {
          return refused(
            'server-key-needed',
            `previousId is ${JSON.stringify(previousId)}, which is a user’s already: changing whose it is takes a server key`,
          )
        }
        if (
          ofKeys.left(source, ALIASES_PER_HOUR) === 0 ||
          ofUsers.left(user(userId), ALIASES_OF_ONE_PER_HOUR) === 0
        ) {
          return refused(
            'alias-too-often',
            `a browser key joins at most ${ALIASES_PER_HOUR} ids an hour, and ${ALIASES_OF_ONE_PER_HOUR} to one user: use a server key`,
          )
        }
        ofKeys.take(source, 1)
        ofUsers.take(user(userId), 1)
        joined.set(device(alias), user(userId))
        return null
      })
    },
  }
}

/** Those of the keys that did something or have a trait. */
async function knownUsers(
  clickhouse: EventStore['stores']['clickhouse'],
  workspace: number,
  keys: readonly bigint[],
): Promise<ReadonlySet<bigint>> {
  const id = param.workspace(workspace)
  const asked = sql`key IN ${param.keys(keys)}`
  const rows = await clickhouse.rows<{ readonly key: string }>(
    compile(sql`
      SELECT DISTINCT key FROM events WHERE workspace = ${id} AND ${asked}
      UNION DISTINCT SELECT DISTINCT key FROM trait_values WHERE workspace = ${id} AND ${asked}`),
  )
  return new Set(rows.map(({ key }) => BigInt(key)))
}

function refused(code: CallRefusal, detail: string): Refused {
  return { kind: 'refused', code, detail: detail.slice(0, 500) }
}
