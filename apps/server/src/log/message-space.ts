import type { MessageHash } from '../identity/identity-key.ts'
import { textHash } from '../identity/identity-key.ts'

/**
 * Whose names of messages these are. Ids of different spaces never meet: a browser, whose key everybody can
 * read, cannot take the id of what a server will send. Imports, and everything from before there were
 * spaces, are the server's.
 */
export type MessageSpace = 'server' | 'browser' | 'flow'

const PREFIX: Readonly<Record<MessageSpace, string>> = {
  // TRICKY: as it was before there were spaces, so that everything stored stays known.
  server: 'message',
  browser: 'browser message',
  flow: 'flow message',
}

/** The workspace is part of it, so one filter serves all of them. */
export function messageHash(
  workspace: number,
  space: MessageSpace,
  messageId: string,
): MessageHash {
  return textHash(`${workspace}\0${PREFIX[space]}\0${messageId}`)
}
