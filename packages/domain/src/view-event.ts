import type { EventKind } from './event.ts'
import { snakeCase } from './shop-event.ts'

/** What tracking calls the view of a page or screen, where it comes as an event like any other. */
const NAMES: ReadonlySet<string> = new Set(
  ['page', 'screen'].flatMap((what) => [
    what,
    `${what}_view`,
    `${what}view`,
    `${what}_views`,
    `${what}_viewed`,
    `${what}_load`,
    `${what}_loaded`,
    `${what}_visit`,
    `${what}_visited`,
    `${what}_opened`,
    `${what}_impression`,
    `view_${what}`,
    `viewed_${what}`,
    `viewed_a_${what}`,
    `visited_${what}`,
    `visited_a_${what}`,
    `loaded_${what}`,
    `loaded_a_${what}`,
    `opened_${what}`,
  ]),
)

/** Where tools keep what a screen is called, the usual first. */
const SCREEN_NAMES = [
  'name',
  'screen_name',
  'screenName',
  '$screen_name',
  'firebase_screen',
  'screen',
] as const

/** What the view of a screen says that the screen is called: its page; "" where it does not say. */
export function screenName(properties: Readonly<Record<string, string>>): string {
  for (const property of SCREEN_NAMES) {
    const name = properties[property]?.trim()
    if (name !== undefined && name !== '') return name
  }
  return ''
}

/** Whether a kind is the view of a page or a screen: by its type, or by what it is called. */
export function isView({ type, name }: Pick<EventKind, 'type' | 'name'>): boolean {
  return type !== 'track' || NAMES.has(snakeCase(name).replace(/^\$/, ''))
}
