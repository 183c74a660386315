import { command, type Server } from './server.ts'

const PERIOD = { fromMs: Date.UTC(2026, 4, 1), toMs: Date.UTC(2026, 9, 1) }

/** The measured part of the map that the data itself proposes: no ids, no instant of asking. */
export async function mapNumbers(server: Server): Promise<unknown> {
  const proposal = await command(server, 'POST', '/api/workspaces/main/maps/proposal', {})
  const { mapId } = await command<{ mapId: string }>(
    server,
    'POST',
    '/api/workspaces/main/maps/accept',
    { proposal },
  )
  const question = {
    version: 1,
    kind: 'living-map',
    mapId,
    period: PERIOD,
    segment: null,
    compareTo: null,
    windowDays: null,
  }
  const answer = await command<{ measured: unknown }>(server, 'POST', '/api/workspaces/main/ask', {
    question,
  })
  return withoutIds(answer.measured)
}

/** Ids are made anew for every map; names of steps do not stand in the measures, their order does. */
function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !/[iI]d$|^from$|^to$|^overlaps$/.test(key))
      .map(([key, held]) => [key, withoutIds(held)]),
  )
}
