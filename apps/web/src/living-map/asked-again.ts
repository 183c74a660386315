import { healing } from '../api/query-client.ts'

const REFRESH_MS = 60_000

/**
 * When an open map is asked again by itself: events come, and the server counts only who changed since; with a
 * segment it would count everybody.
 *
 * @returns false: not
 */
export function askedAgainMs(error: Error | null, narrowed: boolean): number | false {
  return error === null && !narrowed ? REFRESH_MS : healing(error)
}
