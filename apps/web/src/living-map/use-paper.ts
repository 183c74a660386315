import { useSyncExternalStore } from 'react'

/** A4 across, in CSS pixels, within its margins. */
const PAPER = 1_010
const RAIL = 152
/** A column of the map as it is on a screen without room to spare. */
const COLUMN = 88
/** Smaller than this nobody reads it. */
const SMALLEST = 0.5

/** How much smaller a map of this width is printed. */
export function printZoom(width: number): number {
  return Math.min(1, PAPER / (RAIL + width))
}

/** Whether a map that is being printed is told downwards: on paper nothing can be scrolled, and it would be too small. */
export function useStoryOnPaper(columns: number): boolean {
  const printing = useSyncExternalStore(subscribe, isPrinting)
  return printing && printZoom(columns * COLUMN) < SMALLEST
}

const PRINT = 'print'

function subscribe(listener: () => void): () => void {
  const paper = matchMedia(PRINT)
  paper.addEventListener('change', listener)
  return () => paper.removeEventListener('change', listener)
}

const isPrinting = () => matchMedia(PRINT).matches
