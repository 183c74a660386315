import type { EventKind } from '@parcurs/domain'
import { pageNames } from '../session/session-plan.ts'

/** The page that each kind is a view of, as a code from 1; 0: the kind is no page view. */
export interface PageCodes {
  /** `byKind[0]` is unused. */
  readonly byKind: readonly number[]
  /** Names by code; the first is unused. */
  readonly pages: readonly string[]
}

export function pageCodes(kinds: readonly EventKind[]): PageCodes {
  const names = new Set(pageNames(kinds))
  const pages: string[] = ['']
  const codes = new Map<string, number>()
  const byKind: number[] = [0]
  for (const kind of kinds) {
    while (byKind.length <= kind.code) byKind.push(0)
    if (!names.has(kind.name)) continue
    const page = kind.path === '' ? kind.name : kind.path
    const code = codes.get(page) ?? pages.push(page) - 1
    codes.set(page, code)
    byKind[kind.code] = code
  }
  return { byKind, pages }
}
