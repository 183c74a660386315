import type { PropertyLeaf, TraitLeaf } from '../condition/event-condition.ts'
import type { Nest } from '../condition/nest.ts'

/**
 * Who is counted. A trait holds of the customer as they are now; a property holds of a customer who has
 * at least one event in the question's period that passes it. An empty `all` is everybody.
 */
export type SegmentRule = Nest<SegmentLeaf>

export type SegmentLeaf = TraitLeaf | PropertyLeaf

export const EVERYBODY: SegmentRule = { kind: 'all', rules: [] }
