import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { mapSearch } from '../living-map/map-search.ts'
import type { Noun } from '../languages/english.ts'
import type { Words } from '../languages/words.ts'
import { Failed, Waiting } from '../ui/waiting.tsx'
import { NotFound } from './not-found.tsx'
import { type RouterContext, screen } from './screen.ts'
import {
  customersSearch,
  journeySearch,
  newSegmentSearch,
  segmentPageSearch,
  touchpointsSearch,
} from './searches.ts'
import { Start } from './start.tsx'

const frame = () => import('./workspace-frame.tsx')
const home = () => import('../living-map/map-page.tsx')
const settings = () => import('../workspaces/settings-pages.tsx')

/** What the map and its panels say. */
export const HOME_NOUNS: readonly Noun[] = [
  'living-map',
  'maps',
  'periods',
  'segments',
  'sentences',
  'feedback',
  'touchpoints',
  'customers',
]

/** Fetches code and words of the home before anybody goes there. */
export function loadHome(words: Words): Promise<unknown> {
  // What fails here is fetched again, and told, by the route itself.
  return Promise.allSettled([frame(), home(), words.open(HOME_NOUNS)])
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet })

const start = createRoute({ getParentRoute: () => root, path: '/', component: Start })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  ...screen(() => import('../sign-in/sign-in-page.tsx'), 'SignInPage', ['sign-in']),
})

const link = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/link',
  ...screen(() => import('../sign-in/link-page.tsx'), 'LinkPage', ['sign-in']),
})

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$workspace',
  ...screen(frame, 'WorkspaceFrame', []),
})

const map = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  validateSearch: mapSearch,
  ...screen(home, 'MapPage', HOME_NOUNS),
})

const maps = createRoute({
  getParentRoute: () => workspace,
  path: '/maps',
  ...screen(() => import('../maps/maps-page.tsx'), 'MapsPage', ['maps', 'lists']),
})

const proposal = createRoute({
  getParentRoute: () => workspace,
  path: '/proposal',
  ...screen(() => import('../maps/proposal-page.tsx'), 'ProposalPage', [
    'maps',
    'touchpoints',
    'segments',
  ]),
})

const touchpoints = createRoute({
  getParentRoute: () => workspace,
  path: '/touchpoints',
  validateSearch: touchpointsSearch,
  ...screen(() => import('../touchpoints/touchpoints-page.tsx'), 'TouchpointsPage', [
    'touchpoints',
    'segments',
    'lists',
  ]),
})

const customers = createRoute({
  getParentRoute: () => workspace,
  path: '/customers',
  validateSearch: customersSearch,
  ...screen(() => import('../customers/customers-page.tsx'), 'CustomersPage', [
    'customers',
    'segments',
    'sentences',
    'touchpoints',
    'lists',
  ]),
})

const segments = createRoute({
  getParentRoute: () => workspace,
  path: '/segments',
  ...screen(() => import('../segments/segments-page.tsx'), 'SegmentsPage', [
    'segments',
    'sentences',
    'lists',
  ]),
})

const newSegment = createRoute({
  getParentRoute: () => workspace,
  path: '/segments/new',
  validateSearch: newSegmentSearch,
  ...screen(() => import('../segments/new-segment-page.tsx'), 'NewSegmentPage', [
    'segments',
    'sentences',
    'touchpoints',
  ]),
})

const segment = createRoute({
  getParentRoute: () => workspace,
  path: '/segments/$segment',
  validateSearch: segmentPageSearch,
  ...screen(() => import('../segments/segment-page.tsx'), 'SegmentPage', [
    'segments',
    'sentences',
    'customers',
    'touchpoints',
    'lists',
  ]),
})

const editSegment = createRoute({
  getParentRoute: () => workspace,
  path: '/segments/$segment/edit',
  ...screen(() => import('../segments/edit-segment-page.tsx'), 'EditSegmentPage', [
    'segments',
    'sentences',
    'touchpoints',
  ]),
})

const customer = createRoute({
  getParentRoute: () => workspace,
  path: '/customers/$customer',
  validateSearch: journeySearch,
  ...screen(() => import('../customers/journey-page.tsx'), 'JourneyPage', [
    'customers',
    'maps',
    'touchpoints',
  ]),
})

const imports = createRoute({
  getParentRoute: () => workspace,
  path: '/imports',
  ...screen(() => import('../imports/imports-page.tsx'), 'ImportsPage', [
    'imports',
    'refusals',
    'lists',
  ]),
})

const refusals = createRoute({
  getParentRoute: () => workspace,
  path: '/refusals',
  ...screen(() => import('../refusals/refusals-page.tsx'), 'RefusalsPage', ['refusals', 'lists']),
})

const settingsStart = createRoute({
  getParentRoute: () => workspace,
  path: '/settings',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspace/settings/workspace', params, replace: true })
  },
})

const workspaceSettings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/workspace',
  ...screen(settings, 'WorkspaceSettings', ['workspaces', 'lists']),
})

const memberSettings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/members',
  ...screen(settings, 'MemberSettings', ['workspaces', 'lists']),
})

const keySettings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/keys',
  ...screen(settings, 'KeySettings', ['workspaces', 'lists']),
})

const yourSettings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/you',
  ...screen(settings, 'YourSettings', ['workspaces', 'lists']),
})

const routeTree = root.addChildren([
  start,
  signIn,
  link,
  workspace.addChildren([
    map,
    maps,
    proposal,
    touchpoints,
    customers,
    customer,
    segments,
    newSegment,
    segment,
    editSegment,
    imports,
    refusals,
    settingsStart,
    workspaceSettings,
    memberSettings,
    keySettings,
    yourSettings,
  ]),
])

export function appRouter(words: Words) {
  return createRouter({
    routeTree,
    context: { words },
    defaultPreload: 'intent',
    defaultPendingComponent: Waiting,
    defaultNotFoundComponent: NotFound,
    // Code or words that were lost on the way, or a screen that broke: said in words, and tried again.
    defaultErrorComponent: ({ error }) => (
      <Failed
        error={error instanceof Error ? error : new Error(String(error))}
        onRetry={() => location.reload()}
      />
    ),
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof appRouter>
  }
}
