import { constants, setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { type Counting, counterOver, mapWalks, type Part, TooMuchMemory } from '@parcurs/analytics'
import { ByteQueue } from './byte-queue.ts'
import type { FromCounter, ToCounter } from './counting-message.ts'

// A thread that runs kernels: bytes of a question's rows come in, what they come to goes out. Several
// questions may be under way.

const port = parentPort
if (port === null) throw new Error('this runs as a thread')
// Collection first: where all processors are taken, what answers everybody goes before kernels.
// TRICKY: on Linux this is of the calling thread, not of the process; elsewhere it would be of all, so it is left.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const underWay = new Map<number, UnderWay>()
const walks = mapWalks()

interface UnderWay {
  readonly queue: ByteQueue
  /** Known with the end of the bytes. */
  others: readonly Part[]
}

port.on('message', (message: ToCounter) => {
  const { id } = message
  if (message.kind === 'order') {
    const given = new Int32Array(message.givenUp)
    const queue = new ByteQueue(
      () => say({ kind: 'taken', id }),
      () => Atomics.load(given, 0) === 1,
    )
    const order = { queue, others: [] }
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
    const counter = await counterOver(counting, order.queue, walks)
    for (const other of order.others) counter.merge(other)
    if (whole) say({ kind: 'counted', id, counted: counter.counted() })
    else say({ kind: 'part', id, part: counter.part() })
  } catch (error) {
    say({ kind: 'failed', id, why: String(error), tooMuch: error instanceof TooMuchMemory })
  } finally {
    underWay.delete(id)
    say({ kind: 'left', id })
  }
}

function say(message: FromCounter): void {
  port?.postMessage(message)
}

say({ kind: 'ready' })
