import { ANY_CHANNEL, type EventKind } from '@parcurs/domain'

/** What of an event makes its kind. */
export type KindName = Pick<EventKind, 'type' | 'name' | 'channel' | 'path'>

/** Beyond these a path no longer makes a kind of its own: rules on URLs then read the events. */
export const MAX_PATHS_A_NAME = 2000
export const MAX_FINE_KINDS = 20_000
/** Beyond this neither does a name: ids stand where names should. Rules on names then read the events. */
export const MAX_NAMED_KINDS = 40_000
/** Beyond this neither does a channel. */
export const MAX_CHANNELED_KINDS = 45_000

/** Stands for any path. */
const ANY_PATH = '*'
/** Stands for any name. Names have no blanks around them, so no event has it for its own. */
export const ANY_NAME = '* '

/** What is known of a vocabulary when a kind is chosen. */
export interface Vocabulary {
  /** The code that events of exactly this kind get; null: there is none. */
  readonly codeOf: (name: KindName) => number | null
  /** How many paths have kinds of their own under a type, name and channel. */
  readonly pathsOf: (name: KindName) => number
  readonly size: number
}

export type NewKind = Omit<EventKind, 'code'> & { readonly coarseName: boolean }

/**
 * The code that events of this name get, or the kind that must be made for them: their own where there is
 * room, else a coarser one. Never none: what falls into a coarse kind keeps its name, channel and path in
 * the event.
 */
export function chosenKind(
  vocabulary: Vocabulary,
  name: KindName,
  room: Room = NO_LIMIT,
): number | NewKind {
  const { size, codeOf } = vocabulary
  const own = codeOf(name)
  if (own !== null) return own
  const { anyPath, anyName, anything } = coarser(name)
  if (room.left <= 0) return codeOf(anyPath) ?? codeOf(anyName) ?? codeOf(anything) ?? anything
  if (size >= MAX_NAMED_KINDS) {
    const held = codeOf(anyPath) ?? codeOf(anyName)
    if (held !== null) return held
    return size >= MAX_CHANNELED_KINDS ? (codeOf(anything) ?? anything) : anyName
  }
  const full =
    vocabulary.pathsOf(name) >= MAX_PATHS_A_NAME ||
    size >= MAX_FINE_KINDS ||
    room.left <= room.perHour * KEPT_FOR_NAMES
  if (name.path !== '' && full) return codeOf(anyPath) ?? anyPath
  return { ...named(name), coarse: false, coarseName: false }
}

/** How many kinds whoever sends may still make in this hour. */
export interface Room {
  readonly left: number
  readonly perHour: number
}

export const NO_LIMIT: Room = {
  left: Number.POSITIVE_INFINITY,
  perHour: 0,
}
/** The last share of a sender's room is for names: paths are what there are many of. */
const KEPT_FOR_NAMES = 0.2

/** The kind that takes in one which is pruned; null: there is no coarser one. */
export function prunedInto(kind: EventKind): NewKind | null {
  const { anyPath, anyName, anything } = coarser(kind)
  if (kind.path !== '' && !kind.coarse) return anyPath
  if (kind.name !== ANY_NAME) return anyName
  return kind.channel === ANY_CHANNEL ? null : anything
}

function coarser({ type, name, channel }: KindName) {
  const made = (coarseName: boolean, rest: Pick<KindName, 'name' | 'channel'>): NewKind => ({
    type,
    ...rest,
    path: ANY_PATH,
    coarse: true,
    coarseName,
  })
  return {
    anyPath: made(false, { name, channel }),
    anyName: made(true, { name: ANY_NAME, channel }),
    anything: made(true, { name: ANY_NAME, channel: ANY_CHANNEL }),
  }
}

function named({ type, name, channel, path }: KindName): KindName {
  return { type, name, channel, path }
}
