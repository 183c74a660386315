import type { Method } from './route.ts'

/** Where a route is served and what it is called: plain data, so that a browser takes it without any schema. */
export interface Address {
  /** Unique, camelCase: the operationId. */
  readonly name: string
  readonly method: Method
  /** With `:param`s, e.g. `/api/workspaces/:workspace/touchpoints/:touchpointId`. */
  readonly path: string
}

function at<const N extends string, const M extends Method, const P extends string>(
  name: N,
  method: M,
  path: P,
): { readonly name: N; readonly method: M; readonly path: P } {
  return { name, method, path }
}

/** Every address there is. The contract's routes, the server, the command line and the web app have them from here. */
export const ADDRESSES = {
  health: at('health', 'GET', '/health'),

  me: at('me', 'GET', '/api/me'),
  signIn: at('signIn', 'POST', '/api/sign-in'),
  signInByLink: at('signInByLink', 'POST', '/api/sign-in/link'),
  makeLink: at('makeLink', 'POST', '/api/sign-in/links'),
  join: at('join', 'POST', '/api/me/join'),
  signOut: at('signOut', 'POST', '/api/sign-out'),
  changeMe: at('changeMe', 'PATCH', '/api/me'),
  changePassword: at('changePassword', 'PUT', '/api/me/password'),
  sessions: at('sessions', 'GET', '/api/me/sessions'),
  endSession: at('endSession', 'DELETE', '/api/me/sessions/:sessionId'),
  endOtherSessions: at('endOtherSessions', 'DELETE', '/api/me/sessions'),
  createWorkspace: at('createWorkspace', 'POST', '/api/workspaces'),
  changeWorkspace: at('changeWorkspace', 'PATCH', '/api/workspaces/:workspace'),
  deleteWorkspace: at('deleteWorkspace', 'DELETE', '/api/workspaces/:workspace'),
  members: at('members', 'GET', '/api/workspaces/:workspace/members'),
  invite: at('invite', 'POST', '/api/workspaces/:workspace/members'),
  changeMember: at('changeMember', 'PATCH', '/api/workspaces/:workspace/members/:userId'),
  removeMember: at('removeMember', 'DELETE', '/api/workspaces/:workspace/members/:userId'),
  leaveWorkspace: at('leaveWorkspace', 'POST', '/api/workspaces/:workspace/leave'),
  writeKeys: at('writeKeys', 'GET', '/api/workspaces/:workspace/write-keys'),
  createWriteKey: at('createWriteKey', 'POST', '/api/workspaces/:workspace/write-keys'),
  revokeWriteKey: at(
    'revokeWriteKey',
    'DELETE',
    '/api/workspaces/:workspace/write-keys/:writeKeyId',
  ),
  changeWriteKey: at(
    'changeWriteKey',
    'PATCH',
    '/api/workspaces/:workspace/write-keys/:writeKeyId',
  ),
  serverNames: at('serverNames', 'GET', '/api/workspaces/:workspace/server-names'),
  changeServerNames: at('changeServerNames', 'PUT', '/api/workspaces/:workspace/server-names'),
  tokens: at('tokens', 'GET', '/api/workspaces/:workspace/tokens'),
  createToken: at('createToken', 'POST', '/api/workspaces/:workspace/tokens'),
  revokeToken: at('revokeToken', 'DELETE', '/api/workspaces/:workspace/tokens/:tokenId'),

  track: at('track', 'POST', '/v1/track'),
  page: at('page', 'POST', '/v1/page'),
  screen: at('screen', 'POST', '/v1/screen'),
  identify: at('identify', 'POST', '/v1/identify'),
  group: at('group', 'POST', '/v1/group'),
  alias: at('alias', 'POST', '/v1/alias'),
  batch: at('batch', 'POST', '/v1/batch'),
  clientSettings: at('clientSettings', 'GET', '/v1/projects/:writeKey/settings'),
  clientScript: at('clientScript', 'GET', '/analytics.js/v1/:writeKey/analytics.min.js'),
  sourceConfig: at('sourceConfig', 'GET', '/sourceConfig'),
  refusals: at('refusals', 'GET', '/api/workspaces/:workspace/refusals'),
  mergeCustomers: at('mergeCustomers', 'POST', '/api/workspaces/:workspace/customers/merge'),
  unmergeCustomers: at('unmergeCustomers', 'POST', '/api/workspaces/:workspace/customers/unmerge'),

  touchpoints: at('touchpoints', 'GET', '/api/workspaces/:workspace/touchpoints'),
  touchpointLibrary: at(
    'touchpointLibrary',
    'GET',
    '/api/workspaces/:workspace/touchpoint-library',
  ),
  touchpoint: at('touchpoint', 'GET', '/api/workspaces/:workspace/touchpoints/:touchpointId'),
  createTouchpoint: at('createTouchpoint', 'POST', '/api/workspaces/:workspace/touchpoints'),
  changeTouchpoint: at(
    'changeTouchpoint',
    'PUT',
    '/api/workspaces/:workspace/touchpoints/:touchpointId',
  ),
  deleteTouchpoint: at(
    'deleteTouchpoint',
    'DELETE',
    '/api/workspaces/:workspace/touchpoints/:touchpointId',
  ),
  previewRule: at('previewRule', 'POST', '/api/workspaces/:workspace/touchpoints/preview'),

  maps: at('maps', 'GET', '/api/workspaces/:workspace/maps'),
  map: at('map', 'GET', '/api/workspaces/:workspace/maps/:mapId'),
  createMap: at('createMap', 'POST', '/api/workspaces/:workspace/maps'),
  changeMap: at('changeMap', 'PUT', '/api/workspaces/:workspace/maps/:mapId'),
  mapDocument: at('mapDocument', 'GET', '/api/workspaces/:workspace/maps/:mapId/document'),
  mapEdits: at('mapEdits', 'GET', '/api/workspaces/:workspace/maps/:mapId/changes'),
  editMap: at('editMap', 'POST', '/api/workspaces/:workspace/maps/:mapId/changes'),
  restoreMap: at('restoreMap', 'POST', '/api/workspaces/:workspace/maps/:mapId/restore'),
  deleteMap: at('deleteMap', 'DELETE', '/api/workspaces/:workspace/maps/:mapId'),
  proposeMap: at('proposeMap', 'POST', '/api/workspaces/:workspace/maps/proposal'),
  acceptMap: at('acceptMap', 'POST', '/api/workspaces/:workspace/maps/accept'),

  customers: at('customers', 'GET', '/api/workspaces/:workspace/customers'),
  stepFeedback: at(
    'stepFeedback',
    'GET',
    '/api/workspaces/:workspace/maps/:mapId/steps/:stepId/feedback',
  ),
  customerJourney: at(
    'customerJourney',
    'GET',
    '/api/workspaces/:workspace/customers/:customer/journey',
  ),

  ask: at('ask', 'POST', '/api/workspaces/:workspace/ask'),

  variantCustomers: at('variantCustomers', 'POST', '/api/workspaces/:workspace/variants/customers'),

  pruneVocabulary: at('pruneVocabulary', 'POST', '/api/workspaces/:workspace/vocabulary/prune'),
  vocabulary: at('vocabulary', 'GET', '/api/workspaces/:workspace/vocabulary'),

  segments: at('segments', 'GET', '/api/workspaces/:workspace/segments'),
  segment: at('segment', 'GET', '/api/workspaces/:workspace/segments/:segmentId'),
  createSegment: at('createSegment', 'POST', '/api/workspaces/:workspace/segments'),
  changeSegment: at('changeSegment', 'PUT', '/api/workspaces/:workspace/segments/:segmentId'),
  deleteSegment: at('deleteSegment', 'DELETE', '/api/workspaces/:workspace/segments/:segmentId'),
  previewSegment: at('previewSegment', 'POST', '/api/workspaces/:workspace/segments/preview'),
  segmentSize: at('segmentSize', 'GET', '/api/workspaces/:workspace/segments/:segmentId/size'),
  segmentMembers: at(
    'segmentMembers',
    'GET',
    '/api/workspaces/:workspace/segments/:segmentId/customers',
  ),
  explainSegment: at(
    'explainSegment',
    'GET',
    '/api/workspaces/:workspace/segments/:segmentId/customers/:customer',
  ),
  segmentTrend: at('segmentTrend', 'GET', '/api/workspaces/:workspace/segments/:segmentId/trend'),
  segmentGrowth: at('segmentGrowth', 'GET', '/api/workspaces/:workspace/segments/growth'),
  segmentChanges: at(
    'segmentChanges',
    'GET',
    '/api/workspaces/:workspace/segments/:segmentId/changes',
  ),
  segmentOverlap: at(
    'segmentOverlap',
    'GET',
    '/api/workspaces/:workspace/segments/:segmentId/overlap',
  ),
  segmentProfile: at(
    'segmentProfile',
    'GET',
    '/api/workspaces/:workspace/segments/:segmentId/profile',
  ),
  exportSegmentCsv: at(
    'exportSegmentCsv',
    'GET',
    '/api/workspaces/:workspace/segments/:segmentId/export.csv',
  ),
  exportSegmentLines: at(
    'exportSegmentLines',
    'GET',
    '/api/workspaces/:workspace/segments/:segmentId/export.jsonl',
  ),
  segmentVersions: at(
    'segmentVersions',
    'GET',
    '/api/workspaces/:workspace/segments/:segmentId/versions',
  ),
  segmentUsedBy: at(
    'segmentUsedBy',
    'GET',
    '/api/workspaces/:workspace/segments/:segmentId/used-by',
  ),
  freezeSegment: at(
    'freezeSegment',
    'POST',
    '/api/workspaces/:workspace/segments/:segmentId/freeze',
  ),
  segmentOfThese: at('segmentOfThese', 'POST', '/api/workspaces/:workspace/segments/of-these'),
  changeList: at('changeList', 'POST', '/api/workspaces/:workspace/segments/:segmentId/list'),
  importSegment: at('importSegment', 'POST', '/api/workspaces/:workspace/segments/import'),
  watchSegment: at('watchSegment', 'PUT', '/api/workspaces/:workspace/segments/:segmentId/watch'),

  imports: at('imports', 'GET', '/api/workspaces/:workspace/imports'),
  upload: at('uploadImport', 'POST', '/api/workspaces/:workspace/imports'),
  look: at('lookAtImport', 'POST', '/api/workspaces/:workspace/imports/:importId/look'),
  run: at('runImport', 'POST', '/api/workspaces/:workspace/imports/:importId/run'),
  import: at('import', 'GET', '/api/workspaces/:workspace/imports/:importId'),
  rejects: at('importRejects', 'GET', '/api/workspaces/:workspace/imports/:importId/rejects'),
  cancel: at('removeImport', 'DELETE', '/api/workspaces/:workspace/imports/:importId'),

  importEvents: at('importEvents', 'GET', '/api/workspaces/:workspace/imports/:importId/events'),
  removeImportEvents: at(
    'removeImportEvents',
    'DELETE',
    '/api/workspaces/:workspace/imports/:importId/events',
  ),
  keyEvents: at(
    'writeKeyEvents',
    'GET',
    '/api/workspaces/:workspace/write-keys/:writeKeyId/events',
  ),
  removeKeyEvents: at(
    'removeWriteKeyEvents',
    'DELETE',
    '/api/workspaces/:workspace/write-keys/:writeKeyId/events',
  ),
  eraseCustomer: at('eraseCustomer', 'DELETE', '/api/workspaces/:workspace/customers/:customer'),

  logStatus: at('logStatus', 'GET', '/api/workspaces/:workspace/log'),
  setReaderBack: at(
    'setReaderBack',
    'POST',
    '/api/workspaces/:workspace/log/readers/:reader/set-back',
  ),
  metrics: at('metrics', 'GET', '/metrics'),

  backUp: at('backUp', 'POST', '/api/backup'),

  openApi: at('openApi', 'GET', '/openapi.json'),
  apiPage: at('apiPage', 'GET', '/docs/api'),
  apiStyle: at('apiStyle', 'GET', '/docs/api.css'),
  problemPage: at('problemPage', 'GET', '/problems/:code'),
} as const satisfies Readonly<Record<string, Address>>

export type AddressName = keyof typeof ADDRESSES

/** The address with its parameters filled in and what is asked behind it; undefined is left out. */
export function filledAddress(
  path: string,
  params: Readonly<Record<string, string | number | boolean>> = {},
  query: Readonly<Record<string, string | number | boolean | undefined>> = {},
): string {
  const filled = path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`${path} lacks its parameter '${name}'`)
    return encodeURIComponent(String(value))
  })
  const search = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(String(value))}`],
  )
  return search.length === 0 ? filled : `${filled}?${search.join('&')}`
}
