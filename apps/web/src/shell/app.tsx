import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { type Ask, AskContext } from '../api/ask.ts'
import { Problem } from '../api/problem.ts'
import { router } from './router.tsx'

/** The whole interface over one way to ask. */
export function App({ ask }: { readonly ask: Ask }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            // A refusal stays one; what the network or a restart lost is asked twice more.
            retry: (failures, error) =>
              failures < 2 &&
              !(error instanceof Problem && error.status >= 400 && error.status < 500),
            refetchOnWindowFocus: false,
            staleTime: 15_000,
          },
        },
      }),
  )
  return (
    <AskContext value={ask}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </AskContext>
  )
}
