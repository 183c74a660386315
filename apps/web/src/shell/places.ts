import {
  Ban,
  Building2,
  CircleUser,
  Group as GroupIcon,
  KeyRound,
  type LucideIcon,
  MapPin,
  Route,
  Upload,
  Users,
  UsersRound,
} from 'lucide-react'

/** In the order of the loop: see what is, hear why, do something about it, prove that it helped. */
export const GROUPS = [
  'journeys',
  'understand',
  'listen',
  'act',
  'prove',
  'data',
  'settings',
] as const
export type Group = (typeof GROUPS)[number]

/** Where one can go within a workspace: rail, phone tabs, command menu and settings are made of these lines. */
export const PLACES = [
  { id: 'map', group: 'journeys', to: '/w/$workspace', icon: Route, tab: true },
  { id: 'customers', group: 'understand', to: '/w/$workspace/customers', icon: Users, tab: true },
  {
    id: 'segments',
    group: 'understand',
    to: '/w/$workspace/segments',
    icon: GroupIcon,
    tab: false,
  },
  { id: 'touchpoints', group: 'data', to: '/w/$workspace/touchpoints', icon: MapPin, tab: true },
  { id: 'imports', group: 'data', to: '/w/$workspace/imports', icon: Upload, tab: true },
  { id: 'refusals', group: 'data', to: '/w/$workspace/refusals', icon: Ban, tab: false },
  {
    id: 'workspace',
    group: 'settings',
    to: '/w/$workspace/settings/workspace',
    icon: Building2,
    tab: false,
  },
  {
    id: 'members',
    group: 'settings',
    to: '/w/$workspace/settings/members',
    icon: UsersRound,
    tab: false,
  },
  { id: 'keys', group: 'settings', to: '/w/$workspace/settings/keys', icon: KeyRound, tab: false },
  { id: 'you', group: 'settings', to: '/w/$workspace/settings/you', icon: CircleUser, tab: false },
] as const satisfies readonly {
  readonly id: string
  readonly group: Group
  readonly to: string
  readonly icon: LucideIcon
  /** On a phone at the thumb; the others are behind "More". Four have room. */
  readonly tab: boolean
}[]

export type Place = (typeof PLACES)[number]
export type PlaceId = Place['id']

export function placesOf(group: Group): readonly Place[] {
  return PLACES.filter((place) => place.group === group)
}

/** The place that an address within a workspace belongs to: the longest that it begins with; what has none is the maps'. */
export function placeAt(pathname: string): Place {
  const path = pathname.replace(/^\/w\/[^/]+/, '')
  let found: Place = PLACES[0]
  for (const place of PLACES) {
    const own = place.to.replace('/w/$workspace', '')
    const within = own !== '' && (path === own || path.startsWith(`${own}/`))
    if (within && own.length > found.to.length - '/w/$workspace'.length) found = place
  }
  return found
}
