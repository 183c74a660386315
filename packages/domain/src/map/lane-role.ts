/** What each part of a service blueprint is: who does it, and whether the customer sees it. */
export type BlueprintZone = 'customer' | 'front' | 'back' | 'support'

interface LaneMeaning {
  /** The part of a service blueprint that the lane is of; null: it stands on no side of its lines. */
  readonly zone: BlueprintZone | null
}

/** What a lane is for. Its title is the user's own, in any language; what the program knows of it follows from the role. */
export const LANE_MEANINGS = {
  actions: { zone: 'customer' },
  motivations: { zone: 'customer' },
  goals: { zone: 'customer' },
  needs: { zone: 'customer' },
  thoughts: { zone: 'customer' },
  questions: { zone: 'customer' },
  touchpoints: { zone: null },
  channels: { zone: null },
  emotion: { zone: null },
  pains: { zone: null },
  gains: { zone: null },
  opportunities: { zone: null },
  ideas: { zone: null },
  moments: { zone: null },
  evidence: { zone: null },
  owner: { zone: null },
  frontstage: { zone: 'front' },
  backstage: { zone: 'back' },
  systems: { zone: 'support' },
  kpi: { zone: null },
  image: { zone: null },
  file: { zone: null },
  text: { zone: null },
} as const satisfies Readonly<Record<string, LaneMeaning>>

export type LaneRole = keyof typeof LANE_MEANINGS

export const LANE_ROLES = Object.keys(LANE_MEANINGS) as readonly LaneRole[]

export type BlueprintLine = 'interaction' | 'visibility' | 'internal-interaction'

const LINES: readonly { readonly line: BlueprintLine; readonly from: readonly BlueprintZone[] }[] =
  [
    { line: 'interaction', from: ['front', 'back', 'support'] },
    { line: 'visibility', from: ['back', 'support'] },
    { line: 'internal-interaction', from: ['support'] },
  ]

/**
 * Where the lines of a service blueprint run: each above the first lane that lies beyond it. A line that would have
 * nothing of a blueprint above it, or stand where a later one stands too, is not drawn.
 *
 * @param roles of the lanes, from the top
 * @returns for each lane the line above it; null: none
 */
export function blueprintLines(roles: readonly LaneRole[]): readonly (BlueprintLine | null)[] {
  const zones = roles.map((role): BlueprintZone | null => LANE_MEANINGS[role].zone)
  const above = zones.map((): BlueprintLine | null => null)
  for (const { line, from } of LINES) {
    const at = zones.findIndex((zone) => zone !== null && from.includes(zone))
    const before = zones.slice(0, Math.max(at, 0)).some((zone) => zone !== null)
    // A later line at the same place says more: nothing stands between the two.
    if (at > 0 && before) above[at] = line
  }
  return above
}
