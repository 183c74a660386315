import { UTC } from '@parcurs/domain'
import type { SegmentReading } from '../segment/segment-reading.ts'
import { compile, sql, type Sql } from '../sql.ts'
import { compiledLine, FOLDED, kindsNamed } from './compiled-line.ts'

/** A workspace with views (1) and orders (2), and nothing drawn. */
export const segmentReading: SegmentReading = {
  reading: FOLDED,
  kinds: kindsNamed('View', 'Order'),
  scope: {
    zone: UTC,
    weekStart: 'monday',
    period: null,
    touchpoint: () => null,
    map: () => null,
  },
  nowMs: Date.UTC(2026, 0, 31),
  asOfMs: null,
  listed: () => sql`SELECT customer FROM listed`,
}

export function written(piece: Sql | null) {
  const [text, ...params] = compiledLine(compile(piece ?? sql`everybody`))
  return { text, params }
}
