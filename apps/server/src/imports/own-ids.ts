/** What a row is called by itself, and where it begins in the file. */
export interface OwnId {
  readonly id: string
  readonly line: number
}

/** The ids that rows of a chunk bring along: what is known of a row that is here already with other content. */
export class OwnIds {
  #held: (OwnId | undefined)[] = []
  #any = false

  /** @param id '': the row has none */
  note(row: number, id: string, line: number): void {
    if (id === '') return
    this.#any = true
    this.#held[row] = { id: id.slice(0, SHOWN_CHARS), line }
  }

  take(): readonly (OwnId | undefined)[] | null {
    const taken = this.#any ? this.#held : null
    this.#held = []
    this.#any = false
    return taken
  }
}

const SHOWN_CHARS = 100
