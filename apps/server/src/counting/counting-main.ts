import { parentPort } from 'node:worker_threads'
import { type Counting, counterOf, nativeBlocks, type Part } from '@parcurs/analytics'
import { ByteQueue } from './byte-queue.ts'
import type { FromCounter, ToCounter } from './counting-message.ts'

// A thread that runs kernels: bytes of a question's rows come in, what they come to goes out. Several
// questions may be under way.

const port = parentPort
if (port === null) throw new Error('this runs as a thread')
const underWay = new Map<number, UnderWay>()

interface UnderWay {
  readonly queue: ByteQueue
  /** Known with the end of the bytes. */
  others: readonly Part[]
}

port.on('message', (message: ToCounter) => {
  const { id } = message
  if (message.kind === 'order') {
    const order = { queue: new ByteQueue(() => say({ kind: 'taken', id })), others: [] }
    underWay.set(id, order)
    void count(id, message.counting, message.whole, order)
    return
  }
  const order = underWay.get(id)
  if (order === undefined) return
  if (message.kind === 'bytes') order.queue.push(new Uint8Array(message.bytes))
  else if (message.kind === 'give-up') order.queue.fail(new Error('given up'))
  else {
    order.others = message.others
    order.queue.end()
  }
})

async function count(
  id: number,
  counting: Counting,
  whole: boolean,
  order: UnderWay,
): Promise<void> {
  try {
    const counter = counterOf(counting)
    for await (const block of nativeBlocks(order.queue)) counter.add(block)
    for (const other of order.others) counter.merge(other)
    if (whole) say({ kind: 'counted', id, counted: counter.counted() })
    else say({ kind: 'part', id, part: counter.part() })
  } catch (error) {
    say({ kind: 'failed', id, why: String(error) })
  } finally {
    underWay.delete(id)
    say({ kind: 'left', id })
  }
}

function say(message: FromCounter): void {
  port?.postMessage(message)
}

say({ kind: 'ready' })
