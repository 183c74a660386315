import { accessRoutes } from './access-routes.ts'
import { backupRoutes } from './backup-routes.ts'
import { collectRoutes } from './collect-routes.ts'
import { customerRoutes } from './customer-routes.ts'
import { docsRoutes } from './docs-routes.ts'
import { healthRoutes } from './health-routes.ts'
import { importRoutes } from './import-routes.ts'
import { logRoutes } from './log-routes.ts'
import { mapRoutes } from './map-routes.ts'
import { questionRoutes } from './question-routes.ts'
import { removalRoutes } from './removal-routes.ts'
import type { Route } from './route.ts'
import { segmentRoutes } from './segment-routes.ts'
import { touchpointRoutes } from './touchpoint-routes.ts'
import { vocabularyRoutes } from './vocabulary-routes.ts'

/** Every route there is: what is not here is not served. Each noun adds its routes' object. */
export const ROUTES: readonly Route[] = [
  healthRoutes,
  accessRoutes,
  collectRoutes,
  touchpointRoutes,
  mapRoutes,
  customerRoutes,
  segmentRoutes,
  questionRoutes,
  vocabularyRoutes,
  importRoutes,
  logRoutes,
  removalRoutes,
  backupRoutes,
  docsRoutes,
].flatMap((routes) => Object.values<Route>(routes))
