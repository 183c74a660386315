import { PLAIN_STEP, type Stage, type StageKind, type Step } from '../map/journey-map.ts'
import type { LeftOut, LeftOutWhy, MapProposal, ProposedTouchpoint } from '../map/map-proposal.ts'
import type { Presence } from '../touchpoint.ts'
import { exclusiveRuns, type Meetings, meetingsOf, type Place, placesOf } from './alternatives.ts'
import { rankOf } from './concept.ts'
import { isBackground, isBreakdown, isFailure } from './event-words.ts'
import { goalOf } from './goal.ts'
import type { KindGroup } from './kind-group.ts'

/** What customers really did with a group of kinds, over all time. */
export interface GroupUse {
  readonly group: KindGroup
  readonly events: number
  readonly customers: number
  /**
   * Where customers first meet it, 0 (first of all they meet) to 1 (last), on average over customers who meet
   * two groups at least; null: no such customer.
   */
  readonly position: number | null
  /** Customers whose last event it is. */
  readonly endings: number
  /** Events with money taken, and money in all, in units of the currency. */
  readonly valued: number
  readonly value: number
  /** The channel most of its events came through. */
  readonly channel: string
}

/** In how many customers the first meeting of group `before` came before that of `after`. Numbers of uses. */
export interface Precedence {
  readonly before: number
  readonly after: number
  readonly customers: number
}

export interface ProposalOptions {
  /** Of the whole workspace. */
  readonly customers: number
  readonly name: string
  /** Of a part of the customers, who meet both. */
  readonly precedences: readonly Precedence[]
}

const MOST_STEPS = 25
/** Met by fewer than this share of customers: rare, unless it is the goal. */
const RARE = 0.005
/** In a workspace of this many customers, fewer than three are rare too. */
const SMALL = 50
const FEWEST = 3
const MOST_LEFT_OUT = 200

/**
 * Makes a map of what customers do. Where shop words are spoken, stages and order follow them, and events without
 * such a word stand where customers meet them; elsewhere order and stages follow where customers meet them.
 * The goal: see `goalOf`.
 *
 * @returns null when there is nothing to make a map of
 */
export function proposeMap(
  uses: readonly GroupUse[],
  { customers, name, precedences }: ProposalOptions,
): MapProposal | null {
  const meetings = meetingsOf(uses, precedences, customers)
  const used = placesOf(
    uses.filter(({ events }) => events > 0),
    meetings,
  )
  if (used.length === 0) return null
  const shop = used.some(({ group }) => group.concept?.stage === 'purchase')
  const goal = goalOf(used, customers)
  const judged = used
    .toSorted((a, b) => b.customers - a.customers)
    .map((use) => ({ use, why: use === goal ? null : whyNot(use, customers, shop, used) }))
  const kept = judged.filter(({ why }) => why === null).map(({ use }) => use)
  const chosen = new Set(kept.slice(0, MOST_STEPS))
  if (goal !== null && !chosen.has(goal)) {
    const last = kept[MOST_STEPS - 1]
    if (last !== undefined) chosen.delete(last)
    chosen.add(goal)
  }
  const ordered = inOrder(
    used.filter((use) => chosen.has(use)),
    precedenceOf(meetings),
  )
  const stageOf = shop ? shopStages(ordered, goal) : thirds(ordered, goal)
  const leftOut = judged.flatMap(({ use, why }): readonly LeftOut[] => {
    const reason: LeftOutWhy | null = why ?? (chosen.has(use) ? null : 'too-many-steps')
    return reason === null ? [] : [leftOutOf(use, reason)]
  })
  const goalIndex = goal === null ? -1 : ordered.indexOf(goal)
  const touched = touchedPlaces(ordered, goalIndex)
  const touchpoints = touched.flatMap((inside) => inside)
  const goalTouchpoint = touched[goalIndex]?.[0]
  return {
    name,
    goal:
      goal === null || goalTouchpoint === undefined
        ? null
        : { touchpointId: goalTouchpoint.id, valued: goal.valued > 0 && goal.value > 0 },
    windowDays: 30,
    stages: stagesOf(ordered, stageOf, touched, goalIndex, exclusiveRuns(ordered, meetings)),
    touchpoints,
    leftOut: leftOut.slice(0, MOST_LEFT_OUT),
  }
}

function whyNot(
  use: GroupUse,
  customers: number,
  shop: boolean,
  all: readonly GroupUse[],
): LeftOutWhy | null {
  const { concept, events } = use.group
  const everyone = (is: (name: string) => boolean) => events.length > 0 && events.every(is)
  // What is all there is stays, whatever it is called.
  const alone = all.length <= 2
  if (concept === null && !alone && everyone(isBackground)) return 'background'
  if (concept === null && !alone && everyone(isBreakdown)) return 'failure'
  if (concept === null && shop && everyone(isFailure)) return 'failure'
  const few = customers < SMALL ? 1 : FEWEST
  return use.customers < Math.max(few, customers * RARE) ? 'rare' : null
}

/** Among customers who meet both: the share who meet `a` first; null: too few. */
type Before = (a: Place, b: Place) => number | null

const FEWEST_PAIRS = 5
/** Two places change places when this share of customers meets them the other way round. */
const CLEARLY = 0.6

function precedenceOf({ first }: Meetings): Before {
  const sum = (a: Place, b: Place) =>
    a.variants.reduce(
      (all, one) => all + b.variants.reduce((some, other) => some + first(one, other), 0),
      0,
    )
  return (a, b) => {
    const forth = sum(a, b)
    const back = sum(b, a)
    return forth + back < FEWEST_PAIRS ? null : forth / (forth + back)
  }
}

/**
 * Known places in the order of the shop's words; the others before the first known one that customers meet later,
 * and among themselves as customers who meet both meet them.
 */
function inOrder(uses: readonly Place[], before: Before): readonly Place[] {
  const at = ({ position }: Place) => position ?? 0.5
  const known = uses
    .flatMap((use) =>
      use.group.concept === null ? [] : [{ use, rank: rankOf(use.group.concept) }],
    )
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ use }) => use)
  const ordered = [...known]
  const unknown = uses
    .filter(({ group }) => group.concept === null)
    .toSorted((a, b) => at(a) - at(b) || b.customers - a.customers)
  for (const use of unknown) {
    const next = ordered.findIndex((other) => at(other) > at(use))
    ordered.splice(next < 0 ? ordered.length : next, 0, use)
  }
  // Mean ranks of different customers may turn two places round; those who meet both know better.
  for (let pass = 0; pass < ordered.length; pass++) {
    let changed = false
    for (let i = 0; i + 1 < ordered.length; i++) {
      const [a, b] = [ordered[i], ordered[i + 1]]
      if (a === undefined || b === undefined) continue
      if (a.group.concept !== null && b.group.concept !== null) continue
      if ((before(b, a) ?? 0) <= CLEARLY) continue
      ordered[i] = b
      ordered[i + 1] = a
      changed = true
    }
    if (!changed) break
  }
  return ordered
}

type StageOf = (use: GroupUse, index: number) => { readonly kind: StageKind; readonly name: string }

const SHOP_STAGES: readonly StageKind[] = [
  'awareness',
  'consideration',
  'purchase',
  'retention',
  'advocacy',
]

/** A place without a shop's word belongs to the stage of the known place before it; after the goal, to retention. */
function shopStages(ordered: readonly GroupUse[], goal: GroupUse | null): StageOf {
  const kinds: StageKind[] = []
  let rank = 0
  ordered.forEach((use, i) => {
    const own = use.group.concept?.stage
    if (own !== undefined) rank = Math.max(rank, SHOP_STAGES.indexOf(own))
    else if (goal !== null && ordered.indexOf(goal) < i) rank = Math.max(rank, 3)
    else if (rank === 0 && i > 0) rank = 1
    kinds.push(SHOP_STAGES[rank] ?? 'own')
  })
  return (_use, index) => {
    const kind = kinds[index] ?? 'own'
    return { kind, name: kind.charAt(0).toUpperCase() + kind.slice(1) }
  }
}

/** Beginning, middle and end, by where customers meet them; the goal and what follows it are the end. */
function thirds(ordered: readonly GroupUse[], goal: GroupUse | null): StageOf {
  const goalAt = goal === null ? -1 : ordered.indexOf(goal)
  const names = ['Beginning', 'Middle', 'End']
  const many = ordered.length
  return (_use, index) => {
    if (many < 4) return { kind: 'own', name: 'Journey' }
    const third = goalAt >= many / 2 && index >= goalAt ? 2 : Math.floor((index * 3) / many)
    return { kind: 'own', name: names[third] ?? 'Journey' }
  }
}

function stagesOf(
  ordered: readonly Place[],
  stageOf: StageOf,
  touched: readonly (readonly ProposedTouchpoint[])[],
  goalIndex: number,
  alternatives: readonly (readonly number[])[],
): readonly Stage[] {
  const names = uniqueNames(ordered.map(({ group }) => group.name))
  const stages: { id: string; kind: StageKind; name: string; steps: Step[] }[] = []
  ordered.forEach((use, i) => {
    // Alternatives stand in one stage, that of the first of them.
    const run = alternatives.find((inside) => inside.includes(i))
    const lead = run?.[0] ?? i
    const { kind, name } = stageOf(ordered[lead] ?? use, lead)
    const last = stages.at(-1)
    const stage =
      last !== undefined && last.name === name
        ? last
        : { id: `stage-${stages.length + 1}`, kind, name, steps: [] }
    if (stage !== last) stages.push(stage)
    stage.steps.push({
      id: `step-${i + 1}`,
      name: names[i] ?? use.group.name,
      touchpointIds: touched[i]?.map(({ id }) => id) ?? [],
      ...PLAIN_STEP,
      alternativeGroup: run === undefined ? null : `alternatives-${lead + 1}`,
      optional: i !== goalIndex && isOptional(ordered, i, goalIndex, alternatives),
      momentOfTruth: i === goalIndex,
      believedEmotion: null,
    })
  })
  return stages
}

/**
 * Most of those who got further did without it; after the goal, most of those who reached the goal. Alternatives are
 * taken together: who takes one does not do without the other.
 */
function isOptional(
  ordered: readonly Place[],
  index: number,
  goalIndex: number,
  alternatives: readonly (readonly number[])[],
): boolean {
  const run = alternatives.find((inside) => inside.includes(index)) ?? [index]
  const own = run.reduce((sum, i) => sum + (ordered[i]?.customers ?? 0), 0)
  const measured =
    goalIndex >= 0 && index > goalIndex
      ? (ordered[goalIndex]?.customers ?? 0)
      : Math.max(0, ...ordered.slice((run.at(-1) ?? index) + 1).map(({ customers }) => customers))
  return own < measured / 2
}

/**
 * The touchpoints of each place: of variants each its own, so that they can be told apart. The goal is one touchpoint:
 * where it is a place of variants, one that stands for all of them comes first.
 */
function touchedPlaces(
  ordered: readonly Place[],
  goalIndex: number,
): readonly (readonly ProposedTouchpoint[])[] {
  const uses = ordered.map((place, i) =>
    i === goalIndex && place.variants.length > 1 ? [place, ...place.variants] : place.variants,
  )
  const names = uniqueNames(uses.flat().map(({ group }) => group.name))
  let next = 0
  return uses.map((inside) =>
    inside.map((use) => {
      const index = next++
      return touchpointOf(use, index, names[index] ?? use.group.name)
    }),
  )
}

function touchpointOf(use: GroupUse, index: number, name: string): ProposedTouchpoint {
  const { channel, events, customers, group } = use
  return {
    id: `touchpoint-${index + 1}`,
    name,
    channel,
    ownerTeam: teamOf(channel),
    presence: presenceOf(channel),
    rule: group.rule,
    events,
    customers,
  }
}

function teamOf(channel: string): string {
  if (['ad', 'email', 'sms', 'push', 'social', 'search', 'partner'].includes(channel)) {
    return 'Marketing'
  }
  if (['chat', 'call'].includes(channel)) return 'Support'
  return channel === 'store' ? 'Stores' : ''
}

function presenceOf(channel: string): Presence {
  if (channel === 'store') return 'physical'
  return channel === 'call' ? 'hybrid' : 'digital'
}

function leftOutOf({ group, customers }: GroupUse, why: LeftOutWhy): LeftOut {
  return { event: group.events[0] ?? group.name, path: group.path, customers, why }
}

/** Two of one name are told apart by a number. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const cut = name.slice(0, 190)
    const times = (seen.get(cut) ?? 0) + 1
    seen.set(cut, times)
    return times === 1 ? cut : `${cut} ${times}`
  })
}
