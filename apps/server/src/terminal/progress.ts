/** Tells the person who waits what they wait for, as soon as it takes longer than two seconds. */
export interface Progress {
  /** Runs `work`; `say` replaces what is shown, e.g. a count. */
  during<T>(what: string, work: (say: (detail: string) => void) => Promise<T>): Promise<T>
}

const PATIENCE_MS = 2_000
const BETWEEN_MS = 1_000

export function progress(print: (line: string) => void): Progress {
  return {
    async during(what, work) {
      let detail = ''
      let shown = ''
      const startedAt = performance.now()
      const tick = () => {
        if (performance.now() - startedAt < PATIENCE_MS) return
        const line = detail === '' ? `${what} …` : `${what}: ${detail}`
        if (line !== shown) print(line)
        shown = line
      }
      const timer = setInterval(tick, BETWEEN_MS)
      try {
        return await work((said) => {
          detail = said
        })
      } finally {
        clearInterval(timer)
      }
    },
  }
}
