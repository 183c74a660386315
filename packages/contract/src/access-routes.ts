import { z } from 'zod'
import { email, instantMs, line, pathId, role, slug, workspaceParams } from './fields.ts'
import { route } from './route.ts'

/** The languages that the interface speaks; '' leaves it to the browser. */
export const language = z.enum(['', 'en', 'ro', 'ru', 'el', 'zh'])

export const workspaceSummary = z.strictObject({
  id: z.int(),
  slug,
  name: z.string(),
  role,
  currency: z.string(),
  timeZone: z.string(),
  weekStart: z.enum(['monday', 'sunday']),
  /** Made by the simulator: labelled wherever it is shown. */
  simulated: z.boolean(),
})

export const user = z.strictObject({
  id: z.int(),
  email: z.string(),
  name: z.string(),
  language,
  hasPassword: z.boolean(),
})

const me = z.strictObject({
  /** Null for an API token and for the machine's own commands, which are nobody in person. */
  user: user.nullable(),
  workspaces: z.array(workspaceSummary),
})

/** Long enough to resist guessing; no rules of composition (NIST SP 800-63B). */
const newPassword = z.string().min(10).max(200)

export const accessRoutes = {
  me: route({
    name: 'me',
    method: 'GET',
    path: '/api/me',
    access: 'signed-in',
    summary: 'Who is signed in, and their workspaces',
    tag: 'Sign-in',
    answer: me,
  }),
  signIn: route({
    name: 'signIn',
    method: 'POST',
    path: '/api/sign-in',
    access: 'public',
    summary: 'Begin a session with email and password',
    tag: 'Sign-in',
    body: z.strictObject({ email: z.string().max(254), password: z.string().min(1).max(200) }),
    answer: me,
    problems: ['sign-in-failed', 'too-many-attempts'],
  }),
  signInByLink: route({
    name: 'signInByLink',
    method: 'POST',
    path: '/api/sign-in/link',
    access: 'public',
    summary: 'Begin a session with the token of a one-time link',
    tag: 'Sign-in',
    body: z.strictObject({ token: z.string().min(1).max(200) }),
    answer: me,
    problems: ['link-spent', 'too-many-attempts'],
  }),
  makeLink: route({
    name: 'makeLink',
    method: 'POST',
    path: '/api/sign-in/links',
    access: 'machine',
    summary: 'Make a one-time link that signs a person in (`parcurs link`)',
    tag: 'Sign-in',
    body: z.strictObject({
      /** Absent: the installation's first owner. */
      email: email.exactOptional(),
    }),
    answer: z.strictObject({
      email: z.string(),
      /** Path and fragment to put behind this server's address. */
      link: z.string(),
      expiresMs: instantMs,
    }),
    status: 201,
    problems: ['not-found'],
  }),
  signOut: route({
    name: 'signOut',
    method: 'POST',
    path: '/api/sign-out',
    access: 'user',
    summary: 'End this session',
    tag: 'Sign-in',
  }),
  changeMe: route({
    name: 'changeMe',
    method: 'PATCH',
    path: '/api/me',
    access: 'user',
    summary: 'Change your email, name or language',
    tag: 'Sign-in',
    body: z.strictObject({
      email: email.exactOptional(),
      name: z.string().trim().max(200).exactOptional(),
      language: language.exactOptional(),
    }),
    answer: me,
    problems: ['already-there'],
  }),
  changePassword: route({
    name: 'changePassword',
    method: 'PUT',
    path: '/api/me/password',
    access: 'user',
    summary: 'Set or change your password; every other session ends',
    tag: 'Sign-in',
    body: z.strictObject({
      /** Not needed while there is none. */
      current: z.string().max(200).exactOptional(),
      password: newPassword,
    }),
    problems: ['sign-in-failed', 'too-many-attempts'],
  }),
  sessions: route({
    name: 'sessions',
    method: 'GET',
    path: '/api/me/sessions',
    access: 'user',
    summary: 'Where you are signed in',
    tag: 'Sign-in',
    answer: z.array(
      z.strictObject({
        id: z.string(),
        current: z.boolean(),
        userAgent: z.string(),
        createdMs: instantMs,
        seenMs: instantMs,
      }),
    ),
  }),
  endSession: route({
    name: 'endSession',
    method: 'DELETE',
    path: '/api/me/sessions/:sessionId',
    access: 'user',
    summary: 'End one of your sessions',
    tag: 'Sign-in',
    params: z.strictObject({ sessionId: z.string().regex(/^[0-9a-f]{64}$/, 'a session’s id') }),
    problems: ['not-found'],
  }),
  endOtherSessions: route({
    name: 'endOtherSessions',
    method: 'DELETE',
    path: '/api/me/sessions',
    access: 'user',
    summary: 'End all your sessions but this one',
    tag: 'Sign-in',
  }),
  createWorkspace: route({
    name: 'createWorkspace',
    method: 'POST',
    path: '/api/workspaces',
    access: 'user',
    summary: 'Create a workspace that you own',
    tag: 'Workspaces',
    body: z.strictObject({
      slug,
      name: line,
      timeZone: z.string().max(60).exactOptional(),
      weekStart: z.enum(['monday', 'sunday']).exactOptional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'three capital letters (ISO 4217)')
        .exactOptional(),
    }),
    answer: workspaceSummary,
    status: 201,
    problems: ['already-there'],
  }),
  changeWorkspace: route({
    name: 'changeWorkspace',
    method: 'PATCH',
    path: '/api/workspaces/:workspace',
    access: 'owner',
    summary: 'Change a workspace’s name, time zone, week start or currency',
    tag: 'Workspaces',
    params: workspaceParams,
    body: z.strictObject({
      name: line.exactOptional(),
      timeZone: z.string().max(60).exactOptional(),
      weekStart: z.enum(['monday', 'sunday']).exactOptional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'three capital letters (ISO 4217)')
        .exactOptional(),
    }),
    answer: workspaceSummary,
  }),
  members: route({
    name: 'members',
    method: 'GET',
    path: '/api/workspaces/:workspace/members',
    access: 'viewer',
    summary: 'Who may enter the workspace',
    tag: 'Members',
    params: workspaceParams,
    answer: z.array(z.strictObject({ userId: z.int(), email: z.string(), name: z.string(), role })),
  }),
  invite: route({
    name: 'invite',
    method: 'POST',
    path: '/api/workspaces/:workspace/members',
    access: 'owner',
    summary: 'Let a person in; answers a one-time link to hand them, shown once',
    tag: 'Members',
    params: workspaceParams,
    body: z.strictObject({ email, role }),
    answer: z.strictObject({
      userId: z.int(),
      /** Path and fragment to put behind this server's address; null for somebody who can sign in already. */
      link: z.string().nullable(),
    }),
    status: 201,
    problems: ['already-there'],
  }),
  changeMember: route({
    name: 'changeMember',
    method: 'PATCH',
    path: '/api/workspaces/:workspace/members/:userId',
    access: 'owner',
    summary: 'Change a member’s role',
    tag: 'Members',
    params: z.strictObject({ workspace: slug, userId: pathId }),
    body: z.strictObject({ role }),
    problems: ['not-found', 'last-owner'],
  }),
  removeMember: route({
    name: 'removeMember',
    method: 'DELETE',
    path: '/api/workspaces/:workspace/members/:userId',
    access: 'owner',
    summary: 'Take a member out of the workspace',
    tag: 'Members',
    params: z.strictObject({ workspace: slug, userId: pathId }),
    problems: ['not-found', 'last-owner'],
  }),
  leaveWorkspace: route({
    name: 'leaveWorkspace',
    method: 'POST',
    path: '/api/workspaces/:workspace/leave',
    access: 'viewer',
    summary: 'Leave the workspace; the last owner cannot',
    tag: 'Members',
    params: workspaceParams,
    problems: ['last-owner', 'person-needed'],
  }),
  writeKeys: route({
    name: 'writeKeys',
    method: 'GET',
    path: '/api/workspaces/:workspace/write-keys',
    access: 'viewer',
    summary: 'The keys that may send events',
    tag: 'Keys',
    params: workspaceParams,
    answer: z.array(
      z.strictObject({ id: z.int(), name: z.string(), hint: z.string(), createdMs: instantMs }),
    ),
  }),
  createWriteKey: route({
    name: 'createWriteKey',
    method: 'POST',
    path: '/api/workspaces/:workspace/write-keys',
    access: 'editor',
    summary: 'Make a key that can only send events; the key is shown once',
    tag: 'Keys',
    params: workspaceParams,
    body: z.strictObject({ name: line }),
    answer: z.strictObject({ id: z.int(), name: z.string(), hint: z.string(), key: z.string() }),
    status: 201,
  }),
  revokeWriteKey: route({
    name: 'revokeWriteKey',
    method: 'DELETE',
    path: '/api/workspaces/:workspace/write-keys/:writeKeyId',
    access: 'editor',
    summary: 'Revoke a write key',
    tag: 'Keys',
    params: z.strictObject({
      workspace: slug,
      writeKeyId: pathId,
    }),
    problems: ['not-found'],
  }),
  tokens: route({
    name: 'tokens',
    method: 'GET',
    path: '/api/workspaces/:workspace/tokens',
    access: 'owner',
    summary: 'The tokens that programs sign in with',
    tag: 'Keys',
    params: workspaceParams,
    answer: z.array(
      z.strictObject({
        id: z.int(),
        name: z.string(),
        hint: z.string(),
        role,
        createdMs: instantMs,
        expiresMs: instantMs.nullable(),
      }),
    ),
  }),
  createToken: route({
    name: 'createToken',
    method: 'POST',
    path: '/api/workspaces/:workspace/tokens',
    access: 'owner',
    summary: 'Make a token for a program, with a role in this workspace; shown once',
    tag: 'Keys',
    params: workspaceParams,
    body: z.strictObject({
      name: line,
      role,
      /** Absent: 90 days. */
      days: z.int().min(1).max(366).exactOptional(),
    }),
    answer: z.strictObject({
      id: z.int(),
      name: z.string(),
      hint: z.string(),
      role,
      expiresMs: instantMs,
      token: z.string(),
    }),
    status: 201,
  }),
  revokeToken: route({
    name: 'revokeToken',
    method: 'DELETE',
    path: '/api/workspaces/:workspace/tokens/:tokenId',
    access: 'owner',
    summary: 'Revoke an API token',
    tag: 'Keys',
    params: z.strictObject({ workspace: slug, tokenId: pathId }),
    problems: ['not-found'],
  }),
}
