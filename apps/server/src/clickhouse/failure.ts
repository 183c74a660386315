import { StoreFailure, type StoreFailureCode } from './clickhouse.ts'

/** ClickHouse's numbers that mean something to us; every other number is a wrong statement. */
const CODES: Readonly<Record<number, StoreFailureCode>> = {
  159: 'too-slow', // TIMEOUT_EXCEEDED
  160: 'too-slow', // TOO_SLOW
  241: 'too-much-memory', // MEMORY_LIMIT_EXCEEDED
  243: 'disk-full', // NOT_ENOUGH_SPACE
  394: 'interrupted', // QUERY_WAS_CANCELLED, and not by the asker: that shows in the signal
  236: 'interrupted', // ABORTED: the server is shutting down
  210: 'interrupted', // NETWORK_ERROR
}

const NO_SPACE = /No space left on device|ENOSPC|errno: 28\b/

/** Whatever the client threw, in our words. */
export function storeFailure(error: unknown, signal?: AbortSignal): StoreFailure {
  if (error instanceof StoreFailure) return error
  const message = error instanceof Error ? error.message : String(error)
  if (signal?.aborted === true) {
    return new StoreFailure('cancelled', 'the asker gave up', null, error)
  }
  if (NO_SPACE.test(message)) {
    return new StoreFailure('disk-full', 'no space left for the event store', 243, error)
  }
  const number = storeNumber(error)
  if (number === null) {
    const why = message === '' ? 'connection lost' : message
    return new StoreFailure(
      'interrupted',
      `the event store went away (${why}): ask again`,
      null,
      error,
    )
  }
  return new StoreFailure(CODES[number] ?? 'statement', message, number, error)
}

function storeNumber(error: unknown): number | null {
  if (!(error instanceof Error)) return null
  const code = 'code' in error ? Number(error.code) : Number.NaN
  if (Number.isInteger(code)) return code
  const told = /Code: (\d+)/.exec(error.message)
  return told === null ? null : Number(told[1])
}
