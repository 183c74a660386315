import { useSyncExternalStore } from 'react'

/** The names of the lanes. */
const LANES = 152
const SIDES = 2
const LOW = 880

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  const page = document.getElementById('page')
  const observer = new ResizeObserver(listener)
  if (page !== null) observer.observe(page)
  return () => {
    window.removeEventListener('resize', listener)
    observer.disconnect()
  }
}

/** Room for the columns: of the page, not of the panel's rest, so that nothing jumps when the panel opens. */
export function useRoom(): {
  readonly room: number
  readonly phone: boolean
  /** Little height: the lanes would lie below what is seen. */
  readonly low: boolean
} {
  const width = useSyncExternalStore(subscribe, pageWidth)
  const phone = useSyncExternalStore(subscribe, () => document.documentElement.clientWidth < 720)
  const low = useSyncExternalStore(subscribe, () => document.documentElement.clientHeight < LOW)
  return { room: width - LANES - SIDES, phone, low }
}

/** Beside the rail, which is as wide as whoever sits there likes it. */
function pageWidth(): number {
  const page = document.getElementById('page')
  return page?.clientWidth ?? document.documentElement.clientWidth
}
