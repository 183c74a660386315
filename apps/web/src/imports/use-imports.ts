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
    mutationFn: ({ importId, options }: { importId: string; options: ImportOptions }) =>
      ask('run', { params: { workspace, importId }, body: { options } }),
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
