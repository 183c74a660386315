import { setTimeout as sleep } from 'node:timers/promises'

/** Where to send, and what: the same number is always the same event. */
export interface Target {
  readonly url: string
  readonly writeKey: string
  readonly event: (number: number) => Readonly<Record<string, unknown>>
  readonly isRefused: (number: number) => boolean
}

export interface Sent {
  /** Numbers whose batch was answered with 200, refused ones included. */
  readonly acknowledged: Set<number>
  /** Answers that nobody should get: 5xx while the server was up, or a refusal that does not fit. */
  readonly wrong: string[]
  /** Batches that had to be sent again because no answer came. */
  retried: number
}

/**
 * Sends batches from several connections until told to stop, each again and again until it is acknowledged,
 * as a client that must not lose anything does.
 */
export function send(target: Target, first: number, connections: number, size: number) {
  const sent: Sent = { acknowledged: new Set(), wrong: [], retried: 0 }
  let next = first
  let stopping = false
  const one = async () => {
    while (!stopping) {
      const from = next
      next += size
      while (!(await batch(target, from, size, sent))) {
        sent.retried++
        await sleep(50)
      }
    }
  }
  const all = Promise.all(Array.from({ length: connections }, one))
  return {
    sent,
    /** What is under way is still brought to its end. */
    async stop(): Promise<Sent> {
      stopping = true
      await all
      return sent
    },
  }
}

async function batch(target: Target, from: number, size: number, sent: Sent): Promise<boolean> {
  const numbers = Array.from({ length: size }, (_, i) => from + i)
  try {
    const response = await fetch(`${target.url}/v1/batch`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${target.writeKey}:`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ batch: numbers.map((number) => target.event(number)) }),
      signal: AbortSignal.timeout(20_000),
    })
    const text = await response.text()
    if (response.status === 429 || response.status === 503) return false
    if (response.status !== 200) {
      sent.wrong.push(`${response.status} ${text.slice(0, 300)}`)
      return true
    }
    const answer: { refused?: readonly { index: number }[] } = JSON.parse(text)
    const refused = (answer.refused ?? []).map(({ index }) => from + index)
    const due = numbers.filter((number) => target.isRefused(number))
    if (refused.join() !== due.join())
      sent.wrong.push(`refused ${refused.join()}, expected ${due.join()}`)
    for (const number of numbers) sent.acknowledged.add(number)
    return true
  } catch {
    // The server is gone in the middle of it: whether it was stored is not known, so it is sent again.
    return false
  }
}
