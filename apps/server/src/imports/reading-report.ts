import { once } from 'node:events'
import { startThread } from '../processes/thread-program.ts'
import type { ReadingReport, ReadingTask } from './reading-thread.ts'

/** The one report of a task that ends with it. @throws when the thread fails, or takes longer */
export async function reportOf(task: ReadingTask, limitMs: number): Promise<ReadingReport> {
  const thread = startThread('reading-main', import.meta.url, task)
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), limitMs)
  try {
    const [report]: ReadingReport[] = await once(thread, 'message', { signal: ending.signal })
    if (report === undefined || report.kind === 'failed') {
      throw new Error(report?.message ?? 'the thread said nothing')
    }
    return report
  } finally {
    clearTimeout(timer)
    await thread.terminate()
  }
}
