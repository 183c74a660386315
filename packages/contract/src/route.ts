import type { z } from 'zod'

export type Role = 'owner' | 'editor' | 'viewer'

/** Who may call a route. A role admits itself and those above it (owner > editor > viewer). */
export type Access =
  /** Nobody needs to be signed in. */
  | 'public'
  /** Anyone who is known: a person with a session, an API token, the machine's own commands. */
  | 'signed-in'
  /** A person with a session (what only a person has: a password, sessions). */
  | 'user'
  /** The commands of whoever owns the data folder. */
  | 'machine'
  /** A write key: Basic user name, `X-Write-Key`, query or body `writeKey`. */
  | 'write-key'
  /** A member of the workspace in the path with at least this role. */
  | Role

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A route as data: the server serves it, the client calls it, OpenAPI describes it, a test walks it. */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Who extends Access = Access,
> {
  /** Unique, camelCase: the operationId and the client's function name. */
  readonly name: string
  readonly method: Method
  /** With `:param`s, e.g. `/api/workspaces/:workspace/touchpoints/:touchpointId`. */
  readonly path: string
  /** Further paths of the same route, as clients that know it by another name ask for it. */
  readonly also?: readonly string[]
  readonly access: Who
  readonly summary: string
  readonly tag: string
  /** A strict object with every `:param` of the path, `workspace` included (see `workspaceParams`). */
  readonly params?: Params
  readonly query?: Query
  /** Absent: no JSON body (a GET, or raw bytes when `bytes` is set). */
  readonly body?: Body
  /** The body is raw bytes and the handler reads the stream itself. */
  readonly bytes?: boolean
  /** The most a body may have; 1 MB when absent (JSON), no limit of the frame's own (bytes). */
  readonly limitBytes?: number
  /** Absent: 204, or bytes when `answersBytes` is set. */
  readonly answer?: Answer
  /** The content type of an answer that is bytes rather than JSON. */
  readonly answersBytes?: string
  /** Reads what happened, which may take its time: whoever asks takes turns with themselves. */
  readonly asks?: boolean
  readonly status?: 200 | 201 | 202 | 204
  /** Codes of the problems it answers beyond those of access and validation. */
  readonly problems?: readonly string[]
}

export function route<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
  W extends Access,
>(described: Route<P, Q, B, A, W>): Route<P, Q, B, A, W> {
  return described
}

const RANK: Readonly<Record<Role, number>> = { viewer: 0, editor: 1, owner: 2 }

/** Whether a member with `role` may do what `needed` may. */
export function roleAdmits(role: Role, needed: Role): boolean {
  return RANK[role] >= RANK[needed]
}

/** Whether the route is for members of the workspace in its path. */
export function isRole(access: Access): access is Role {
  return access in RANK
}

/** The names of a path's `:param`s in order. */
export function pathParams(path: string): readonly string[] {
  return [...path.matchAll(/:([a-zA-Z]+)/g)].map(([, name]) => name ?? '')
}
