import { type RefObject, useLayoutEffect, useState } from 'react'

/** Whether an element has less room than `least` pixels. */
export function useNarrow(element: RefObject<HTMLElement | null>, least: number): boolean {
  const [narrow, setNarrow] = useState(false)
  useLayoutEffect(() => {
    const found = element.current
    if (found === null) return undefined
    const look = () => setNarrow(found.clientWidth > 0 && found.clientWidth < least)
    look()
    const observer = new ResizeObserver(look)
    observer.observe(found)
    return () => observer.disconnect()
  }, [element, least])
  return narrow
}
