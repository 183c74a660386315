/** What the things that rules know by their ids are called. */
export interface SentenceNames {
  readonly touchpoints: readonly NamedThing[]
  readonly maps: readonly NamedMap[]
  readonly segments: readonly NamedThing[]
  readonly lists: readonly NamedThing[]
}

export interface NamedThing {
  readonly id: string
  readonly name: string
}

export interface NamedMap extends NamedThing {
  /** Its version now: meant where a sentence names none. */
  readonly version: number
  readonly steps: readonly NamedThing[]
}

export const NO_NAMES: SentenceNames = { touchpoints: [], maps: [], segments: [], lists: [] }
