import type { DeviceMemory } from '../device/device-memory.ts'
import type { ListedMap } from './map-queries.ts'

/** Under which the map last looked at in a workspace is remembered. */
export function lastMapKey(workspace: string): string {
  return `map.${workspace}`
}

/** The map that an address names, else the one last looked at, else the first. */
export function mapShown<M extends ListedMap>(
  maps: readonly M[] | undefined,
  named: string | undefined,
  last: string | null,
): M | undefined {
  return maps?.find(({ id }) => id === named) ?? maps?.find(({ id }) => id === last) ?? maps?.[0]
}

export function lastMapOf(memory: DeviceMemory, workspace: string): string | null {
  return memory.get(lastMapKey(workspace))
}
