import { STAGE_KINDS } from './journey-map.ts'
import { LANE_ROLES } from './lane-role.ts'
import {
  choice,
  flag,
  ids,
  instant,
  line,
  link,
  type MapField,
  number,
  perhapsWithin,
  prose,
  rank,
  reference,
  tags,
  type Value,
  whole,
  within,
  writtenBy,
} from './map-field.ts'

/**
 * What a map is made of: tables of flat rows. Parents are fields, order is a rank (ties go by id), so that of two
 * people who change different things nobody overwrites the other. From this one table come the types, the defaults,
 * what is refused, who may write what, and the schema of the API.
 */
export const MAP_FIELDS = {
  /** One row, `MAP_ROW`. */
  map: {
    name: line,
    description: prose,
    /** What is, or what shall be. */
    state: choice(['as-is', 'to-be'], 'as-is'),
    /** Of a map of what shall be: the one of what is. */
    asIsMap: reference,
    /** Reaching this touchpoint is success. */
    goal: reference,
    goalValued: flag,
    windowDays: whole(1, 366, 30),
    owner: number(1, 2_147_483_647),
    reviewAtMs: instant,
    folder: line,
    tags,
    status: choice(['draft', 'active', 'archived'], 'active'),
  },
  stages: {
    rank,
    name: line,
    kind: choice(STAGE_KINDS, 'own'),
    note: prose,
    /** Earlier stages that a drawn loop returns to from here. */
    loopsTo: ids(10),
  },
  lanes: {
    rank,
    role: choice(LANE_ROLES, 'text'),
    title: line,
    /** Whose it is; null: everybody's. */
    persona: reference,
    hidden: flag,
    pinned: flag,
    /** In pixels; null: as high as what stands in it. */
    height: number(24, 2000),
  },
  steps: {
    stage: within('stages'),
    rank,
    name: line,
    /** None yet: nothing is measured. */
    touchpointIds: ids(100),
    optional: flag,
    alternativeGroup: reference,
    loopsTo: ids(10),
    repeatable: flag,
    detailMapId: reference,
    momentOfTruth: flag,
    /** −2…+2, what the team believes. */
    believedEmotion: number(-2, 2),
    ownerTeam: line,
    note: prose,
    /** Of a map of what shall be: the step of the map of what is. */
    asIsStep: reference,
    /** What shall be: the share of settled customers that moves on, 0–1. */
    plannedMovedOn: number(0, 1),
  },
  cards: {
    /** With neither step nor lane a card lies in the inbox. */
    step: perhapsWithin('steps'),
    lane: perhapsWithin('lanes'),
    rank,
    /** How many steps it spans, its own included. */
    span: whole(1, 120, 1),
    text: prose,
    /** Where it is known from: nobody checked it, customers said it, events show it. */
    evidence: choice(['assumed', 'told', 'measured'], 'assumed'),
    source: link,
    color: choice(['none', 'red', 'amber', 'green', 'blue', 'violet'], 'none'),
    persona: reference,
    file: reference,
    /** −2…+2; of lanes of emotion. */
    emotion: number(-2, 2),
    /** People who find it important. */
    votes: writtenBy('commenter', ids(500)),
  },
  comments: {
    /** What it is about: a step, a lane, the cell where both meet, a card; none of them: the map. */
    step: writtenBy('commenter', perhapsWithin('steps')),
    lane: writtenBy('commenter', perhapsWithin('lanes')),
    card: writtenBy('commenter', perhapsWithin('cards')),
    text: writtenBy('commenter', prose),
    resolved: writtenBy('commenter', flag),
    author: writtenBy('server', number(1, 2_147_483_647)),
    writtenAtMs: writtenBy('server', instant),
  },
  replies: {
    comment: writtenBy('commenter', within('comments')),
    text: writtenBy('commenter', prose),
    author: writtenBy('server', number(1, 2_147_483_647)),
    writtenAtMs: writtenBy('server', instant),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, MapField>>>>

export type MapTable = keyof typeof MAP_FIELDS

/** Parents before what stands in them. */
export const MAP_TABLES = Object.keys(MAP_FIELDS) as readonly MapTable[]

/** The id of the one row of table `map`. */
export const MAP_ROW = 'map'

type HeldBy<F> = F extends MapField<infer V> ? V : never

export type MapRow<T extends MapTable = MapTable> = {
  readonly [F in keyof (typeof MAP_FIELDS)[T]]: HeldBy<(typeof MAP_FIELDS)[T][F]>
}

/** A row of any table, or some of its fields. */
export type Row = Readonly<Record<string, Value>>

export type MapDocument = {
  readonly [T in MapTable]: Readonly<Record<string, MapRow<T>>>
}

/** A table's fields by name, whichever table it is. */
export function fieldsOf(table: MapTable): Readonly<Record<string, MapField>> {
  return MAP_FIELDS[table]
}

/** A whole row: what is not said is as it is at first, and what is no field of the table is left out. */
export function wholeRow<T extends MapTable>(table: T, said: Partial<MapRow<T>>): MapRow<T>
export function wholeRow(table: MapTable, said: Row): Row
export function wholeRow(table: MapTable, said: object): object {
  const held = new Map<string, unknown>(Object.entries(said))
  return Object.fromEntries(
    Object.entries(fieldsOf(table)).map(([name, { initial }]) => [name, held.get(name) ?? initial]),
  )
}

export const EMPTY_DOCUMENT: MapDocument = {
  map: { [MAP_ROW]: wholeRow('map', {}) },
  stages: {},
  lanes: {},
  steps: {},
  cards: {},
  comments: {},
  replies: {},
}

/** undefined: there is none. Ids come from anybody, and plain objects have more keys than their rows. */
export function rowIn<R>(rows: Readonly<Record<string, R>>, id: string): R | undefined {
  return Object.hasOwn(rows, id) ? rows[id] : undefined
}

/** Rows in their order, by rank and then by id; those that `which` leaves out cost next to nothing. */
export function inOrder<R extends { readonly rank: string }>(
  rows: Readonly<Record<string, R>>,
  which: (row: R) => boolean = () => true,
): readonly (readonly [id: string, row: R])[] {
  return Object.entries(rows)
    .filter(([, row]) => which(row))
    .toSorted(
      ([a, { rank: rankA }], [b, { rank: rankB }]) => compare(rankA, rankB) || compare(a, b),
    )
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
