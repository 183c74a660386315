import type { TransitionMeasure } from '@parcurs/analytics'
import type { JourneyMap } from '@parcurs/domain'
import type { MapColumn } from './map-columns.ts'
import { kindOfMove, type Move } from './move.ts'

/** Moves between the columns shown, and the loops that were drawn, walked or not. */
export function movesOf(
  map: JourneyMap,
  transitions: readonly TransitionMeasure[],
  columns: readonly MapColumn[],
): readonly Move[] {
  const at = new Map(columns.map(({ id }, i) => [id, i]))
  const loops = new Map(
    map.stages.flatMap(({ steps }) => steps.map(({ id, loopsTo }) => [id, loopsTo])),
  )
  const placeOf = (id: string) => columns[at.get(id) ?? -1]?.place
  const drawn = (from: string, to: string) =>
    loops.get(from)?.some((id) => placeOf(id) === placeOf(to)) === true
  const walked = transitions.flatMap(({ from, to, customers }) => {
    const [start, end] = [at.get(from), at.get(to)]
    if (start === undefined || end === undefined) return []
    const kind = kindOfMove(placeOf(from) ?? 0, placeOf(to) ?? 0, drawn(from, to))
    return [{ from: start, to: end, customers, kind }]
  })
  const unwalked = [...loops].flatMap(([id, ids]) =>
    ids.flatMap((to): readonly Move[] => {
      const [start, end] = [at.get(id), at.get(to)]
      if (start === undefined || end === undefined) return []
      if (walked.some((move) => move.from === start && move.to === end)) return []
      return [{ from: start, to: end, customers: 0, kind: 'loop' }]
    }),
  )
  return [...walked, ...unwalked]
}
