/** Answers as JSON, within bounds for each workspace and for all. */
export interface AnswerCache {
  /** @param facts what the answer was true of; with other facts everything kept of the workspace is dropped */
  readonly get: (workspace: number, facts: string, question: string) => string | null
  readonly keep: (workspace: number, facts: string, question: string, answer: string) => void
}

interface Shelf {
  readonly facts: string
  bytes: number
  /** The last one given stands last. */
  readonly answers: Map<string, Buffer>
}

const MOST_BYTES_A_WORKSPACE = 8_000_000
const MOST_BYTES = 64_000_000

export function answerCache(
  mostBytesAWorkspace = MOST_BYTES_A_WORKSPACE,
  mostBytes = MOST_BYTES,
): AnswerCache {
  /** The workspace asked about last stands last. */
  const shelves = new Map<number, Shelf>()
  let bytes = 0

  function shelfOf(workspace: number, facts: string): Shelf {
    const known = shelves.get(workspace)
    shelves.delete(workspace)
    if (known !== undefined && known.facts !== facts) bytes -= known.bytes
    const shelf = known?.facts === facts ? known : { facts, bytes: 0, answers: new Map() }
    shelves.set(workspace, shelf)
    return shelf
  }

  function drop(shelf: Shelf, question: string, answer: Buffer): void {
    const size = sizeOf(question, answer)
    shelf.answers.delete(question)
    shelf.bytes -= size
    bytes -= size
  }

  /** The longest unused of a shelf; false: it is empty. */
  function dropOldest(shelf: Shelf): boolean {
    for (const [question, answer] of shelf.answers) {
      drop(shelf, question, answer)
      return true
    }
    return false
  }

  function answerOf(workspace: number, question: string): Buffer | null {
    const answers = shelves.get(workspace)?.answers
    const answer = answers?.get(question)
    if (answers === undefined || answer === undefined) return null
    answers.delete(question)
    answers.set(question, answer)
    return answer
  }

  return {
    get(workspace, facts, question) {
      const answer = shelves.get(workspace)?.facts === facts ? answerOf(workspace, question) : null
      return answer?.toString() ?? null
    },
    keep(workspace, facts, question, text) {
      const shelf = shelfOf(workspace, facts)
      const answer = Buffer.from(text)
      const size = sizeOf(question, answer)
      if (size > mostBytesAWorkspace) return
      const former = shelf.answers.get(question)
      if (former !== undefined) drop(shelf, question, former)
      while (shelf.bytes + size > mostBytesAWorkspace && dropOldest(shelf));
      for (const [other, oldest] of shelves) {
        while (bytes + size > mostBytes && dropOldest(oldest));
        if (bytes + size <= mostBytes) break
        if (other !== workspace) shelves.delete(other)
      }
      shelf.answers.set(question, answer)
      shelf.bytes += size
      bytes += size
    },
  }
}

function sizeOf(question: string, answer: Buffer): number {
  return Buffer.byteLength(question) + answer.byteLength
}
