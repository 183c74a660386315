import { type Refusal, refuse } from '@parcurs/contract'
import type { Viewer } from './gate.ts'

/** How many questions of one person are answered at once, and how many more may wait: their screens ask some ten. */
const AT_ONCE = 4
const WAITING = 40
const AGAIN_SECONDS = 2

export interface Turn {
  /** Others were before. */
  readonly waited: boolean
  /** The answer is out, or nobody waits for it any more. */
  readonly end: () => void
}

/** Questions of one person, or of one program, take turns, so that whoever asks a lot waits for themselves. */
export interface TurnsOfOne {
  /** Refuses when too many wait already, and whoever has gone while they waited: those leave the line at once. */
  readonly take: (viewer: Viewer, signal: AbortSignal) => Promise<Turn | Refusal>
}

interface Line {
  running: number
  readonly waiting: Set<() => void>
}

export function turnsOfOne(atOnce = AT_ONCE, most = WAITING): TurnsOfOne {
  const lines = new Map<string, Line>()

  function turnIn(who: string, line: Line, waited: boolean): Turn {
    let over = false
    return {
      waited,
      end() {
        if (over) return
        over = true
        // The place is handed on, so nobody slips in between.
        const [next] = line.waiting
        if (next !== undefined) {
          line.waiting.delete(next)
          next()
        } else if (--line.running === 0) lines.delete(who)
      },
    }
  }

  return {
    async take(viewer, signal) {
      const gone = refuse('question-cancelled', 'whoever asked has gone')
      if (signal.aborted) return gone
      const who = nameOf(viewer)
      const line: Line = lines.get(who) ?? { running: 0, waiting: new Set() }
      lines.set(who, line)
      if (line.running < atOnce) {
        line.running++
        return turnIn(who, line, false)
      }
      if (line.waiting.size >= most) {
        return refuse(
          'too-busy',
          `${most} of your questions wait already: ask again when some are answered`,
          { retryAfterSeconds: AGAIN_SECONDS },
        )
      }
      return await new Promise<Turn | Refusal>((resolve) => {
        const leave = () => {
          line.waiting.delete(begin)
          resolve(gone)
        }
        const begin = () => {
          signal.removeEventListener('abort', leave)
          resolve(turnIn(who, line, true))
        }
        line.waiting.add(begin)
        signal.addEventListener('abort', leave, { once: true })
      })
    },
  }
}

function nameOf(viewer: Viewer): string {
  switch (viewer.kind) {
    case 'person':
      return `person ${viewer.userId}`
    case 'token':
      return `token ${viewer.tokenId}`
    case 'machine':
      return 'machine'
  }
}
