import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { mapSearch } from '../living-map/map-search.ts'
import { NotFound } from './not-found.tsx'
import { customersSearch, journeySearch, touchpointsSearch } from './searches.ts'
import { Start } from './start.tsx'

const frame = () => import('./workspace-frame.tsx')
const home = () => import('../living-map/map-page.tsx')

/** Fetches the code of the home before anybody goes there. */
export function loadHome(): Promise<unknown> {
  // What fails here is fetched again, and told, by the route itself.
  return Promise.allSettled([frame(), home()])
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const start = createRoute({ getParentRoute: () => root, path: '/', component: Start })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../sign-in/sign-in-page.tsx'), 'SignInPage'),
})

const link = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/link',
  component: lazyRouteComponent(() => import('../sign-in/link-page.tsx'), 'LinkPage'),
})

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$workspace',
  component: lazyRouteComponent(frame, 'WorkspaceFrame'),
})

const map = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  validateSearch: mapSearch,
  component: lazyRouteComponent(home, 'MapPage'),
})

const touchpoints = createRoute({
  getParentRoute: () => workspace,
  path: '/touchpoints',
  validateSearch: touchpointsSearch,
  component: lazyRouteComponent(
    () => import('../touchpoints/touchpoints-page.tsx'),
    'TouchpointsPage',
  ),
})

const proposal = createRoute({
  getParentRoute: () => workspace,
  path: '/proposal',
  component: lazyRouteComponent(() => import('../maps/proposal-page.tsx'), 'ProposalPage'),
})

const customers = createRoute({
  getParentRoute: () => workspace,
  path: '/customers',
  validateSearch: customersSearch,
  component: lazyRouteComponent(() => import('../customers/customers-page.tsx'), 'CustomersPage'),
})

const customer = createRoute({
  getParentRoute: () => workspace,
  path: '/customers/$customer',
  validateSearch: journeySearch,
  component: lazyRouteComponent(() => import('../customers/journey-page.tsx'), 'JourneyPage'),
})

const imports = createRoute({
  getParentRoute: () => workspace,
  path: '/imports',
  component: lazyRouteComponent(() => import('../imports/imports-page.tsx'), 'ImportsPage'),
})

const refusals = createRoute({
  getParentRoute: () => workspace,
  path: '/refusals',
  component: lazyRouteComponent(() => import('../refusals/refusals-page.tsx'), 'RefusalsPage'),
})

const settings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings',
  component: lazyRouteComponent(() => import('../workspaces/settings-page.tsx'), 'SettingsPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    signIn,
    link,
    workspace.addChildren([
      map,
      touchpoints,
      proposal,
      customers,
      customer,
      imports,
      refusals,
      settings,
    ]),
  ]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
