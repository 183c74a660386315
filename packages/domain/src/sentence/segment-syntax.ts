import type { ComparisonOf } from '../condition/comparison.ts'
import type {
  AmountLeaf,
  DidLeaf,
  DistinctLeaf,
  MomentLeaf,
  NumberTest,
  SaidLeaf,
  SegmentLeaf,
  SequenceLeaf,
  EventRule,
} from '../segment/segment-rule.ts'
import type { FeedbackScale } from '../feedback.ts'
import type { Window } from '../segment/window.ts'
import { testSyntax, timesSyntax, traitComparison } from './comparison-syntax.ts'
import { eventSyntax } from './event-syntax.ts'
import { onMapSyntax } from './on-map-syntax.ts'
import type { SentenceNames } from './sentence-names.ts'
import type { SentencePiece } from './sentence-piece.ts'
import type { Read, SourceText } from './source-text.ts'
import type { SpokenWords } from './spoken-words.ts'
import {
  either,
  elseMeant,
  maybe,
  noneSaid,
  ofWhole,
  phrase,
  saidAs,
  type Syntax,
  theField,
} from './syntax.ts'
import { fieldName, named, quoted } from './token-syntax.ts'
import { durationSyntax, windowSyntax } from './window-syntax.ts'

/** One condition on a customer: "who did “Order” at least 2 times in the last 90 days". */
export function segmentLeafSyntax(spoken: SpokenWords, names: SentenceNames): Syntax<SegmentLeaf> {
  const { leaf, quotes, test } = spoken.phrases
  const shared: Shared = {
    spoken,
    names,
    event: eventSyntax(spoken, names),
    window: elseMeant<Window>(windowSyntax(spoken), { kind: 'ever' }),
    field: fieldName(quotes, spoken.own),
    test: testSyntax(test),
  }
  const member = (of: 'segment' | 'list'): Syntax<SegmentLeaf> =>
    saidAs<SegmentLeaf, { readonly id: string }>(
      phrase(leaf[of], {
        id: named(
          of === 'segment' ? names.segments : names.lists,
          quotes,
          of === 'segment' ? 'known-segment' : 'known-list',
        ),
      }),
      (given) => (given.kind === 'in' && given.of === of ? given : null),
      ({ id }) => ({ kind: 'in', of, id }),
    )
  return either<SegmentLeaf>(
    ...didSyntax(shared),
    amountSyntax(shared),
    ...distinctSyntax(shared),
    momentSyntax('first', shared),
    momentSyntax('last', shared),
    sequenceSyntax(shared),
    onMapSyntax(spoken, names, shared.window),
    saidSyntax('latest', shared),
    saidSyntax('any', shared),
    member('segment'),
    member('list'),
    saidAs<SegmentLeaf, { readonly trait: string; readonly comparison: ComparisonOf<'trait'> }>(
      phrase(leaf.trait, { trait: shared.field, comparison: ofWhole(traitComparison(spoken)) }),
      (given) => (given.kind === 'trait' ? { trait: given.trait, comparison: given } : null),
      ({ trait, comparison }) => ({ kind: 'trait', trait, ...comparison }),
    ),
  )
}

interface Shared {
  readonly spoken: SpokenWords
  readonly names: SentenceNames
  readonly event: Syntax<EventRule>
  readonly window: Syntax<Window>
  readonly field: Syntax<string>
  readonly test: Syntax<NumberTest>
}

function didSyntax({ spoken, event, window }: Shared): readonly Syntax<SegmentLeaf>[] {
  const { leaf } = spoken.phrases
  return [
    saidAs<SegmentLeaf, Pick<DidLeaf, 'event' | 'window'>>(
      phrase(leaf.didNot, { event, window }),
      (given) =>
        given.kind === 'did' && given.times.op === 'lte' && given.times.value === 0 ? given : null,
      (read) => ({ kind: 'did', ...read, times: { op: 'lte', value: 0 } }),
    ),
    saidAs<SegmentLeaf, Omit<DidLeaf, 'kind'>>(
      phrase(leaf.did, {
        event,
        times: elseMeant<NumberTest>(timesSyntax(spoken), { op: 'gte', value: 1 }),
        window,
      }),
      (given) => (given.kind === 'did' ? given : null),
      (read) => ({ kind: 'did', ...read }),
    ),
  ]
}

type AmountSaid = Pick<AmountLeaf, 'amount' | 'of'>

function amountSyntax({ spoken, event, window, field, test }: Shared): Syntax<SegmentLeaf> {
  const { leaf, amount } = spoken.phrases
  const words = theField('.amount')
  const by = (kind: AmountLeaf['amount']): readonly Syntax<AmountSaid>[] => [
    saidAs<AmountSaid, Readonly<Record<never, never>>>(
      phrase(amount[kind].value, {}, words),
      (given) => (given.amount === kind && given.of.kind === 'value' ? {} : null),
      () => ({ amount: kind, of: { kind: 'value' } }),
    ),
    saidAs<AmountSaid, { readonly property: string }>(
      phrase(amount[kind].property, { property: ofProperty(field) }, words),
      (given) =>
        given.amount === kind && given.of.kind === 'property'
          ? { property: given.of.property }
          : null,
      ({ property }) => ({ amount: kind, of: { kind: 'property', property } }),
    ),
  ]
  return saidAs<
    SegmentLeaf,
    Pick<AmountLeaf, 'event' | 'test' | 'window'> & { readonly amount: AmountSaid }
  >(
    phrase(leaf.amount, {
      amount: ofWhole(either(...by('sum'), ...by('average'), ...by('smallest'), ...by('largest'))),
      event,
      test,
      window,
    }),
    (given) => (given.kind === 'amount' ? { ...given, amount: given } : null),
    ({ amount: said, ...read }) => ({ kind: 'amount', ...read, ...said }),
  )
}

/** A property that stands as `of.property`. */
function ofProperty(field: Syntax<string>): Syntax<string> {
  return {
    write: (value, place) =>
      field.write(value, `${place.slice(0, place.lastIndexOf('.'))}.of.property`),
    read: field.read,
  }
}

function distinctSyntax({
  spoken,
  event,
  window,
  field,
  test,
}: Shared): readonly Syntax<SegmentLeaf>[] {
  const { leaf } = spoken.phrases
  type Days = Pick<DistinctLeaf, 'event' | 'test' | 'window'>
  return [
    saidAs<SegmentLeaf, Days>(
      phrase(leaf.days, { event, test, window }),
      (given) => (given.kind === 'distinct' && given.of.kind === 'days' ? given : null),
      (read) => ({ kind: 'distinct', of: { kind: 'days' }, ...read }),
    ),
    saidAs<SegmentLeaf, Days & { readonly property: string }>(
      phrase(leaf.values, { event, test, window, property: ofProperty(field) }),
      (given) =>
        given.kind === 'distinct' && given.of.kind === 'property'
          ? { ...given, property: given.of.property }
          : null,
      ({ property, ...read }) => ({
        kind: 'distinct',
        of: { kind: 'property', property },
        ...read,
      }),
    ),
  ]
}

function momentSyntax(
  kind: MomentLeaf['kind'],
  { spoken, event, window }: Shared,
): Syntax<SegmentLeaf> {
  return saidAs<SegmentLeaf, Omit<MomentLeaf, 'kind'>>(
    phrase(spoken.phrases.leaf[kind], { event, window }),
    (given) => (given.kind === kind && 'event' in given ? given : null),
    (read) => ({ kind, ...read }),
  )
}

function sequenceSyntax({ spoken, event, window }: Shared): Syntax<SegmentLeaf> {
  const { leaf, sequence } = spoken.phrases
  const time = (words: string): Syntax<number> =>
    saidAs<number, { readonly ms: number }>(
      phrase(words, { ms: ofWhole(durationSyntax(spoken)) }, theField()),
      (ms) => ({ ms }),
      ({ ms }) => ms,
    )
  const without = saidAs<EventRule, { readonly event: EventRule }>(
    phrase(sequence.without, { event: ofWhole(event) }, theField()),
    (rule) => ({ event: rule }),
    (read) => read.event,
  )
  return saidAs<SegmentLeaf, Omit<SequenceLeaf, 'kind'>>(
    phrase(leaf.sequence, {
      steps: series(event, sequence.next),
      stepWithinMs: maybe(time(sequence.stepWithinMs)),
      withinMs: maybe(time(sequence.withinMs)),
      without: maybe(without),
      window,
    }),
    (given) => (given.kind === 'sequence' ? given : null),
    (read) => ({ kind: 'sequence', ...read }),
  )
}

/** One after the other, at least one. */
function series(event: Syntax<EventRule>, then: string): Syntax<readonly EventRule[]> {
  return {
    write: (steps, place) => [
      ...steps.flatMap((step, i): readonly SentencePiece[] => [
        ...(i === 0 ? [] : [{ text: then, place: null }]),
        ...(event.write(step, `${place}[${i}]`) ?? []),
      ]),
      // The next one, if there is to be one.
      { text: '', place: `${place}[${steps.length}]` },
    ],
    read: (source: SourceText, at: number): readonly Read<readonly EventRule[]>[] => {
      const steps: EventRule[] = []
      const ways: Read<readonly EventRule[]>[] = []
      for (let next: number | null = at; next !== null; ) {
        const [read] = event.read(source, next)
        if (read === undefined) break
        steps.push(read.value)
        ways.unshift({ value: [...steps], end: read.end })
        next = source.words(then, read.end)
      }
      return ways
    },
  }
}

const SCALES: readonly FeedbackScale[] = ['nps', 'csat', 'ces', 'sentiment']

function saidSyntax(
  which: SaidLeaf['which'],
  { spoken, names, window }: Shared,
): Syntax<SegmentLeaf> {
  const { leaf, said, quotes } = spoken.phrases
  const scale = either(
    ...SCALES.map((one) =>
      saidAs<FeedbackScale, Readonly<Record<never, never>>>(
        phrase(said.scale[one], {}, theField()),
        (given) => (given === one ? {} : null),
        () => one,
      ),
    ),
  )
  const anyScore = noneSaid<NumberTest>(said.anyScore, theField())
  const score: Syntax<NumberTest | null> = either<NumberTest | null>(
    anyScore,
    saidAs<NumberTest | null, NumberTest>(
      testSyntax(said.score),
      (test) => test,
      (test) => test,
    ),
  )
  const touchpoint = saidAs<string, { readonly touchpoint: string }>(
    phrase(
      said.about,
      {
        touchpoint: ofWhole(named(names.touchpoints, quotes, 'known-touchpoint')),
      },
      theField(),
    ),
    (id) => ({ touchpoint: id }),
    (read) => read.touchpoint,
  )
  const words = saidAs<string, { readonly words: string }>(
    phrase(said.words, { words: ofWhole(quoted(quotes)) }, theField()),
    (text) => ({ words: text }),
    (read) => read.words,
  )
  return saidAs<SegmentLeaf, Omit<SaidLeaf, 'kind' | 'which'>>(
    phrase(which === 'latest' ? leaf.latestSaid : leaf.anySaid, {
      scale,
      touchpoint: maybe(touchpoint),
      words: maybe(words),
      window,
      test: score,
    }),
    (given) => (given.kind === 'said' && given.which === which ? given : null),
    (read) => ({ kind: 'said', which, ...read }),
  )
}
