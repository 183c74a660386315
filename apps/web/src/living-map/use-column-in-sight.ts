import { type RefObject, useEffect, useRef } from 'react'

/** Brings the column of what was opened between the rail and the panel, which may lie over the map. */
export function useColumnInSight(
  columnId: string | null,
  room: number,
): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = scroller.current
    if (box === null || columnId === null) return
    const column = box.querySelector<HTMLElement>('[role=columnheader][aria-selected=true]')
    const rail = box.querySelector<HTMLElement>('[role=rowheader], [role=columnheader]')
    const panel = box.parentElement?.querySelector('aside')
    if (column === null || rail === null) return
    const seen = box.getBoundingClientRect()
    const right = Math.min(seen.right, panel?.getBoundingClientRect().left ?? seen.right)
    const left = seen.left + rail.offsetWidth
    const place = column.getBoundingClientRect()
    if (place.left >= left && place.right <= right) return
    box.scrollBy({ left: (place.left + place.right) / 2 - (left + right) / 2 })
  }, [columnId, room])
  return scroller
}
