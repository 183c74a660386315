import { ADDRESSES, filledAddress } from '@parcurs/contract/addresses'
import { createContext, use } from 'react'
import { Problem, problemOf, UNREACHABLE } from './problem.ts'
import { type AnswerOf, type BodyOf, type RouteName } from './routes.ts'

export interface Asking<Body> {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly body?: Body
  readonly signal?: AbortSignal
}

/** Asks one route of the contract. Throws `Problem`. Handed to the screens, so that the fixture can stand in its place. */
export type Ask = <N extends RouteName>(name: N, asking?: Asking<BodyOf<N>>) => Promise<AnswerOf<N>>

/**
 * Over the network, to our own server. The session is a SameSite cookie and the body is JSON, which a foreign form cannot send:
 * together they close CSRF.
 */
export const askServer: Ask = async (name, asking = {}) => {
  const { method, path } = placeOf(name, asking)
  const { body, signal } = asking
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted === true) throw cause
    throw new Problem(0, UNREACHABLE, '')
  })
  if (!response.ok) throw await problemOf(response)
  const text = await response.text()
  return JSON.parse(text === '' ? 'null' : text)
}

/** The method and the address with its parameters filled in, behind the place to which this installation's cookie goes. */
export function placeOf(
  name: RouteName,
  asking: Pick<Asking<unknown>, 'params' | 'query'>,
): { readonly method: string; readonly path: string } {
  const { method, path } = ADDRESSES[name]
  return { method, path: `${placeOnHost()}${filledAddress(path, asking.params, asking.query)}` }
}

/** What the server says in its page must stand before its addresses; nothing behind TLS, and in development. */
function placeOnHost(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="parcurs-place"]')?.content ?? ''
}

export const AskContext = createContext<Ask>(askServer)

export function useAsk(): Ask {
  return use(AskContext)
}
