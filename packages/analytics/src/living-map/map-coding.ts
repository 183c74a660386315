import type { EventKind, JourneyMap, MatchRule, Touchpoint } from '@parcurs/domain'
import type { Coding } from '../journey/coding.ts'
import { decideKind, ruleCondition } from '../journey/rule.ts'
import { param, type Sql, sql } from '../sql.ts'
import { MONEY, stepCode, unmappedCode } from './map-kernel.ts'
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
  const goal = goalRule(map, touchpoints)
  const groups = new Groups()
  const byKind: number[] = [0]
  const open: { readonly code: number; readonly group: number }[] = []
  const kindsOfStep: number[][] = rules.map(() => [])
  const overlaps: Set<number>[] = rules.map(() => new Set())
  for (const kind of kinds) {
    while (byKind.length <= kind.code) byKind.push(0)
    const decided = rules.map((rule) => decideKind(rule, kind))
    const isGoal = decideKind(goal, kind)
    const first = decided.findIndex((matches) => matches !== false)
    decided.forEach((matches, step) => {
      if (matches === true && first >= 0 && first < step) overlaps[step]?.add(first)
    })
    if (isGoal === null || (first >= 0 && decided[first] === null)) {
      open.push({ code: kind.code, group: groups.numberOf(kind) })
      continue
    }
    const money = isGoal ? MONEY : 0
    if (first >= 0) {
      byKind[kind.code] = stepCode(first) | money
      kindsOfStep[first]?.push(kind.code)
    } else {
      byKind[kind.code] = isGoal ? MONEY : unmappedCode(groups.numberOf(kind))
    }
  }
  const openKinds = open.map(({ code }) => code)
  return {
    coding: { mode: 'first', byKind, openKinds, cases: openCases(rules, goal, open) },
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
  open: readonly { readonly code: number; readonly group: number }[],
): Coding['cases'] {
  if (open.length === 0) return []
  const isGoal = ruleCondition(goal)
  const steps = rules.flatMap((rule, step) => {
    const when = ruleCondition(rule)
    const code = stepCode(step)
    return [
      { when: sql`(${when} AND ${isGoal})`, code: code | MONEY },
      { when, code },
    ]
  })
  const byGroup = new Map<number, number[]>()
  for (const { code, group } of open) byGroup.set(group, [...(byGroup.get(group) ?? []), code])
  const strays = [...byGroup].map(([group, codes]) => ({
    when: kindIn(codes),
    code: unmappedCode(group),
  }))
  return [...steps, { when: isGoal, code: MONEY }, ...strays]
}

export function kindIn(codes: readonly number[]): Sql {
  return sql`has(${param.codes(codes)}, kind)`
}

class Groups {
  readonly all: UnmappedGroup[] = []
  readonly #numbers = new Map<string, number>()

  numberOf({ name, path }: EventKind): number {
    const told = this.all.length < MOST_GROUPS ? path : ''
    const key = `${name}\0${path}`
    const known = this.#numbers.get(key) ?? this.#numbers.get(`${name}\0${told}`)
    if (known !== undefined) return known
    this.all.push({ event: name, path: told })
    this.#numbers.set(`${name}\0${told}`, this.all.length - 1)
    return this.all.length - 1
  }
}
