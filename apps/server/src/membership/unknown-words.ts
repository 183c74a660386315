import { type QuestionContext, type Compiled, knownWordsQuery } from '@parcurs/analytics'
import {
  type EventLeaf,
  eventsOf,
  placedLeaves,
  type SegmentLeaf,
  type SegmentRule,
  type TouchpointLeaf,
} from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'

export interface UnknownWord {
  readonly place: string
  readonly kind:
    | 'event'
    | 'property'
    | 'trait'
    | 'channel'
    | 'touchpoint'
    | 'segment'
    | 'list'
    | 'map'
  readonly name: string
}

/** So long the store may look for traits and properties; what it did not find out is not called unknown. */
const PATIENCE_SECONDS = 2

/** Words of a rule that nothing in the data is like yet. They are allowed: what they mean may still come. */
export async function unknownWords(
  clickhouse: ClickHouse,
  rule: SegmentRule,
  context: QuestionContext,
  signal: AbortSignal,
): Promise<readonly UnknownWord[]> {
  const words = placedLeaves(rule, 'rule').flatMap(([leaf, place]) => wordsOf(leaf, place))
  const names = new Set(context.kinds.map(({ name }) => name))
  const channels = new Set(context.kinds.map(({ channel }) => channel))
  const asked = (kind: UnknownWord['kind']) =>
    words.flatMap((word) => (word.kind === kind ? [word.name] : []))
  const stored = await storedWords(
    clickhouse,
    knownWordsQuery(context.reading, asked('trait'), asked('property')),
    asked('trait').length + asked('property').length,
    signal,
  )
  const isKnown = ({ kind, name }: UnknownWord): boolean => {
    switch (kind) {
      case 'event':
        return names.has(name) || context.kinds.some(({ coarseName }) => coarseName === true)
      case 'channel':
        return channels.has(name)
      case 'touchpoint':
        return context.touchpoints.has(name)
      case 'map':
        return context.maps.has(name)
      case 'segment':
        return context.segment(name) !== null
      case 'trait':
      case 'property':
        return stored === null || stored.has(`${kind} ${name}`)
      case 'list':
        return true
    }
  }
  return words.filter((word) => !isKnown(word))
}

async function storedWords(
  clickhouse: ClickHouse,
  query: Compiled,
  asked: number,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | null> {
  if (asked === 0) return new Set()
  try {
    const rows = await clickhouse.rows<{ readonly kind: string; readonly name: string }>(query, {
      signal,
      maxSeconds: PATIENCE_SECONDS,
    })
    return new Set(rows.map(({ kind, name }) => `${kind} ${name}`))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'too-slow') return null
    throw error
  }
}

function wordsOf(leaf: SegmentLeaf, place: string): readonly UnknownWord[] {
  const ofEvents = eventsOf(leaf).flatMap(([at, event]) =>
    placedLeaves<EventLeaf | TouchpointLeaf>(event, `${place}.${at}`).flatMap(([one, where]) =>
      eventWords(one, where),
    ),
  )
  switch (leaf.kind) {
    case 'trait':
      return leaf.trait.startsWith('group.')
        ? []
        : [{ place: `${place}.trait`, kind: 'trait', name: leaf.trait }]
    case 'on-map':
      return [{ place: `${place}.map`, kind: 'map', name: leaf.map }]
    case 'in':
      return [{ place: `${place}.id`, kind: leaf.of, name: leaf.id }]
    case 'said':
      return leaf.touchpoint === null
        ? []
        : [{ place: `${place}.touchpoint`, kind: 'touchpoint', name: leaf.touchpoint }]
    case 'amount':
    case 'distinct':
      return leaf.of.kind === 'property'
        ? [...ofEvents, { place: `${place}.of.property`, kind: 'property', name: leaf.of.property }]
        : ofEvents
    default:
      return ofEvents
  }
}

function eventWords(leaf: EventLeaf | TouchpointLeaf, place: string): readonly UnknownWord[] {
  switch (leaf.kind) {
    case 'event':
      return leaf.names.map((name, i) => ({ place: `${place}.names[${i}]`, kind: 'event', name }))
    case 'channel':
      return leaf.channels.map((name, i) => ({
        place: `${place}.channels[${i}]`,
        kind: 'channel',
        name,
      }))
    case 'property':
      return [{ place: `${place}.property`, kind: 'property', name: leaf.property }]
    case 'touchpoint':
      return [{ place: `${place}.touchpoint`, kind: 'touchpoint', name: leaf.touchpoint }]
    case 'url':
      return []
  }
}
