import { useEffect, useState } from 'react'

/**
 * The value as it was until the frame that shows the new one elsewhere is painted: what is heavy to draw
 * follows one frame behind what answers the hand.
 */
export function useAfterPaint<T>(value: T): T {
  const [shown, setShown] = useState(value)
  useEffect(() => {
    if (Object.is(shown, value)) return
    const frame = requestAnimationFrame(() => setShown(() => value))
    return () => cancelAnimationFrame(frame)
  }, [shown, value])
  return shown
}
