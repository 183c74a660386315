import { type Refusal, refuse } from '@parcurs/contract'
import type { Viewer } from '../http/gate.ts'

/** How many questions of one person are answered at once, and how many more may wait: their screens ask some ten. */
export const AT_ONCE = 4
export const WAITING = 40

/**
 * Questions of one person, or of one program, take turns, so that whoever asks a lot waits for themselves.
 *
 * @returns what the work answers; or a refusal when too many wait already
 */
export function turnsOfOne(atOnce = AT_ONCE, most = WAITING) {
  const lines = new Map<string, { running: number; readonly waiting: (() => void)[] }>()

  return async <T>(
    viewer: Viewer,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T | Refusal> => {
    const who = nameOf(viewer)
    const line = lines.get(who) ?? { running: 0, waiting: [] }
    lines.set(who, line)
    if (line.waiting.length >= most) {
      return refuse(
        'too-busy',
        `${most} of your questions wait already: ask again when some are answered`,
        {
          retryAfterSeconds: 2,
        },
      )
    }
    if (line.running >= atOnce) await new Promise<void>((resolve) => line.waiting.push(resolve))
    else line.running++
    try {
      return signal.aborted ? refuse('question-cancelled', 'whoever asked has gone') : await work()
    } finally {
      // The place is handed on, so nobody slips in between.
      const next = line.waiting.shift()
      if (next !== undefined) next()
      else if (--line.running === 0) lines.delete(who)
    }
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
