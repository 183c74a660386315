import { lazyRouteComponent } from '@tanstack/react-router'
import type { Noun } from '../languages/english.ts'
import type { Words } from '../languages/words.ts'

export interface RouterContext {
  readonly words: Words
}

/** What a route needs before it is drawn: its code and the words of its nouns, fetched side by side. */
export function screen<M extends Readonly<Record<string, unknown>>, K extends keyof M & string>(
  load: () => Promise<M>,
  name: K,
  nouns: readonly Noun[],
) {
  return {
    component: lazyRouteComponent(load, name),
    loader: ({ context }: { readonly context: RouterContext }) => context.words.open(nouns),
  }
}
