import type { EventKind } from '../event.ts'
import type { MatchRule } from '../condition/event-condition.ts'
import { type Concept, conceptOfEvent, conceptOfPath } from './concept.ts'
import { humanName, successRank } from './event-words.ts'
import { isView } from '../view-event.ts'
import { pathPatterns } from './path-pattern.ts'

/** Kinds of events that would be one touchpoint. */
export interface KindGroup {
  readonly name: string
  readonly concept: Concept | null
  readonly rule: MatchRule
  /** Codes. */
  readonly kinds: readonly number[]
  /** Event names and path patterns, for what is told of it. */
  readonly events: readonly string[]
  readonly path: string
}

/** With fewer event names than this the channels tell the journey, not the names. */
const FEW_NAMES = 4
const CHANNEL_KEY = 'channel '

/**
 * Groups a vocabulary: known shop words (GA4, Segment) with their pages as one place; other events by name; other
 * pages by path pattern; and where there are hardly any names but several channels, by channel.
 */
export function groupKinds(vocabulary: readonly EventKind[]): readonly KindGroup[] {
  // What stands for many names has no name to match or to be called by.
  const kinds = vocabulary.filter(({ coarseName }) => coarseName !== true)
  const pages = kinds.filter((kind) => isView(kind) && kind.path !== '' && !kind.coarse)
  const others = kinds.filter((kind) => !isView(kind) || kind.path === '')
  const patterns = pathPatterns(pages.map(({ path }) => path))
  const byChannel = splitByChannel(others, pages)
  const parts = new Map<string, Part[]>()
  const put = (key: string, part: Part) => {
    const held = parts.get(key)
    if (held === undefined) parts.set(key, [part])
    else held.push(part)
  }

  for (const kind of others) {
    const concept = conceptOfEvent(kind.name)
    if (byChannel && successRank(kind.name) === null && concept?.key !== 'order') {
      put(`${CHANNEL_KEY}${kind.channel} ${kind.name}`, { kind, concept, pattern: null })
    } else if (concept !== null) put(`concept ${concept.key}`, { kind, concept, pattern: null })
    else put(`event ${kind.name}`, { kind, concept, pattern: null })
  }
  for (const kind of pages) {
    const pattern = patterns.get(kind.path) ?? kind.path
    const concept = conceptOfPath(kind.path)
    if (concept !== null) put(`concept ${concept.key}`, { kind, concept, pattern })
    else put(`path ${pattern}`, { kind, concept: null, pattern })
  }
  return [...parts].map(([key, group]) => groupOf(group, key.startsWith(CHANNEL_KEY)))
}

interface Part {
  readonly kind: EventKind
  readonly concept: Concept | null
  /** null: told by its name. */
  readonly pattern: string | null
}

function groupOf(parts: readonly Part[], byChannel: boolean): KindGroup {
  const first = parts[0]
  if (first === undefined) throw new Error('a group of nothing')
  const names = distinct(
    parts.flatMap(({ kind, pattern }) => (pattern === null ? [kind.name] : [])),
  )
  const pageNames = distinct(
    parts.flatMap(({ kind, pattern }) => (pattern === null ? [] : [kind.name])),
  )
  const patterns = distinct(parts.flatMap(({ pattern }) => pattern ?? []))
  const rules: MatchRule[] = []
  if (names.length > 0) rules.push({ kind: 'event', names })
  if (patterns.length > 0) {
    const urls = patterns.map(urlRule)
    const url: MatchRule = urls.length === 1 && urls[0] !== undefined ? urls[0] : any(urls)
    rules.push({ kind: 'all', rules: [{ kind: 'event', names: pageNames }, url] })
  }
  const only = rules.length === 1 ? rules[0] : undefined
  const rule = only ?? any(rules)
  const channel = first.kind.channel
  return {
    name: byChannel ? `${humanName(channel)}: ${humanName(first.kind.name)}` : nameOf(first, names),
    concept: byChannel ? null : first.concept,
    rule: byChannel
      ? { kind: 'all', rules: [rule, { kind: 'channel', channels: [channel] }] }
      : rule,
    kinds: parts.map(({ kind }) => kind.code),
    events: [...names, ...pageNames],
    path: patterns[0] ?? '',
  }
}

function nameOf({ kind, concept, pattern }: Part, names: readonly string[]): string {
  if (concept !== null) return concept.name
  if (pattern === null) return humanName(names[0] ?? kind.name)
  const words = pattern.split('/').filter((part) => part !== '' && part !== '*')
  const last = words.at(-1)
  if (last === undefined) return pattern === '/' ? 'Home page' : 'Pages'
  const what = humanName(
    decoded(last)
      .replace(/[-_]+/g, ' ')
      .replace(/\.(html?|php|aspx?)$/i, ''),
  )
  return pattern.endsWith('*') ? `${what} pages` : `${what} page`
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function urlRule(pattern: string): MatchRule {
  return pattern.includes('*')
    ? { kind: 'url', op: 'like', value: pattern }
    : { kind: 'url', op: 'equals', value: pattern }
}

function any(rules: readonly MatchRule[]): MatchRule {
  return { kind: 'any', rules }
}

/** Ad logs and the like: `impression` on five channels is five places, not one. What is a success stays one. */
function splitByChannel(others: readonly EventKind[], pages: readonly EventKind[]): boolean {
  const names = distinct(others.map(({ name }) => name))
  const channels = distinct(others.map(({ channel }) => channel))
  return pages.length === 0 && names.length < FEW_NAMES && channels.length >= 3
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
