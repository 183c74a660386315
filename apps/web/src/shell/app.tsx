import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type RegisteredRouter, RouterProvider } from '@tanstack/react-router'
import { type Ask, AskContext } from '../api/ask.ts'
import { DeviceContext, type DeviceMemory } from '../device/device-memory.ts'
import { type Words, WordsContext } from '../languages/words.ts'

/** What the interface stands on: made once, handed down. */
export interface Ground {
  readonly ask: Ask
  readonly client: QueryClient
  readonly words: Words
  readonly memory: DeviceMemory
  readonly router: RegisteredRouter
}

export function App({ ground }: { readonly ground: Ground }) {
  return (
    <AskContext value={ground.ask}>
      <DeviceContext value={ground.memory}>
        <WordsContext value={ground.words}>
          <QueryClientProvider client={ground.client}>
            <RouterProvider router={ground.router} />
          </QueryClientProvider>
        </WordsContext>
      </DeviceContext>
    </AskContext>
  )
}
