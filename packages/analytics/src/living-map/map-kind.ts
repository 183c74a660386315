import { detailMapsOf, type JourneyMap } from '@parcurs/domain'
import { datedPeriod } from '../asking/events-asked.ts'
import {
  definitionOf,
  type Planned,
  type QuestionContext,
  type QuestionKind,
} from '../asking/question-kind.ts'
import { type KindTimes, type Reads, rowsOf } from '../asking/read.ts'
import { at, held } from '../at.ts'
import type { Period } from '../question.ts'
import type { Misfit } from '../selection/misfit.ts'
import { segmentAsked } from '../segment/segment-asked.ts'
import { type EmotionRow, emotionQuery, emotions } from './emotion.ts'
import { lastEvents, type OpenLastRow, openLastQuery } from './last-events.ts'
import {
  anyTraitQuery,
  explainedLeaks,
  type LeakValueRow,
  leakPropertiesQuery,
  leakTraitsQuery,
  type TraitThereRow,
} from './leak-query.ts'
import { leakBeside } from './leak-rows.ts'
import type {
  DatedMapQuestion,
  DetailMeasures,
  FoundReason,
  LivingMapAnswer,
  LivingMapQuestion,
  MapMeasures,
} from './living-map.ts'
import { detailMeasures, mapMeasures, type StepFacts } from './map-answer.ts'
import { type MapCoding, mapCoding } from './map-coding.ts'
import { countMap, LEAK_SAMPLE } from './map-count.ts'
import type { MapCounted } from './map-counting.ts'

export interface MapFound {
  /** By the id of a map that a step links to. */
  readonly [detail: DetailName]: MapCounted
  readonly kindTimes: KindTimes
  /** Of the kinds whose step depends on properties. */
  readonly openLast: readonly OpenLastRow[]
  readonly anyTrait: readonly TraitThereRow[]
  readonly counted: MapCounted
  readonly felt: readonly EmotionRow[]
  /** Of the period compared with. */
  readonly countedBefore: MapCounted
  readonly feltBefore: readonly EmotionRow[]
  /** Of some who left and some who moved on; null: it took too long. */
  readonly leakProperties: readonly LeakValueRow[] | null
  readonly leakTraits: readonly LeakValueRow[] | null
}

type DetailName = `detail ${string}`

/** One map, ready to be counted. */
export interface CodedMap {
  readonly question: DatedMapQuestion
  readonly map: JourneyMap
  readonly coding: MapCoding
  readonly windowDays: number
  readonly windowMs: number
}

export interface MapAsked extends Planned, CodedMap {
  /** The maps that steps link to, each once. */
  readonly details: readonly CodedMap[]
}

const DAY_MS = 86_400_000
/** A map is told without what takes longer to find out about its leaks, and says so. */
const LEAK_SECONDS = 5

export const mapKind: QuestionKind<LivingMapQuestion, MapAsked, MapFound, LivingMapAnswer> = {
  mapsOf: ({ mapId }) => [mapId],
  segmentOf: ({ segment }) => segment,
  plan: planMap,
  reads,
  shape,
}

/** A map, ready to be measured. */
export function planMap(asked: LivingMapQuestion, context: QuestionContext): MapAsked | Misfit {
  const { maps } = context
  const question = datedQuestion(asked, context)
  if ('place' in question) return question
  const map = held(maps.get(question.mapId), `the map '${question.mapId}'`)
  const coded = codedMap(question, map, context)
  const details = detailMapsOf(map).flatMap((id) => {
    const detail = maps.get(id)
    return detail === undefined ? [] : [codedMap(question, detail, context)]
  })
  const { period, compareTo } = question
  const latestMs = Math.max(period.toMs, compareTo?.toMs ?? period.toMs)
  const windowMs = Math.max(...[coded, ...details].map((one) => one.windowMs))
  return { ...coded, details, period, settledMs: latestMs + windowMs }
}

function datedQuestion(
  asked: LivingMapQuestion,
  context: QuestionContext,
): DatedMapQuestion | Misfit {
  const during = datedPeriod('period', asked.period, context)
  if ('place' in during) return during
  if (asked.compareTo === null) return { ...asked, period: during.period, compareTo: null }
  const before = datedPeriod('compareTo', asked.compareTo, context)
  if ('place' in before) return before
  return { ...asked, period: during.period, compareTo: before.period }
}

function codedMap(
  question: DatedMapQuestion,
  map: JourneyMap,
  { touchpoints, kinds }: QuestionContext,
): CodedMap {
  const windowDays = question.windowDays ?? map.windowDays
  return {
    question,
    map,
    coding: mapCoding(map, touchpoints, kinds),
    windowDays,
    windowMs: windowDays * DAY_MS,
  }
}

function reads(
  asked: MapAsked,
  found: Partial<MapFound>,
  context: QuestionContext,
): Reads<MapFound> {
  const { question, coding } = asked
  const { reading } = context
  if (found.counted !== undefined) return readsOfLeaks(asked, found.counted, found, context)
  const { segment, compareTo } = question
  const openQuery = openLastQuery(reading, coding)
  const feltIn = (period: Period) =>
    rowsOf(emotionQuery(reading, period, segmentAsked(context, segment, period)))
  return {
    kindTimes: { as: 'kind-times' },
    ...(openQuery === null ? {} : { openLast: rowsOf(openQuery) }),
    anyTrait: rowsOf(anyTraitQuery(reading)),
    counted: countMap(asked, question.period, LEAK_SAMPLE, context),
    felt: feltIn(question.period),
    ...Object.fromEntries(
      asked.details.map((detail) => [
        detailName(detail.map.id),
        countMap(detail, question.period, 0, context),
      ]),
    ),
    ...(compareTo === null
      ? {}
      : {
          countedBefore: countMap(asked, compareTo, LEAK_SAMPLE, context),
          feltBefore: feltIn(compareTo),
        }),
  }
}

function detailName(mapId: string): DetailName {
  return `detail ${mapId}`
}

/** Looks into the events and traits of some who left and some who moved on. */
function readsOfLeaks(
  asked: MapAsked,
  { counts }: MapCounted,
  { anyTrait = [] }: Partial<MapFound>,
  context: QuestionContext,
): Reads<MapFound> {
  const { reading } = context
  const { byChange } = countMap(asked, asked.question.period, LEAK_SAMPLE, context)
  const beside =
    byChange === undefined ? undefined : leakBeside(byChange.key, reading, counts.evidence)
  const properties = leakPropertiesQuery(reading, counts.evidence)
  const traits = anyTrait.length === 0 ? null : leakTraitsQuery(reading, counts.evidence)
  return {
    ...(properties === null ? {} : { leakProperties: rowsOf(properties, LEAK_SECONDS, beside) }),
    ...(traits === null ? {} : { leakTraits: rowsOf(traits, LEAK_SECONDS) }),
  }
}

function shape(
  asked: MapAsked,
  found: Partial<MapFound>,
  context: QuestionContext,
): LivingMapAnswer {
  const { question, windowDays, map } = asked
  const { workspace, nowMs } = context
  const times = held(found.kindTimes, 'times of the kinds')
  const firstEventMs = [...times.firstMs.values()].reduce<number | null>(
    (first, ms) => (first === null || ms < first ? ms : first),
    null,
  )
  const last = lastEvents(asked.coding, times.lastMs, found.openLast ?? [])
  const counted = held(found.counted, 'counted map')
  const reasons = explainedLeaks(
    counted.counts.evidence,
    found.leakProperties ?? [],
    found.leakTraits ?? [],
  )
  const measured = measure(
    asked,
    {
      period: question.period,
      counted,
      felt: held(found.felt, 'feelings'),
      details: new Map(
        asked.details.map((detail) => {
          const { id } = detail.map
          return [id, detailMeasures(detail, held(found[detailName(id)], `the map '${id}'`).counts)]
        }),
      ),
    },
    last,
    reasons,
    context,
  )
  const compared =
    question.compareTo === null || !isCovered(question.compareTo, firstEventMs)
      ? null
      : measure(
          asked,
          {
            period: question.compareTo,
            counted: held(found.countedBefore, 'counted map of the former period'),
            felt: held(found.feltBefore, 'feelings of the former period'),
            // Told of the period that is asked about, like reasons.
            details: new Map(),
          },
          last,
          // Reasons are told of the period that is asked about.
          new Map(),
          context,
        )
  const parameters = {
    map: question.mapId,
    mapVersion: map.version,
    period: question.period,
    compareTo: question.compareTo,
    segment: question.segment,
    windowDays,
    visitPauseMinutes: 30,
    reasonsCutShort: found.leakProperties === null || found.leakTraits === null,
  }
  const sample = { unit: 'customers' as const, n: measured.entrants, share: 1 }
  return {
    version: 1,
    kind: 'living-map',
    question,
    nowMs,
    timeZone: workspace.timeZone,
    currency: workspace.currency,
    simulated: workspace.simulated,
    windowDays,
    firstEventMs,
    definition: definitionOf('the-living-map', parameters, sample, context),
    measured,
    compared,
  }
}

function isCovered({ fromMs }: Period, firstEventMs: number | null): boolean {
  return firstEventMs !== null && fromMs >= firstEventMs
}

interface OnePeriod {
  readonly period: Period
  readonly counted: MapCounted
  readonly felt: readonly EmotionRow[]
  /** By map. */
  readonly details: ReadonlyMap<string, DetailMeasures>
}

function measure(
  { map, coding }: MapAsked,
  { period, counted, felt, details }: OnePeriod,
  last: readonly (number | null)[],
  reasons: ReadonlyMap<string, readonly FoundReason[]>,
  { touchpoints }: QuestionContext,
): MapMeasures {
  const { counts } = counted
  const links = map.stages.flatMap(({ steps }) => steps.map(({ detailMapId }) => detailMapId))
  const feelings = emotions(map, touchpoints, coding.kindsOfStep, felt)
  const facts = counts.steps.map(
    (_, i): StepFacts => ({
      emotion: at(feelings, i),
      detail: details.get(links[i] ?? '') ?? null,
      lastEventMs: at(last, i),
      overlaps: at(coding.overlaps, i).map((step) => at(counts.steps, step).stepId),
    }),
  )
  return mapMeasures(period, counts, facts, reasons)
}
