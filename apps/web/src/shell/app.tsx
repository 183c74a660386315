import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type Ask, AskContext } from '../api/ask.ts'
import { router } from './router.tsx'

/** The whole interface over one way to ask and what is known already. */
export function App({ ask, client }: { readonly ask: Ask; readonly client: QueryClient }) {
  return (
    <AskContext value={ask}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </AskContext>
  )
}
