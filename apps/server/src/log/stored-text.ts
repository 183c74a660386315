import { wellFormed } from '@parcurs/domain'

// What text the log takes, one place for all ways in. U+0000 and half surrogate pairs are kept by neither
// store: in calls they become U+FFFD, rows of files that hold them are refused where they are read.

/** Longer names of events are refused: ids stand where names should. */
export const MAX_EVENT_NAME_CHARS = 200
/** What is longer is cut. */
export const MAX_PATH_CHARS = 500
export const MAX_CHANNEL_CHARS = 60

export const storedText = wellFormed

/** Ids and names with spaces around them are the same id and name. */
export function storedName(text: string): string {
  return wellFormed(text).trim()
}
