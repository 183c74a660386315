import {
  type EventKind,
  type JourneyMap,
  kindDecider,
  type MatchRule,
  type Touchpoint,
} from '@parcurs/domain'
import type { Coding } from '../journey/coding.ts'
import { ruleCondition } from '../condition/event-sql.ts'
import { param, type Sql, sql } from '../sql.ts'
import { GOAL, MAX_UNMAPPED_GROUPS, stepCode, unmappedCode } from './map-code.ts'
import type { UnmappedGroup } from './map-measures.ts'

/** How the events of a workspace become what `MapKernel` reads. */
export interface MapCoding {
  readonly coding: Coding
  /** What the numbers of unmapped codes stand for. */
  readonly groups: readonly UnmappedGroup[]
  /** By step: kinds that always are this step's (no earlier step takes them). */
  readonly kindsOfStep: readonly (readonly number[])[]
  /** By step: earlier steps that take kinds which this step's touchpoints match too. */
  readonly overlaps: readonly (readonly number[])[]
}

/** Behaviour beyond this many (event, path) is told by the event alone. */
const MOST_GROUPS = 2000

/**
 * Codes every kind once: its first step in map order, whether it is the goal, or the group of
 * unmapped behaviour it belongs to. What depends on properties is left to the events.
 */
export function mapCoding(
  map: JourneyMap,
  touchpoints: ReadonlyMap<string, Touchpoint>,
  kinds: readonly EventKind[],
): MapCoding {
  const rules = stepRules(map, touchpoints)
  const goalMatch = goalRule(map, touchpoints)
  const groups = new Groups()
  const byKind: number[] = [0]
  const open: Open[] = []
  const kindsOfStep: number[][] = rules.map(() => [])
  const overlaps: Set<number>[] = rules.map(() => new Set())
  // The goal's rule stands behind those of the steps.
  const decide = kindDecider([...rules, goalMatch])
  for (const kind of kinds) {
    while (byKind.length <= kind.code) byKind.push(0)
    const found = decide(kind)
    const goalFound = found.find(({ index }) => index === rules.length)
    const isGoal = goalFound === undefined ? false : goalFound.matches
    const decided = found.filter(({ index }) => index < rules.length)
    const [head] = decided
    const first = head?.index ?? -1
    for (const { index, matches } of decided) {
      if (matches === true && first < index) overlaps[index]?.add(first)
    }
    if (isGoal === null || head?.matches === null) {
      open.push({ kind: kind.code, code: groups.codeOf(kind) })
      continue
    }
    const goal = isGoal ? GOAL : 0
    if (first >= 0) {
      byKind[kind.code] = stepCode(first) | goal
      kindsOfStep[first]?.push(kind.code)
    } else {
      byKind[kind.code] = isGoal ? GOAL : groups.codeOf(kind)
    }
  }
  const openKinds = open.map(({ kind }) => kind)
  return {
    coding: { mode: 'first', byKind, openKinds, cases: openCases(rules, goalMatch, open) },
    groups: groups.all,
    kindsOfStep,
    overlaps: overlaps.map((steps) => [...steps].sort((a, b) => a - b)),
  }
}

/** Any of the step's touchpoints, step by step in map order. */
export function stepRules(
  map: JourneyMap,
  touchpoints: ReadonlyMap<string, Touchpoint>,
): readonly MatchRule[] {
  return map.stages.flatMap((stage) =>
    stage.steps.map((step) => anyOf(step.touchpointIds, touchpoints)),
  )
}

/** Without a goal nothing is the goal. */
export function goalRule(map: JourneyMap, touchpoints: ReadonlyMap<string, Touchpoint>): MatchRule {
  return anyOf(map.goal === null ? [] : [map.goal.touchpointId], touchpoints)
}

/** A touchpoint that is gone matches nothing. */
function anyOf(ids: readonly string[], touchpoints: ReadonlyMap<string, Touchpoint>): MatchRule {
  const rules = ids.flatMap((id) => touchpoints.get(id)?.rule ?? [])
  return { kind: 'any', rules }
}

function openCases(
  rules: readonly MatchRule[],
  goal: MatchRule,
  open: readonly Open[],
): Coding['cases'] {
  if (open.length === 0) return []
  const isGoal = ruleCondition(goal)
  const steps = rules.flatMap((rule, step) => {
    const when = ruleCondition(rule)
    const code = stepCode(step)
    return [
      { when: sql`(${when} AND ${isGoal})`, code: code | GOAL },
      { when, code },
    ]
  })
  const byCode = new Map<number, number[]>()
  for (const { kind, code } of open) {
    const held = byCode.get(code)
    if (held === undefined) byCode.set(code, [kind])
    else held.push(kind)
  }
  const strays = [...byCode].map(([code, kinds]) => ({ when: kindIn(kinds), code }))
  return [...steps, { when: isGoal, code: GOAL }, ...strays]
}

export function kindIn(codes: readonly number[]): Sql {
  return sql`has(${param.codes(codes)}, kind)`
}

/** A kind whose step depends on properties, and its code where it is of none. */
interface Open {
  readonly kind: number
  readonly code: number
}

class Groups {
  readonly all: UnmappedGroup[] = []
  readonly #numbers = new Map<string, number>()

  /** @returns 0, nothing, where there are more events by name than codes */
  codeOf({ name, path }: EventKind): number {
    const known =
      this.#numbers.get(`${name}\0${path}`) ??
      (this.all.length < MOST_GROUPS ? undefined : this.#numbers.get(`${name}\0`))
    if (known !== undefined) return unmappedCode(known)
    if (this.all.length === MAX_UNMAPPED_GROUPS) return 0
    const told = this.all.length < MOST_GROUPS ? path : ''
    this.all.push({ event: name, path: told })
    this.#numbers.set(`${name}\0${told}`, this.all.length - 1)
    return unmappedCode(this.all.length - 1)
  }
}
