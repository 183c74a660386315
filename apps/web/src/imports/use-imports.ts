import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import { healing } from '../api/query-client.ts'
import type { AnswerOf, BodyOf } from '../api/routes.ts'
import { type Asked, asked } from '../ui/asked.ts'

export type ImportView = AnswerOf<'import'>
export type ImportLook = AnswerOf<'look'>
export type ImportOptions = BodyOf<'look'>

/** A running import is looked at this often. */
const POLL_MS = 500

export function useImports(workspace: string): Asked<readonly ImportView[]> {
  const ask = useAsk()
  return asked(
    useQuery({
      queryKey: ['imports', workspace],
      queryFn: ({ signal }) => ask('imports', { params: { workspace }, signal }),
      refetchInterval: ({ state }) =>
        state.error === null && state.data?.some((one) => one.state === 'running') === true
          ? POLL_MS
          : healing(state.error),
    }),
  )
}

/** What the file is taken to be, with what the user says of it. */
export function useLook(
  workspace: string,
  importId: string,
  options: ImportOptions,
): Asked<ImportLook> {
  const ask = useAsk()
  return asked(
    useQuery({
      queryKey: ['look', workspace, importId, options],
      queryFn: ({ signal }) =>
        ask('look', { params: { workspace, importId }, body: options, signal }),
      placeholderData: (before) => before,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  )
}

export function useRunImport(workspace: string) {
  const ask = useAsk()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ importId, ...body }: { importId: string } & BodyOf<'run'>) =>
      ask('run', { params: { workspace, importId }, body }),
    // Everything that was counted before is older than the file now; only what the file is stays so.
    onSuccess: () =>
      client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'look' }),
  })
}

export function useCancelImport(workspace: string) {
  const ask = useAsk()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (importId: string) => ask('cancel', { params: { workspace, importId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports', workspace] }),
  })
}

/** How much an import brought that is still there. */
export function useBrought(workspace: string, importId: string): Asked<AnswerOf<'importEvents'>> {
  const ask = useAsk()
  return asked(
    useQuery({
      queryKey: ['brought', workspace, importId],
      queryFn: ({ signal }) => ask('importEvents', { params: { workspace, importId }, signal }),
      gcTime: 0,
    }),
  )
}

/** Whether an import may have brought something that is to be taken away before it is forgotten. */
export function mayHaveBrought({ state, dryRun }: ImportView): boolean {
  return !dryRun && (state === 'done' || state === 'failed' || state === 'cancelled')
}

/** Takes away what an import brought, and forgets it; one that runs is stopped. */
export function useWithdraw(workspace: string) {
  const ask = useAsk()
  return async (view: ImportView) => {
    const params = { workspace, importId: view.importId }
    if (mayHaveBrought(view)) await ask('removeImportEvents', { params })
    await ask('cancel', { params })
  }
}

export function useDeleteImport(workspace: string) {
  const withdraw = useWithdraw(workspace)
  const client = useQueryClient()
  return useMutation({
    mutationFn: withdraw,
    // Everything that was counted before counted it too.
    onSuccess: () =>
      client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'brought' }),
  })
}
