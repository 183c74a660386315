import { useEffect, useEffectEvent } from 'react'
import { isTyping } from '../shell/use-shortcuts.ts'
import type { Zoom } from './column-layout.ts'

const KEYS: Readonly<Record<string, Zoom>> = { '1': 'stages', '2': 'line', '3': 'all' }

/** 1, 2 and 3 bring the map closer, unless something is being typed. */
export function useZoomKeys(onZoom: (zoom: Zoom) => void): void {
  const latest = useEffectEvent(onZoom)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const zoom = KEYS[event.key]
      if (zoom === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      if (!isTyping(event.target)) latest(zoom)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
