import { type QuestionContext, knownWordsQuery } from '@parcurs/analytics'
import {
  type SegmentRule,
  type UnknownWord,
  unknownWords,
  type Vocabulary,
  type WordKind,
  wordsOf,
} from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'

/** So long the store may look for traits and properties; what it did not find out is not called unknown. */
const PATIENCE_SECONDS = 2

/** Words of a rule that nothing in the data is like yet. They are allowed: what they mean may still come. */
export async function unknownHere(
  clickhouse: ClickHouse,
  rule: SegmentRule,
  context: QuestionContext,
  signal: AbortSignal,
): Promise<readonly UnknownWord[]> {
  const words = wordsOf(rule)
  const asked = (kind: WordKind) => words.flatMap((word) => (word.kind === kind ? [word.name] : []))
  const traits = asked('trait')
  const properties = asked('property')
  const stored = await storedWords(clickhouse, context, { traits, properties }, signal)
  const vague = context.kinds.some(({ coarseName }) => coarseName === true)
  const vocabulary: Vocabulary = {
    event: vague ? null : new Set(context.kinds.map(({ name }) => name)),
    channel: vague ? null : new Set(context.kinds.map(({ channel }) => channel)),
    touchpoint: new Set(context.touchpoints.keys()),
    map: new Set(context.maps.keys()),
    segment: new Set(asked('segment').filter((id) => context.segment(id) !== null)),
    list: null,
    trait: stored?.trait ?? null,
    property: stored?.property ?? null,
  }
  return unknownWords(rule, vocabulary)
}

interface StoredWords {
  readonly trait: ReadonlySet<string>
  readonly property: ReadonlySet<string>
}

/** Which of them are there; null: it took too long to find out. */
async function storedWords(
  clickhouse: ClickHouse,
  { reading }: QuestionContext,
  { traits, properties }: Readonly<Record<'traits' | 'properties', readonly string[]>>,
  signal: AbortSignal,
): Promise<StoredWords | null> {
  if (traits.length + properties.length === 0) return { trait: new Set(), property: new Set() }
  try {
    const rows = await clickhouse.rows<{ readonly kind: string; readonly name: string }>(
      knownWordsQuery(reading, traits, properties),
      { signal, maxSeconds: PATIENCE_SECONDS },
    )
    const found = (kind: string) =>
      new Set(rows.flatMap((row) => (row.kind === kind ? [row.name] : [])))
    return { trait: found('trait'), property: found('property') }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'too-slow') return null
    throw error
  }
}
