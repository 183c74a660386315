import {
  MAP_STATES,
  type MapState,
  type SegmentLeaf,
  STEP_STATES,
} from '../segment/segment-rule.ts'
import type { Window } from '../segment/window.ts'
import type { NamedMap, NamedThing, SentenceNames } from './sentence-names.ts'
import { gapAt } from './sentence-piece.ts'
import type { SourceText } from './source-text.ts'
import type { SpokenWords } from './spoken-words.ts'
import { either, ofWhole, phrase, saidAs, type Syntax } from './syntax.ts'
import { blank, nameParts, type ReadName, readNamed } from './token-syntax.ts'

/** Where on a map. The step is named before its map, so both are looked up when both are read. */
export function onMapSyntax(
  spoken: SpokenWords,
  names: SentenceNames,
  window: Syntax<Window>,
): Syntax<SegmentLeaf> {
  return either(
    ...MAP_STATES.map((state) =>
      isOfStep(state) ? ofStep(state, spoken, names, window) : ofMap(state, spoken, names, window),
    ),
  )
}

function isOfStep(state: MapState): boolean {
  return STEP_STATES.some((one) => one === state)
}

interface Where {
  readonly map: string
  readonly version: number
  readonly step: string | null
}

/** As it stands in a text; null: not chosen yet. */
interface RawStep {
  readonly name: ReadName | null
  readonly at: number
}

function ofStep(
  state: MapState,
  spoken: SpokenWords,
  names: SentenceNames,
  window: Syntax<Window>,
): Syntax<SegmentLeaf> {
  const step = (of: Where | null): Syntax<RawStep> => ({
    write: (_, place) => {
      if (of?.step == null) return [gapAt(place)]
      const { step: id } = of
      const steps = stepsOf(names, of.map)
      const name = steps.find((one) => one.id === id)?.name ?? null
      const withId = steps.filter((one) => one.name === name).length !== 1
      return nameParts(name, id, withId, place, spoken.phrases.quotes)
    },
    read: (source, at) => {
      const start = source.seen(at)
      return [
        ...blank(null)
          .read(source, at)
          .map(({ end }) => ({ value: { name: null, at: start }, end })),
        ...readNamed(source, at, 'known-step').map(({ value, end }) => ({
          value: { name: value, at: start },
          end,
        })),
      ]
    },
  })
  type Said = { readonly step: RawStep; readonly map: MapSaid; readonly window: Window }
  const syntax = (of: Where | null) =>
    phrase<Said>(spoken.phrases.state[state], {
      step: step(of),
      map: ofWhole(mapSyntax(spoken, names)),
      window,
    })
  const reading = syntax(null)
  return {
    write: (leaf, place) =>
      leaf.kind === 'on-map' && leaf.state === state
        ? syntax(leaf).write({ step: { name: null, at: 0 }, map: leaf, window: leaf.window }, place)
        : null,
    read: (source, at) =>
      reading.read(source, at).flatMap(({ value, end }) => {
        const id = stepId(value.step, stepsOf(names, value.map.map), source)
        return id === undefined
          ? []
          : [
              {
                value: { kind: 'on-map', ...value.map, state, step: id, window: value.window },
                end,
              },
            ]
      }),
  }
}

/** @returns undefined: the map has no such step, or several */
function stepId(
  { name, at }: RawStep,
  steps: readonly NamedThing[],
  source: SourceText,
): string | null | undefined {
  if (name === null) return null
  if (name.id !== null) return name.id
  const [found, ...others] = steps.filter((step) => step.name === name.name)
  if (found !== undefined && others.length === 0) return found.id
  source.refuse(at, 'known-step')
  return undefined
}

function stepsOf(names: SentenceNames, map: string): readonly NamedThing[] {
  return names.maps.find(({ id }) => id === map)?.steps ?? []
}

function ofMap(
  state: MapState,
  spoken: SpokenWords,
  names: SentenceNames,
  window: Syntax<Window>,
): Syntax<SegmentLeaf> {
  return saidAs<SegmentLeaf, { readonly map: MapSaid; readonly window: Window }>(
    phrase(spoken.phrases.state[state], { map: ofWhole(mapSyntax(spoken, names)), window }),
    (leaf) =>
      leaf.kind === 'on-map' && leaf.state === state ? { map: leaf, window: leaf.window } : null,
    (read) => ({ kind: 'on-map', ...read.map, state, step: null, window: read.window }),
  )
}

interface MapSaid {
  readonly map: string
  readonly version: number
}

const VERSION = /v(\d+)/iy

/** A map by its name, with the version that the rule was made with: “Shop” v3. */
function mapSyntax(spoken: SpokenWords, { maps }: SentenceNames): Syntax<MapSaid> {
  const { quotes } = spoken.phrases
  const named = (name: string): readonly NamedMap[] => maps.filter((map) => map.name === name)
  return {
    write: ({ map: id, version }, place) => {
      const name = maps.find((map) => map.id === id)?.name ?? null
      const withId = name === null || named(name).length > 1
      return [
        ...(id === ''
          ? [gapAt(`${place}.map`)]
          : nameParts(name, id, withId, `${place}.map`, quotes)),
        { text: `v${version}`, place: `${place}.version` },
      ]
    },
    read: (source, at) =>
      [
        ...blank('').read(source, at),
        ...readNamed(source, at, 'known-map').flatMap(({ value, end }) => {
          if (value.id !== null) return [{ value: value.id, end }]
          const [found, ...others] = named(value.name)
          if (found !== undefined && others.length === 0) return [{ value: found.id, end }]
          source.refuse(source.seen(at), 'known-map')
          return []
        }),
      ].map(({ value: id, end }) => {
        VERSION.lastIndex = source.seen(end)
        const [, said] = VERSION.exec(source.text) ?? []
        const version = maps.find((map) => map.id === id)?.version ?? 1
        return said === undefined
          ? { value: { map: id, version }, end }
          : { value: { map: id, version: Number(said) }, end: VERSION.lastIndex }
      }),
  }
}
