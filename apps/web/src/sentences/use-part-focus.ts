import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'
import type { Path } from './rule-edit.ts'
import { pathOf, pathText } from './rule-lines.ts'

/** A part that can be focused: where its condition or group stands, and which part of it. */
export interface Place {
  readonly path: Path
  readonly part: string
}

/**
 * One Tab stop for a whole sentence: only the part last looked at is reached with Tab, and arrows move from there:
 * left and right along the sentence, up and down by its lines, Home and End to the ends of a line.
 */
export function usePartFocus(root: RefObject<HTMLElement | null>) {
  const at = useRef<Place | null>(null)
  const wanted = useRef<(Place & { readonly open?: boolean }) | null>(null)
  // What was drawn anew would be a Tab stop of its own: after each drawing all but one are taken out.
  useLayoutEffect(() => {
    const parts = partsIn(root.current)
    const want = wanted.current
    wanted.current = null
    if (want !== null) at.current = want
    const here = partAt(parts, at.current) ?? parts[0]
    for (const part of parts) part.tabIndex = part === here ? 0 : -1
    if (want === null || here === undefined) return
    here.focus()
    // TRICKY: what was open keeps the rest of the page inert until it is gone, a moment after this drawing.
    if (document.activeElement !== here && want.open !== true) {
      requestAnimationFrame(() => here.focus())
    }
    if (want.open === true) here.click()
  })
  const move = (to: HTMLElement | undefined): boolean => {
    if (to === undefined) return false
    for (const part of partsIn(root.current)) part.tabIndex = part === to ? 0 : -1
    at.current = placeOf(to)
    to.focus()
    return true
  }
  return {
    /** Looks there as soon as it is drawn, and opens it if told to. */
    want(place: Place & { readonly open?: boolean }) {
      wanted.current = place
    },
    at: () => at.current,
    onFocus(event: FocusEvent) {
      const part = event.target.closest<HTMLElement>('[data-part]')
      if (part === null || root.current?.contains(part) !== true) return
      at.current = placeOf(part)
      for (const other of partsIn(root.current)) other.tabIndex = other === part ? 0 : -1
    },
    /** @returns whether it was a key of the sentence */
    onKey(key: string, whole: boolean, alt: boolean): boolean {
      if (alt) return false
      const parts = partsIn(root.current)
      const here = partAt(parts, at.current)
      if (here === undefined) return false
      const i = parts.indexOf(here)
      const lines = linesOf(parts)
      const line = lines.findIndex((own) => own.includes(here))
      const own = lines[line] ?? []
      switch (key) {
        case 'ArrowLeft':
          return move(parts[i - 1]) || true
        case 'ArrowRight':
          return move(parts[i + 1]) || true
        case 'ArrowUp':
        case 'ArrowDown': {
          const next = lines[line + (key === 'ArrowUp' ? -1 : 1)] ?? []
          return move(next[Math.min(own.indexOf(here), next.length - 1)]) || true
        }
        case 'Home':
          return move(whole ? parts[0] : own[0])
        case 'End':
          return move(whole ? parts.at(-1) : own.at(-1))
        default:
          return false
      }
    },
  }
}

function partsIn(root: HTMLElement | null): readonly HTMLElement[] {
  return root === null ? [] : [...root.querySelectorAll<HTMLElement>('[data-part]')]
}

function linesOf(parts: readonly HTMLElement[]): readonly (readonly HTMLElement[])[] {
  const lines = new Map<Element | null, HTMLElement[]>()
  for (const part of parts) {
    const line = part.closest('[data-line]')
    lines.set(line, [...(lines.get(line) ?? []), part])
  }
  return [...lines.values()]
}

function placeOf(part: Element): Place {
  return {
    path: pathOf(part.getAttribute('data-path') ?? ''),
    part: part.getAttribute('data-part') ?? '',
  }
}

/** The part itself, else the first of its condition. */
function partAt(parts: readonly HTMLElement[], place: Place | null): HTMLElement | undefined {
  if (place === null) return undefined
  const path = pathText(place.path)
  const own = parts.filter((part) => part.getAttribute('data-path') === path)
  return own.find((part) => part.getAttribute('data-part') === place.part) ?? own[0]
}
