import { HOSTILE_TEXTS, seeded } from '../../apps/server/src/testing/hostile-values.ts'
import { ask, faultsOf, machine, newKey, sender } from './asking.ts'
import type { Server } from './server.ts'

/** Each field of a call that takes text; the text stands as it is between the quotes of JSON. */
const CALLS: readonly ((text: string) => string)[] = [
  (text) => `{"type":"track","userId":"odd","event":"${text}"}`,
  (text) => `{"type":"track","userId":"${text}","event":"odd"}`,
  (text) => `{"type":"track","userId":"odd","event":"odd","messageId":"${text}"}`,
  (text) => `{"type":"track","userId":"odd","event":"odd","timestamp":"${text}"}`,
  (text) => `{"type":"page","userId":"odd","properties":{"path":"${text}","url":"${text}"}}`,
  (text) =>
    `{"type":"track","userId":"odd","event":"${text}","properties":{"channel":"${text}","path":"${text}"}}`,
  (text) => `{"type":"track","userId":"odd","event":"odd","properties":{"${text}":"${text}"}}`,
  (text) =>
    `{"type":"track","userId":"odd","event":"purchase","properties":{"order_id":"${text}","value":"${text}","currency":"${text}"}}`,
  (text) =>
    `{"type":"identify","userId":"odd","anonymousId":"${text}","traits":{"${text}":"${text}"}}`,
  (text) => `{"type":"group","userId":"odd","groupId":"${text}","traits":{"name":"${text}"}}`,
  (text) => `{"type":"alias","userId":"${text}","previousId":"odd-${text}"}`,
  (text) => `{"type":"${text}","userId":"odd","event":"odd"}`,
  (text) =>
    `{"type":"track","userId":"odd","event":"odd","context":{"page":{"path":"${text}"},"locale":"${text}"}}`,
]

const GOOD = 'good beside poison'

/**
 * Sends every hostile text in every field, so many times in another order, each batch with good events around it.
 *
 * @returns what was not answered as it should be, and good events that are not there
 */
export async function poison(server: Server, rounds: number): Promise<readonly string[]> {
  const who = sender(await newKey(server, 'server'))
  const faults: string[] = []
  let good = 0
  for (let round = 0; round < rounds; round++) {
    const random = seeded(20_261_127 + round)
    for (const call of CALLS) {
      const batch: string[] = []
      // The longest texts come alone with their batch, which a call's length bounds.
      const texts = HOSTILE_TEXTS.filter(() => round === 0 || random.chance(0.5))
      for (const text of texts) {
        batch.push(call(text), `{"type":"track","userId":"good","event":"${GOOD}"}`)
      }
      const shuffled = batch.toSorted(() => random.unit() - 0.5)
      const answer = await ask(server, who, 'POST', '/v1/batch', `{"batch":[${shuffled.join()}]}`)
      if (answer.status === 200) good += texts.length
      else faults.push(`a batch of ${call('…')}: ${answer.status} ${answer.text.slice(0, 300)}`)
    }
  }
  return [...faults, ...faultsOf([['good events beside poison', await stored(server), good]])]
}

async function stored(server: Server): Promise<number> {
  const { body } = await ask(server, machine(server), 'GET', '/api/workspaces/main/vocabulary')
  const events: unknown = Reflect.get(Object(body), 'events')
  if (!Array.isArray(events)) return -1
  const found = events.find((one: unknown) => Reflect.get(Object(one), 'name') === GOOD)
  return Number(Reflect.get(Object(found), 'events') ?? 0)
}
