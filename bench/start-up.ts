import { setTimeout as delay } from 'node:timers/promises'
import { type Figure, millis } from './report.ts'
import { startServer } from './server-program.ts'

const IDLE_MS = 15_000

/** First start with the demo shop, a start on what is there, and the memory of a server that rests. */
export async function startUp(home: string): Promise<readonly Figure[]> {
  const first = await startServer(home, true)
  await first.stop()
  const again = await startServer(home, true)
  try {
    await delay(IDLE_MS)
    const memoryMb = again.memoryMb()
    return [
      {
        part: 'start',
        what: 'first start, demo shop and folding included',
        value: millis(first.readyMs),
        target: '≤ 45 s',
        met: first.readyMs <= 45_000,
      },
      {
        part: 'start',
        what: 'start on an existing data folder',
        value: millis(again.readyMs),
        target: '≤ 5 s',
        met: again.readyMs <= 5_000,
      },
      {
        part: 'idle',
        what: 'memory of the server and both stores, demo loaded, 15 s after the start (PSS)',
        value: memoryMb === null ? 'unknown: no /proc' : `${memoryMb} MB`,
        target: '< 700 MB',
        met: memoryMb === null ? null : memoryMb < 700,
      },
    ]
  } finally {
    await again.stop()
  }
}
