import { useSyncExternalStore } from 'react'

const RAIL = 152
const SIDES = 2

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

/** Room for the columns: of the window, not of the panel's rest, so that nothing jumps when the panel opens. */
export function useRoom(): { readonly room: number; readonly phone: boolean } {
  const width = useSyncExternalStore(subscribe, () => document.documentElement.clientWidth)
  return { room: width - RAIL - SIDES, phone: width < 720 }
}
