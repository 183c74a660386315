import { useEffect } from 'react'
import type { Overlay } from './workspace-frame.tsx'

/** Cmd/Ctrl+K opens the command menu anywhere; `?` the sheet, unless something is being typed. */
export function useShortcuts(open: (overlay: Overlay) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        open('commands')
      } else if (event.key === '?' && !isTyping(event.target)) {
        event.preventDefault()
        open('shortcuts')
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [open])
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable]') !== null
  )
}
