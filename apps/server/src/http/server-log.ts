import { type DestinationStream, type Logger, pino } from 'pino'

const SECRETS = ['authorization', 'cookie', 'password', 'token', 'key', 'secret', 'headers', 'body']

/**
 * The program's log. What we log names no secret; should something log a whole request or an object that
 * holds one, these fields are struck out as well.
 */
export function serverLog(level: string, destination: DestinationStream): Logger {
  return pino(
    {
      level,
      name: 'parcurs',
      redact: {
        paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `["set-${name}"]`]),
        censor: '[secret]',
      },
    },
    destination,
  )
}
