import { createContext, use } from 'react'
import type { MyWorkspace } from '../api/use-me.ts'

export const WorkspaceContext = createContext<MyWorkspace | null>(null)

/** The workspace shown. Only screens under `/w/$workspace` may ask. */
export function useWorkspace(): MyWorkspace {
  const workspace = use(WorkspaceContext)
  if (workspace === null) throw new Error('No workspace is shown here')
  return workspace
}
