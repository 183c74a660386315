import { parentPort } from 'node:worker_threads'
import { mapBlock, mapCounts, MapKernel, nativeBlocks } from '@parcurs/analytics'
import type { CountingOrder, ToCounter } from './counting-message.ts'
import { ByteQueue } from './byte-queue.ts'

// The thread that counts maps: bytes of `mapQuery` come in, counts go out. Several maps may be under way.

const port = parentPort
if (port === null) throw new Error('this runs as a thread')
const queues = new Map<number, ByteQueue>()

port.on('message', (message: ToCounter) => {
  if (message.kind === 'order') {
    const queue = new ByteQueue(() => port.postMessage({ kind: 'taken', id: message.id }))
    queues.set(message.id, queue)
    void count(message, queue)
    return
  }
  const queue = queues.get(message.id)
  if (message.kind === 'bytes') queue?.push(new Uint8Array(message.bytes))
  else if (message.kind === 'end') queue?.end()
  else queue?.fail(new Error('given up'))
})

async function count({ id, plan, names }: CountingOrder, queue: ByteQueue): Promise<void> {
  try {
    const kernel = new MapKernel(plan)
    for await (const block of nativeBlocks(queue)) kernel.add(mapBlock(block))
    const counts = mapCounts(kernel.tally, names)
    port?.postMessage({ kind: 'counted', id, counts })
  } catch (error) {
    port?.postMessage({ kind: 'failed', id, why: String(error) })
  } finally {
    queues.delete(id)
  }
}
