/** Every way a request can be refused. A code is public: never reused, never renamed. */
export const PROBLEMS = {
  'request-malformed': { status: 400, title: 'The request cannot be read' },
  'body-not-json': { status: 400, title: 'The body is not JSON' },
  'value-invalid': { status: 400, title: 'A value is not what was expected' },
  'event-refused': { status: 400, title: 'The event cannot be stored' },
  'not-signed-in': { status: 401, title: 'Nobody is signed in' },
  'sign-in-failed': { status: 401, title: 'This email and password do not match' },
  'link-spent': { status: 401, title: 'This link was used or is too old' },
  'sign-in-first': { status: 401, title: 'Sign in before you open this link' },
  'write-key-unknown': { status: 401, title: 'This write key is not known' },
  'role-too-low': { status: 403, title: 'Your role does not allow this' },
  'person-needed': { status: 403, title: 'Only a signed-in person may do this' },
  'machine-needed': { status: 403, title: 'Only commands on the server’s own machine may do this' },
  'origin-foreign': { status: 403, title: 'The request comes from another site' },
  // 404, not 403: strangers are not told what exists.
  'workspace-not-yours': { status: 404, title: 'No such workspace' },
  'not-found': { status: 404, title: 'Nothing is here' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'body-too-slow': { status: 408, title: 'The body came too slowly' },
  'import-over': { status: 409, title: 'This import is under way or over' },
  'import-again': { status: 409, title: 'These rows are here already' },
  'last-workspace': { status: 409, title: 'It is the only workspace that you own' },
  'last-owner': { status: 409, title: 'A workspace needs an owner' },
  'already-there': { status: 409, title: 'It is already there' },
  'changed-meanwhile': { status: 409, title: 'It was changed meanwhile' },
  'in-use': { status: 409, title: 'It is in use' },
  'segment-circle': { status: 409, title: 'The segment would ask for itself' },
  'segment-not-watchable': { status: 409, title: 'This segment cannot be watched' },
  'no-events': { status: 409, title: 'There are no events yet' },
  'merge-refused': { status: 409, title: 'These customers cannot be merged or parted' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'content-type-unsupported': { status: 415, title: 'This kind of body is not read here' },
  'host-unknown': { status: 421, title: 'This server does not answer for that name' },
  'import-unclear': { status: 422, title: 'The file needs a word more' },
  'archive-refused': { status: 422, title: 'This archive is not unpacked' },
  'too-many-attempts': { status: 429, title: 'Too many attempts' },
  'too-busy': { status: 429, title: 'The server is busy' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'server-failed': { status: 500, title: 'The server failed' },
  'store-away': { status: 503, title: 'A store does not answer' },
  'disk-full': { status: 507, title: 'The disk is full' },
  'question-too-large': { status: 503, title: 'The answer needs too much memory' },
  'question-too-slow': { status: 503, title: 'The answer took too long' },
  'question-cancelled': { status: 503, title: 'Whoever asked has gone' },
  stopping: { status: 503, title: 'The server is stopping' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>

export type ProblemCode = keyof typeof PROBLEMS

/** One value that was refused: where it stands, what it is, what was expected instead. */
export interface Fault {
  /** As in JavaScript, from the part of the request: `body.steps[0].event`, `query.fromMs`. */
  readonly place: string
  /** JSON of the value, cut at 80 characters; null when there is none or it may be a secret. */
  readonly value: string | null
  readonly expected: string
  /** What is wrong, for other languages: `expected` says the same in English. */
  readonly code?: string
  /** What the words of the code are filled in with: a length, the choices there are. */
  readonly data?: Readonly<Record<string, string | number>>
}

/** What a handler answers when it refuses: a value, never thrown. */
export interface Refusal {
  readonly kind: 'refusal'
  readonly code: ProblemCode
  /** What to change, in words the asker used. */
  readonly detail: string
  readonly faults?: readonly Fault[]
  readonly retryAfterSeconds?: number
}

export function refuse(
  code: ProblemCode,
  detail: string,
  more: { readonly faults?: readonly Fault[]; readonly retryAfterSeconds?: number } = {},
): Refusal {
  return { kind: 'refusal', code, detail, ...more }
}

export function isRefusal(answer: unknown): answer is Refusal {
  return (
    typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'refusal'
  )
}

/** RFC 9457 problem details as they cross the network. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ProblemCode
  /** The request's id, as in the server's log. */
  readonly instance?: string
  readonly faults?: readonly Fault[]
}

export function problemOf({ code, detail, faults }: Refusal, instance?: string): Problem {
  const { status, title } = PROBLEMS[code]
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail,
    code,
    ...(instance === undefined ? {} : { instance }),
    ...(faults === undefined ? {} : { faults }),
  }
}
