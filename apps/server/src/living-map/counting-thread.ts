import type { Readable } from 'node:stream'
import type { Worker } from 'node:worker_threads'
import type { CountNames, MapPlan, TallyParts } from '@parcurs/analytics'
import { startThread } from '../imports/thread-program.ts'
import type { FromCounter, ToCounter } from './counting-message.ts'

/** Bytes are sent in pieces of this size: fewer, larger messages. */
const PIECE_BYTES = 1_048_576
/** So many pieces may lie with the thread before the store is made to wait. */
const PIECES_AHEAD = 8

export type Counted = Extract<FromCounter, { readonly kind: 'counted' | 'tallied' }>

/** One thread that counts maps, or parts of them. */
export interface CountingThread {
  /**
   * @param names null: only tally
   * @param open begins the stream of `mapQuery`, in the format Native. Its own error is what this rejects with
   * @param others what is to be added, known by the end of the stream
   */
  readonly count: (
    plan: MapPlan,
    names: CountNames | null,
    open: () => Promise<Readable>,
    others: Promise<readonly TallyParts[]>,
  ) => Promise<Counted>
  readonly close: () => Promise<void>
}

interface UnderWay {
  readonly counted: (counted: Counted) => void
  readonly failed: (error: Error) => void
  readonly taken: () => void
}

/** The thread starts with the first map and stays; a thread that died is replaced by the next map. */
export function countingThread(): CountingThread {
  let worker: Worker | null = null
  let last = 0
  const underWay = new Map<number, UnderWay>()

  function thread(): Worker {
    if (worker !== null) return worker
    const started = startThread('counting-main', import.meta.url, null)
    started.unref()
    started.on('message', (message: FromCounter) => {
      const order = underWay.get(message.id)
      if (message.kind === 'taken') order?.taken()
      else if (message.kind === 'failed') {
        order?.failed(new Error(`the map was not counted: ${message.why}`))
      } else order?.counted(message)
    })
    const died = (error: Error) => {
      if (worker === started) worker = null
      for (const order of underWay.values()) order.failed(error)
    }
    started.on('error', died)
    started.on('exit', (code) => died(new Error(`the counting thread ended (${code})`)))
    worker = started
    return started
  }

  return {
    async count(plan, names, open, others) {
      const bytes = await open()
      const id = ++last
      const to = thread()
      let ahead = 0
      let wake: (() => void) | null = null
      const answer = new Promise<Counted>((counted, failed) => {
        underWay.set(id, {
          counted,
          failed: (error) => {
            failed(error)
            bytes.destroy(error)
          },
          taken: () => {
            ahead -= 1
            wake?.()
          },
        })
      })
      // Seen below; until then nobody listens.
      answer.catch(() => {})
      const send = (message: ToCounter) =>
        to.postMessage(message, message.kind === 'bytes' ? [message.bytes] : [])
      try {
        send({ kind: 'order', id, plan, names })
        for await (const piece of pieces(bytes)) {
          send({ kind: 'bytes', id, bytes: piece })
          ahead += 1
          while (ahead > PIECES_AHEAD) {
            await new Promise<void>((resolve) => {
              wake = resolve
            })
            wake = null
          }
        }
        send({ kind: 'end', id, others: await others })
        return await answer
      } catch (error) {
        send({ kind: 'give-up', id })
        throw error
      } finally {
        underWay.delete(id)
      }
    },
    async close() {
      await worker?.terminate()
      worker = null
    },
  }
}

/** Chunks of a stream joined to pieces whose memory can be handed over. */
async function* pieces(bytes: Readable): AsyncGenerator<ArrayBuffer, void, undefined> {
  let piece = new Uint8Array(PIECE_BYTES)
  let size = 0
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    for (let from = 0; from < chunk.length; ) {
      const room = Math.min(PIECE_BYTES - size, chunk.length - from)
      piece.set(chunk.subarray(from, from + room), size)
      size += room
      from += room
      if (size < PIECE_BYTES) continue
      yield piece.buffer
      piece = new Uint8Array(PIECE_BYTES)
      size = 0
    }
  }
  if (size > 0) yield piece.buffer.slice(0, size)
}
