import { useEffect } from 'react'

/** What is typed while the command menu is fetched for the first time, so that no key is lost. */
export interface EarlyText {
  readonly text: () => string
  readonly forget: () => void
  /** From now on, from nothing. Answers how to end it. */
  readonly listen: () => () => void
}

export function earlyText(): EarlyText {
  let typed = ''
  const keep = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Backspace') typed = typed.slice(0, -1)
    else if (event.key.length === 1) typed += event.key
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    text: () => typed,
    forget: () => {
      typed = ''
    },
    listen: () => {
      typed = ''
      window.addEventListener('keydown', keep, true)
      return () => window.removeEventListener('keydown', keep, true)
    },
  }
}

/** Stands in the menu's place until it is there. */
export function EarlyKeys({ early }: { readonly early: EarlyText }) {
  useEffect(() => early.listen(), [early])
  return null
}
