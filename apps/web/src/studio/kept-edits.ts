import type { NumberedEdit } from '@parcurs/domain'

/** Edits of one map that the server does not have yet, kept on this device by the window that made them. */
export interface KeptEdits {
  /** Of every window, this one's too. */
  readonly read: () => readonly {
    readonly client: string
    readonly edits: readonly NumberedEdit[]
  }[]
  /** None: forgets them. */
  readonly write: (client: string, edits: readonly NumberedEdit[]) => void
}

/**
 * Over the browser's storage; where it refuses, edits are kept until the window is closed, as nothing else could.
 *
 * @param whose map: the person, the workspace and the map
 */
export function keptEdits(storage: () => Storage | null, whose: string): KeptEdits {
  const prefix = `parcurs.edits.${whose}.`
  return {
    read() {
      try {
        const held = storage()
        if (held === null) return []
        return Object.keys(held)
          .filter((key) => key.startsWith(prefix))
          .map((key) => ({
            client: key.slice(prefix.length),
            edits: JSON.parse(held.getItem(key) ?? '[]') as readonly NumberedEdit[],
          }))
      } catch {
        return []
      }
    },
    write(client, edits) {
      try {
        const held = storage()
        if (edits.length === 0) held?.removeItem(prefix + client)
        else held?.setItem(prefix + client, JSON.stringify(edits))
      } catch {
        // Full or refused: they are still in this window, and sent from it.
      }
    },
  }
}
