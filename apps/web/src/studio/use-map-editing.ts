import type { NumberedEdit } from '@parcurs/domain'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { type Ask, useAsk } from '../api/ask.ts'
import { Problem } from '../api/problem.ts'
import { useMe } from '../api/use-me.ts'
import { answerIn, type Asked, asked } from '../ui/asked.ts'
import { keptEdits } from './kept-edits.ts'
import { type Editing, MapEditing, type MapServer, type SentAnswer } from './map-editing.ts'

/** So long after the last change it is sent: a word is one edit, not a letter. */
const REST_MS = 300
/** So often it is asked what others did. */
const ASKED_AGAIN_MS = 2000

/** The map's editing in this window, opened once. What was kept by somebody else on this device is not sent as mine. */
export function useMapEditing(workspace: string, mapId: string): Asked<MapEditing> {
  const ask = useAsk()
  const me = answerIn(useMe())?.user?.id
  return asked(
    useQuery({
      queryKey: ['map-editing', workspace, mapId, me],
      enabled: me !== undefined,
      staleTime: Number.POSITIVE_INFINITY,
      // A window that comes back reads the map anew: what was kept here was sent when it left.
      gcTime: 0,
      queryFn: () => {
        const params = { workspace, mapId }
        const server: MapServer = {
          read: () => ask('mapDocument', { params }),
          send: (client, edits) => sendTo(ask, params, client, edits),
          editsAfter: (after) => ask('mapEdits', { params, query: { after } }),
        }
        const kept = keptEdits(() => window.localStorage, `${me}.${workspace}.${mapId}`)
        return MapEditing.open(server, kept, crypto.randomUUID())
      },
    }),
  )
}

/** What the editing holds now; it is kept in step with the server for as long as this is drawn. */
export function useEditing(editing: MapEditing, workspace: string): Editing {
  const now = useSyncExternalStore(editing.subscribe, () => editing.now)
  const { pending, confirmed } = now.session
  useEffect(() => {
    if (pending.length === 0) return
    const timer = setTimeout(() => void editing.sync(), REST_MS)
    return () => clearTimeout(timer)
  }, [editing, pending])
  useEffect(() => {
    const sync = () => {
      if (document.visibilityState === 'visible') void editing.sync()
    }
    const timer = setInterval(sync, ASKED_AGAIN_MS)
    window.addEventListener('online', sync)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', sync)
      void editing.sync()
    }
  }, [editing])
  // Numbers follow the steps: with another journey they are asked anew.
  const client = useQueryClient()
  const { map, stages, steps } = confirmed
  useEffect(() => {
    for (const key of ['maps', 'map']) void client.invalidateQueries({ queryKey: [key, workspace] })
  }, [client, workspace, map, stages, steps])
  return now
}

/** One edit that the server cannot read holds up no other: it is found by halves, and told. */
async function sendTo(
  ask: Ask,
  params: { readonly workspace: string; readonly mapId: string },
  client: string,
  edits: readonly NumberedEdit[],
): Promise<{ readonly answers: readonly SentAnswer[] }> {
  try {
    return await ask('editMap', { params, body: { client, edits: edits.map(sent) } })
  } catch (error) {
    if (!(error instanceof Problem && error.status === 400)) throw error
    const [only] = edits
    if (edits.length === 1 && only !== undefined) {
      return { answers: [{ seq: only.seq, refused: 'unfit' }] }
    }
    const half = Math.ceil(edits.length / 2)
    const first = await sendTo(ask, params, client, edits.slice(0, half))
    const second = await sendTo(ask, params, client, edits.slice(half))
    return { answers: [...first.answers, ...second.answers] }
  }
}

function sent({ seq, changes, careful }: NumberedEdit) {
  return { seq, careful, changes: [...changes] }
}
