import {
  AppWindow,
  Bell,
  Circle,
  Globe,
  Handshake,
  Mail,
  Megaphone,
  MessageCircle,
  MessageSquare,
  Phone,
  Search,
  Share2,
  Star,
  Store,
  type LucideIcon,
} from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from '../languages/translation.ts'
import styles from './channel-icons.module.css'

const ICONS: Readonly<Record<string, LucideIcon>> = {
  web: Globe,
  app: AppWindow,
  email: Mail,
  sms: MessageSquare,
  push: Bell,
  ad: Megaphone,
  search: Search,
  social: Share2,
  chat: MessageCircle,
  call: Phone,
  store: Store,
  review: Star,
  partner: Handshake,
}

const KNOWN = [
  'web',
  'app',
  'email',
  'sms',
  'push',
  'ad',
  'search',
  'social',
  'chat',
  'call',
  'store',
  'review',
  'partner',
  'other',
] as const

/** The channel's name in the language spoken; a channel of the workspace's own keeps its name. */
export function useChannelName(): (channel: string) => string {
  const { t } = useTranslation()
  return useCallback(
    (channel) => {
      const known = KNOWN.find((name) => name === channel)
      return known === undefined ? channel : t(`channel.${known}`)
    },
    [t],
  )
}

export function ChannelIcon({ channel }: { readonly channel: string }) {
  const Icon = ICONS[channel] ?? Circle
  return <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
}

/** At most three icons and the rest as a count; the first channel also by name. */
export function ChannelIcons({ channels }: { readonly channels: readonly string[] }) {
  const nameOf = useChannelName()
  const names = channels.map(nameOf).join(', ')
  return (
    <span className={styles.channels} title={names}>
      {channels.slice(0, 3).map((channel) => (
        <ChannelIcon key={channel} channel={channel} />
      ))}
      {channels.length === 1 ? (
        <span className={styles.name}>{names}</span>
      ) : (
        <>
          {channels.length > 3 && <span className={styles.more}>+{channels.length - 3}</span>}
          <span className="visually-hidden">{names}</span>
        </>
      )}
    </span>
  )
}
