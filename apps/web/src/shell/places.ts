import { Ban, type LucideIcon, MapPin, Route, Settings, Upload, Users } from 'lucide-react'

/** Where one can go within a workspace. */
export const PLACES = [
  { id: 'map', to: '/w/$workspace', icon: Route, onPhone: true },
  { id: 'touchpoints', to: '/w/$workspace/touchpoints', icon: MapPin, onPhone: true },
  { id: 'customers', to: '/w/$workspace/customers', icon: Users, onPhone: true },
  { id: 'imports', to: '/w/$workspace/imports', icon: Upload, onPhone: true },
  { id: 'refusals', to: '/w/$workspace/refusals', icon: Ban, onPhone: false },
  { id: 'settings', to: '/w/$workspace/settings', icon: Settings, onPhone: true },
] as const satisfies readonly {
  readonly id: string
  readonly to: string
  readonly icon: LucideIcon
  readonly onPhone: boolean
}[]
