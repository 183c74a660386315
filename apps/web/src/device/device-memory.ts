import { createContext, use, useCallback, useSyncExternalStore } from 'react'

/** What this device remembers between visits: small choices, never data. */
export interface DeviceMemory {
  readonly get: (key: string) => string | null
  /** null forgets it. */
  readonly set: (key: string, value: string | null) => void
  readonly subscribe: (listener: () => void) => () => void
}

/** Over the browser's storage; without one (or when it refuses) a choice holds until the page is closed. */
export function deviceMemory(storage: () => Storage | null): DeviceMemory {
  const held = new Map<string, string | null>()
  const listeners = new Set<() => void>()
  const name = (key: string) => `parcurs.${key}`
  return {
    get(key) {
      const known = held.get(key)
      if (known !== undefined) return known
      try {
        return storage()?.getItem(name(key)) ?? null
      } catch {
        return null
      }
    },
    set(key, value) {
      held.set(key, value)
      try {
        if (value === null) storage()?.removeItem(name(key))
        else storage()?.setItem(name(key), value)
      } catch {
        // Full or refused: held above until the page is closed.
      }
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Remembered while somebody is, as far as this browser knows: a stranger's first link asks for nothing in vain. */
export const SIGNED_IN = 'signed-in'

export const DeviceContext = createContext<DeviceMemory>(deviceMemory(() => null))

/** One remembered choice and the way to change it. */
export function useRemembered(
  key: string,
): readonly [string | null, (value: string | null) => void] {
  const memory = use(DeviceContext)
  const value = useSyncExternalStore(memory.subscribe, () => memory.get(key))
  const remember = useCallback((next: string | null) => memory.set(key, next), [memory, key])
  return [value, remember]
}
