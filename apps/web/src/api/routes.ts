import type {
  accessRoutes,
  collectRoutes,
  customerRoutes,
  importRoutes,
  mapRoutes,
  questionRoutes,
  removalRoutes,
  Route,
  segmentRoutes,
  touchpointRoutes,
  vocabularyRoutes,
} from '@parcurs/contract'
import type { AddressName } from '@parcurs/contract/addresses'
import type { z } from 'zod'

/** Types only: the schemas themselves (and zod with them) stay out of the browser. */
type Routes = typeof accessRoutes &
  typeof touchpointRoutes &
  typeof mapRoutes &
  typeof customerRoutes &
  typeof vocabularyRoutes &
  typeof importRoutes &
  typeof questionRoutes &
  typeof segmentRoutes &
  typeof removalRoutes &
  Pick<typeof collectRoutes, 'refusals'>

/** What the screens may ask. */
export type RouteName = keyof Routes & AddressName

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
