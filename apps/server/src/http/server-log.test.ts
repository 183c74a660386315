import { expect, test } from 'vitest'
import { serverLog } from './server-log.ts'

test('[SI11] what holds a secret is struck out, however it comes into the log', () => {
  const lines: string[] = []
  const log = serverLog('debug', { write: (line) => void lines.push(line) })
  log.info({ req: { headers: { authorization: 'Bearer s3cret', cookie: 'a=s3cret' } } }, 'a')
  log.info({ password: 's3cret', token: 's3cret', user: { password: 's3cret' } }, 'b')
  log.error({ err: Object.assign(new Error('no'), { body: 's3cret', key: 's3cret' }) }, 'c')
  expect(lines).toHaveLength(3)
  expect(lines.join('')).not.toContain('s3cret')
})
