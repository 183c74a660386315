import type {
  accessRoutes,
  collectRoutes,
  customerRoutes,
  importRoutes,
  mapRoutes,
  questionRoutes,
  Route,
  touchpointRoutes,
  vocabularyRoutes,
} from '@parcurs/contract'
import type { z } from 'zod'

/** Types only: the schemas themselves (and zod with them) stay out of the browser. */
type Routes = typeof accessRoutes &
  typeof touchpointRoutes &
  typeof mapRoutes &
  typeof customerRoutes &
  typeof vocabularyRoutes &
  typeof importRoutes &
  typeof questionRoutes &
  Pick<typeof collectRoutes, 'refusals'>

export type RouteName = keyof typeof ROUTES

type Part<R, K extends keyof Route> = R extends { readonly [key in K]?: infer T }
  ? T extends z.ZodType
    ? z.input<T>
    : undefined
  : undefined

export type BodyOf<N extends RouteName> = N extends keyof Routes
  ? Part<Routes[N], 'body'>
  : undefined

export type AnswerOf<N extends RouteName> = N extends keyof Routes
  ? Routes[N] extends { readonly answer?: infer A }
    ? A extends z.ZodType
      ? z.output<A>
      : null
    : null
  : null

/** Where each route is served. A test compares this table with the contract, line by line. */
export const ROUTES = {
  me: 'GET /api/me',
  signIn: 'POST /api/sign-in',
  signInByLink: 'POST /api/sign-in/link',
  makeLink: 'POST /api/sign-in/links',
  signOut: 'POST /api/sign-out',
  changeMe: 'PATCH /api/me',
  changePassword: 'PUT /api/me/password',
  sessions: 'GET /api/me/sessions',
  endSession: 'DELETE /api/me/sessions/:sessionId',
  endOtherSessions: 'DELETE /api/me/sessions',
  createWorkspace: 'POST /api/workspaces',
  changeWorkspace: 'PATCH /api/workspaces/:workspace',
  members: 'GET /api/workspaces/:workspace/members',
  invite: 'POST /api/workspaces/:workspace/members',
  changeMember: 'PATCH /api/workspaces/:workspace/members/:userId',
  removeMember: 'DELETE /api/workspaces/:workspace/members/:userId',
  leaveWorkspace: 'POST /api/workspaces/:workspace/leave',
  writeKeys: 'GET /api/workspaces/:workspace/write-keys',
  createWriteKey: 'POST /api/workspaces/:workspace/write-keys',
  revokeWriteKey: 'DELETE /api/workspaces/:workspace/write-keys/:writeKeyId',
  tokens: 'GET /api/workspaces/:workspace/tokens',
  createToken: 'POST /api/workspaces/:workspace/tokens',
  revokeToken: 'DELETE /api/workspaces/:workspace/tokens/:tokenId',
  touchpoints: 'GET /api/workspaces/:workspace/touchpoints',
  touchpointLibrary: 'GET /api/workspaces/:workspace/touchpoint-library',
  touchpoint: 'GET /api/workspaces/:workspace/touchpoints/:touchpointId',
  createTouchpoint: 'POST /api/workspaces/:workspace/touchpoints',
  changeTouchpoint: 'PUT /api/workspaces/:workspace/touchpoints/:touchpointId',
  deleteTouchpoint: 'DELETE /api/workspaces/:workspace/touchpoints/:touchpointId',
  previewRule: 'POST /api/workspaces/:workspace/touchpoints/preview',
  maps: 'GET /api/workspaces/:workspace/maps',
  map: 'GET /api/workspaces/:workspace/maps/:mapId',
  createMap: 'POST /api/workspaces/:workspace/maps',
  changeMap: 'PUT /api/workspaces/:workspace/maps/:mapId',
  deleteMap: 'DELETE /api/workspaces/:workspace/maps/:mapId',
  proposeMap: 'POST /api/workspaces/:workspace/maps/proposal',
  acceptMap: 'POST /api/workspaces/:workspace/maps/accept',
  customers: 'GET /api/workspaces/:workspace/customers',
  stepFeedback: 'GET /api/workspaces/:workspace/maps/:mapId/steps/:stepId/feedback',
  customerJourney: 'GET /api/workspaces/:workspace/customers/:customer/journey',
  vocabulary: 'GET /api/workspaces/:workspace/vocabulary',
  imports: 'GET /api/workspaces/:workspace/imports',
  upload: 'POST /api/workspaces/:workspace/imports',
  look: 'POST /api/workspaces/:workspace/imports/:importId/look',
  run: 'POST /api/workspaces/:workspace/imports/:importId/run',
  import: 'GET /api/workspaces/:workspace/imports/:importId',
  rejects: 'GET /api/workspaces/:workspace/imports/:importId/rejects',
  cancel: 'DELETE /api/workspaces/:workspace/imports/:importId',
  refusals: 'GET /api/workspaces/:workspace/refusals',
  ask: 'POST /api/workspaces/:workspace/ask',
} as const satisfies Record<keyof Routes, string>
