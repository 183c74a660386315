import { z } from 'zod'
import { FORMS } from './form.ts'
import { ADDRESSES } from './addresses.ts'
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

/**
 * Everybody can read a browser's key: it may not send what is older than 30 days, join users, or send the names that
 * the workspace keeps for servers; its message ids are apart, and a server's word wins for the same order.
 */
const keyKind = z.enum(['browser', 'server'])

/** Sent by a key of another kind these are refused. */
const serverNames = z.strictObject({ names: z.array(line).max(200) })

export const accessRoutes = {
  me: route({
    ...ADDRESSES.me,
    access: 'signed-in',
    summary: 'Who is signed in, and their workspaces',
    tag: 'Sign-in',
    answer: me,
  }),
  signIn: route({
    ...ADDRESSES.signIn,
    access: 'public',
    summary: 'Begin a session with email and password',
    tag: 'Sign-in',
    body: z.strictObject({ email: z.string().max(254), password: z.string().min(1).max(200) }),
    answer: me,
    problems: ['sign-in-failed', 'too-many-attempts'],
  }),
  signInByLink: route({
    ...ADDRESSES.signInByLink,
    access: 'public',
    summary: 'Begin a session with the token of a one-time link',
    tag: 'Sign-in',
    body: z.strictObject({ token: z.string().min(1).max(200) }),
    answer: me,
    problems: ['link-spent', 'sign-in-first', 'too-many-attempts'],
  }),
  join: route({
    ...ADDRESSES.join,
    access: 'user',
    summary: 'Join the workspace that a link invites to, as whom you are signed in',
    tag: 'Sign-in',
    body: z.strictObject({ token: z.string().min(1).max(200) }),
    answer: me,
    problems: ['link-spent', 'too-many-attempts'],
  }),
  makeLink: route({
    ...ADDRESSES.makeLink,
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
    ...ADDRESSES.signOut,
    access: 'user',
    summary: 'End this session',
    tag: 'Sign-in',
  }),
  changeMe: route({
    ...ADDRESSES.changeMe,
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
    ...ADDRESSES.changePassword,
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
    ...ADDRESSES.sessions,
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
    ...ADDRESSES.endSession,
    access: 'user',
    summary: 'End one of your sessions',
    tag: 'Sign-in',
    params: z.strictObject({ sessionId: z.string().regex(/^[0-9a-f]{64}$/, FORMS.session) }),
    problems: ['not-found'],
  }),
  endOtherSessions: route({
    ...ADDRESSES.endOtherSessions,
    access: 'user',
    summary: 'End all your sessions but this one',
    tag: 'Sign-in',
  }),
  createWorkspace: route({
    ...ADDRESSES.createWorkspace,
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
        .regex(/^[A-Z]{3}$/, FORMS.currency)
        .exactOptional(),
    }),
    answer: workspaceSummary,
    status: 201,
    problems: ['already-there'],
  }),
  changeWorkspace: route({
    ...ADDRESSES.changeWorkspace,
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
        .regex(/^[A-Z]{3}$/, FORMS.currency)
        .exactOptional(),
    }),
    answer: workspaceSummary,
  }),
  deleteWorkspace: route({
    ...ADDRESSES.deleteWorkspace,
    access: 'owner',
    summary:
      'Delete a workspace with everything in it, for good; refused while an import runs, and for the only one that you own',
    tag: 'Workspaces',
    params: workspaceParams,
    query: z.strictObject({
      /** The workspace's name, as a sign that this one is meant. */
      name: line,
    }),
    problems: ['last-workspace', 'in-use', 'person-needed'],
  }),
  members: route({
    ...ADDRESSES.members,
    access: 'viewer',
    summary: 'Who may enter the workspace',
    tag: 'Members',
    params: workspaceParams,
    answer: z.array(z.strictObject({ userId: z.int(), email: z.string(), name: z.string(), role })),
  }),
  invite: route({
    ...ADDRESSES.invite,
    access: 'owner',
    summary:
      'Make a one-time link that lets a person into this workspace, to hand to them; shown once',
    tag: 'Members',
    params: workspaceParams,
    body: z.strictObject({ email, role }),
    answer: z.strictObject({
      /** Path and fragment to put behind this server's address. */
      link: z.string(),
    }),
    status: 201,
    problems: ['already-there', 'person-needed'],
  }),
  changeMember: route({
    ...ADDRESSES.changeMember,
    access: 'owner',
    summary: 'Change a member’s role',
    tag: 'Members',
    params: z.strictObject({ workspace: slug, userId: pathId }),
    body: z.strictObject({ role }),
    problems: ['not-found', 'last-owner', 'person-needed'],
  }),
  removeMember: route({
    ...ADDRESSES.removeMember,
    access: 'owner',
    summary: 'Take a member out of the workspace',
    tag: 'Members',
    params: z.strictObject({ workspace: slug, userId: pathId }),
    problems: ['not-found', 'last-owner', 'person-needed'],
  }),
  leaveWorkspace: route({
    ...ADDRESSES.leaveWorkspace,
    access: 'viewer',
    summary: 'Leave the workspace; the last owner cannot',
    tag: 'Members',
    params: workspaceParams,
    problems: ['last-owner', 'person-needed'],
  }),
  writeKeys: route({
    ...ADDRESSES.writeKeys,
    access: 'viewer',
    summary: 'The keys that may send events',
    tag: 'Keys',
    params: workspaceParams,
    answer: z.array(
      z.strictObject({
        id: z.int(),
        name: z.string(),
        hint: z.string(),
        /** null: nobody has said it yet; such a key goes on as a server's. */
        kind: keyKind.nullable(),
        createdMs: instantMs,
        /** null: it opens; what a revoked key did can still be looked at and undone. */
        revokedMs: instantMs.nullable(),
      }),
    ),
  }),
  createWriteKey: route({
    ...ADDRESSES.createWriteKey,
    access: 'editor',
    summary: 'Make a key that can only send events; the key is shown once',
    tag: 'Keys',
    params: workspaceParams,
    body: z.strictObject({ name: line, kind: keyKind.exactOptional() }),
    answer: z.strictObject({
      id: z.int(),
      name: z.string(),
      hint: z.string(),
      kind: keyKind.nullable(),
      key: z.string(),
    }),
    status: 201,
  }),
  changeWriteKey: route({
    ...ADDRESSES.changeWriteKey,
    access: 'owner',
    summary: 'Say whether a write key stands in pages (browser) or is kept by a server',
    tag: 'Keys',
    params: z.strictObject({ workspace: slug, writeKeyId: pathId }),
    body: z.strictObject({ kind: keyKind }),
    problems: ['not-found'],
  }),
  revokeWriteKey: route({
    ...ADDRESSES.revokeWriteKey,
    access: 'editor',
    summary: 'Revoke a write key',
    tag: 'Keys',
    params: z.strictObject({
      workspace: slug,
      writeKeyId: pathId,
    }),
    problems: ['not-found'],
  }),
  serverNames: route({
    ...ADDRESSES.serverNames,
    access: 'viewer',
    summary: 'Names of events that only a server key may send',
    tag: 'Keys',
    params: workspaceParams,
    answer: serverNames,
  }),
  changeServerNames: route({
    ...ADDRESSES.changeServerNames,
    access: 'owner',
    summary: 'Change which events only a server key may send',
    tag: 'Keys',
    params: workspaceParams,
    body: serverNames,
    answer: serverNames,
  }),
  tokens: route({
    ...ADDRESSES.tokens,
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
        /** Whose it is: it can do what they can, at most, and ends with their membership. null: the machine's, or from before. */
        madeBy: z.string().nullable(),
      }),
    ),
  }),
  createToken: route({
    ...ADDRESSES.createToken,
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
    problems: ['person-needed'],
  }),
  revokeToken: route({
    ...ADDRESSES.revokeToken,
    access: 'owner',
    summary: 'Revoke an API token',
    tag: 'Keys',
    params: z.strictObject({ workspace: slug, tokenId: pathId }),
    problems: ['not-found'],
  }),
}
