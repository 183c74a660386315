import type { RulePlace } from './sentence-piece.ts'

/** The fields that are changed as one each: an event with all that has to hold of it, an operator with its values. */
export const SLOT_FIELDS = [
  'kind',
  'trait',
  'op',
  'event',
  'times',
  'test',
  'window',
  'amount',
  'of',
  'steps',
  'stepWithinMs',
  'withinMs',
  'without',
  'state',
  'step',
  'map',
  'which',
  'scale',
  'words',
  'touchpoint',
  'id',
  'names',
  'channels',
  'property',
] as const
export type SlotField = (typeof SLOT_FIELDS)[number]

/** Said together with another field. */
const TOGETHER: Readonly<Record<string, SlotField>> = {
  value: 'op',
  values: 'op',
  least: 'op',
  most: 'op',
  days: 'op',
  version: 'map',
}

export interface SlotPlace {
  readonly field: SlotField
  readonly place: RulePlace
}

/** The slot that a place of a rule lies in. null: in none, as the brackets of a group. */
export function slotAt(place: RulePlace): SlotPlace | null {
  const { condition, field, index } = placeParts(place)
  const own = TOGETHER[field] ?? SLOT_FIELDS.find((one) => one === field)
  if (own === undefined) return null
  return { field: own, place: `${condition}.${own}${own === 'steps' ? index : ''}` }
}

/** The condition or group that a place lies in, as numbers on the way down: `rule.rules[0].rules[2].times` → [0, 2]. */
export function rulePath(place: RulePlace): readonly number[] {
  return [...placeParts(place).condition.matchAll(/\[(\d+)\]/g)].map(([, i]) => Number(i))
}

function placeParts(place: RulePlace) {
  const found = /^(\w+(?:\.rules\[\d+\])*)(?:\.(\w+)(\[\d+\])?)?/.exec(place)
  const [, condition = '', field = '', index = ''] = found ?? []
  return { condition, field, index }
}
