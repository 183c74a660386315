import { queryOptions } from '@tanstack/react-query'
import type { Ask } from '../api/ask.ts'

// What is asked of maps, once as data: hooks use it, and the first questions are sent by it before a screen is loaded.

export interface ListedMap {
  readonly id: string
  readonly version: number
}

export function mapsQuery(ask: Ask, workspace: string) {
  return queryOptions({
    queryKey: ['maps', workspace],
    queryFn: ({ signal }) => ask('maps', { params: { workspace }, signal }),
  })
}

export function mapQuery(ask: Ask, workspace: string, mapId: string) {
  return queryOptions({
    queryKey: ['map', workspace, mapId],
    queryFn: ({ signal }) => ask('map', { params: { workspace, mapId }, signal }),
  })
}
