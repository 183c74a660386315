import { useState } from 'react'

/** The instant at which the screen was opened: "an hour ago" does not tick while it is read. */
export function useNow(): number {
  const [nowMs] = useState(() => Date.now())
  return nowMs
}
