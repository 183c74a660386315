/** Ids of touchpoints are unique over all workspaces, so the shop's carry its name; surveys carry them too. */
export function touchpointId(name: string): string {
  return `shop-${name}`
}
