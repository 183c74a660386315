import { expect, test } from 'vitest'
import { StoreFailure } from './clickhouse.ts'
import { storeFailure } from './failure.ts'

const told = (message: string, code?: string) =>
  storeFailure(Object.assign(new Error(message), code === undefined ? {} : { code }))

test.each([
  ['Timeout exceeded: elapsed 1.0 seconds', '159', 'too-slow'],
  ['memory limit exceeded', '241', 'too-much-memory'],
  ['Query was cancelled', '394', 'interrupted'],
  ['Syntax error', '62', 'statement'],
  ['Code: 243. DB::Exception: Cannot reserve 1 MiB', undefined, 'disk-full'],
  [
    'Code: 75. DB::ErrnoException: Cannot write: errno: 28, strerror: No space left on device',
    undefined,
    'disk-full',
  ],
  ['ENOSPC: no space left on device, write', 'ENOSPC', 'disk-full'],
  ['socket hang up', 'ECONNRESET', 'interrupted'],
  ['', undefined, 'interrupted'],
])('[ST14] %j %j is %s', (message, code, expected) => {
  expect(told(message, code)).toMatchObject({ name: 'StoreFailure', code: expected })
})

test('[ST14] the asker who gave up is told so, and a failure stays what it is', () => {
  expect(storeFailure(new Error('aborted'), AbortSignal.abort()).code).toBe('cancelled')
  const failure = new StoreFailure('too-slow', 'x', 159)
  expect(storeFailure(failure)).toBe(failure)
})
