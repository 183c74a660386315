import type { IncomingHttpHeaders } from 'node:http'
import type { Role } from '@parcurs/contract'

/** A workspace as every handler of its routes gets it. */
export interface Workspace {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly timeZone: string
  readonly weekStart: 'monday' | 'sunday'
  readonly currency: string
  readonly simulated: boolean
}

/** A person with a session. */
export interface Person {
  readonly kind: 'person'
  readonly userId: number
  readonly sessionId: string
}

/** Who asks. */
export type Viewer =
  | Person
  /** A program with an API token: one workspace, one role. */
  | {
      readonly kind: 'token'
      readonly tokenId: number
      readonly workspaceId: number
      readonly role: Role
    }
  /** The commands of whoever owns the data folder: owner of every workspace. */
  | { readonly kind: 'machine' }

/** A user's id; null: a program. */
export function personOf(viewer: Viewer): number | null {
  return viewer.kind === 'person' ? viewer.userId : null
}

/** A write key that opened a route. */
export interface Writer {
  /** The number that its facts are marked with. */
  readonly source: number
  /** Whose it is; null: nobody has said yet. */
  readonly kind: 'browser' | 'server' | null
  /** Names of events that its workspace takes from servers only. */
  readonly serverNames: readonly string[]
}

/** Everything `serve` must know to decide who may enter; it decides nowhere else. */
export interface Gate {
  /** Null when the headers name nobody, or somebody who is not known (any more). */
  readonly viewer: (headers: IncomingHttpHeaders) => Promise<Viewer | null>
  /** Null both for a workspace that does not exist and for a stranger's. */
  readonly member: (
    viewer: Viewer,
    slug: string,
  ) => Promise<{ readonly workspace: Workspace; readonly role: Role } | null>
  /** A write key and the workspace that it writes to. */
  readonly writer: (
    key: string,
  ) => Promise<{ readonly workspace: Workspace; readonly writer: Writer } | null>
}
