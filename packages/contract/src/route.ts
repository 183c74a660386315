import type { z } from 'zod'

export type Role = 'owner' | 'editor' | 'viewer'

/** Who may call a route. A role admits itself and those above it (owner > editor > viewer). */
export type Access =
  /** Nobody needs to be signed in. */
  | 'public'
  /** Any signed-in user. */
  | 'user'
  /** A write key in Basic auth. */
  | 'write-key'
  /** A member of the workspace in the path with at least this role. */
  | Role

/** A route as data: the server serves it, the client calls it, OpenAPI describes it, a test walks it. */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** Unique, camelCase: the operationId and the client's function name. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With `:param`s, e.g. `/api/workspaces/:workspace/touchpoints/:touchpointId`. */
  readonly path: string
  readonly access: Access
  readonly summary: string
  readonly tag: string
  readonly params?: Params
  readonly query?: Query
  /** Absent: no JSON body (a GET, or raw bytes when `bytes` is set). */
  readonly body?: Body
  /** The body is raw bytes and the handler reads the stream itself. */
  readonly bytes?: boolean
  /** Absent: 204, or bytes when `answers` is set. */
  readonly answer?: Answer
  readonly status?: 200 | 201 | 202 | 204
  /** Codes of the problems it answers beyond those of access and validation. */
  readonly problems?: readonly string[]
}

export function route<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
>(described: Route<P, Q, B, A>): Route<P, Q, B, A> {
  return described
}
