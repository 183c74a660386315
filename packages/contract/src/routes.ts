import { accessRoutes } from './access-routes.ts'
import { healthRoutes } from './health-routes.ts'
import type { Route } from './route.ts'

/** Every route there is: what is not here is not served. Each noun adds its routes' object. */
export const ROUTES: readonly Route[] = [healthRoutes, accessRoutes].flatMap((routes) =>
  Object.values<Route>(routes),
)
