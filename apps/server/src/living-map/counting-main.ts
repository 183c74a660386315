import { parentPort } from 'node:worker_threads'
import { mapBlock, mapCounts, MapKernel, nativeBlocks, type TallyParts } from '@parcurs/analytics'
import type { CountingOrder, FromCounter, ToCounter } from './counting-message.ts'
import { ByteQueue } from './byte-queue.ts'

// A thread that counts maps: bytes of `mapQuery` come in, counts go out. Several maps may be under way.

const port = parentPort
if (port === null) throw new Error('this runs as a thread')
const underWay = new Map<number, UnderWay>()

interface UnderWay {
  readonly queue: ByteQueue
  /** Known with the end of the bytes. */
  others: readonly TallyParts[]
}

port.on('message', (message: ToCounter) => {
  if (message.kind === 'order') {
    const queue = new ByteQueue(() => say({ kind: 'taken', id: message.id }))
    const order = { queue, others: [] }
    underWay.set(message.id, order)
    void count(message, order)
    return
  }
  const order = underWay.get(message.id)
  if (order === undefined) return
  if (message.kind === 'bytes') order.queue.push(new Uint8Array(message.bytes))
  else if (message.kind === 'give-up') order.queue.fail(new Error('given up'))
  else {
    order.others = message.others
    order.queue.end()
  }
})

async function count({ id, plan, names }: CountingOrder, order: UnderWay): Promise<void> {
  try {
    const kernel = new MapKernel(plan)
    for await (const block of nativeBlocks(order.queue)) kernel.add(mapBlock(block))
    if (names === null) {
      say({ kind: 'tallied', id, parts: kernel.tally.parts })
      return
    }
    for (const other of order.others) kernel.tally.merge(other)
    say({ kind: 'counted', id, counts: mapCounts(kernel.tally, names) })
  } catch (error) {
    say({ kind: 'failed', id, why: String(error) })
  } finally {
    underWay.delete(id)
  }
}

function say(message: FromCounter): void {
  port?.postMessage(message)
}
