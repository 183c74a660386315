import { useLocation } from '@tanstack/react-router'
import { PanelLeftClose, PanelLeftOpen, Settings } from 'lucide-react'
import { useRemembered } from '../device/device-memory.ts'
import { useTranslation } from '../languages/translation.ts'
import { PlaceGroups } from './place-groups.tsx'
import { PlaceLink } from './place-link.tsx'
import { placeAt, placesOf } from './places.ts'
import styles from './rail.module.css'

/** With labels or icons alone; until somebody chooses, by the room there is. */
const SHOWN = ['labels', 'icons'] as const

/** The places at the left, in the order of the loop, and the settings at its foot. */
export function Rail({ workspace }: { readonly workspace: string }) {
  const { t } = useTranslation()
  const [remembered, remember] = useRemembered('rail')
  const shown = SHOWN.find((known) => known === remembered) ?? 'auto'
  const [firstSetting] = placesOf('settings')
  const inSettings = useLocation({
    select: ({ pathname }) => placeAt(pathname).group === 'settings',
  })
  return (
    <nav className={styles.rail} data-shown={shown} aria-label={t('shell.places')}>
      <div className={styles.groups}>
        <PlaceGroups workspace={workspace} styles={styles} but="settings" />
      </div>
      <div className={styles.foot}>
        {firstSetting !== undefined && (
          <PlaceLink
            place={firstSetting}
            workspace={workspace}
            className={styles.place}
            title={t('group.settings')}
            within={inSettings}
          >
            <Settings size={16} aria-hidden="true" />
            <span className={styles.label}>{t('group.settings')}</span>
          </PlaceLink>
        )}
        <button
          type="button"
          className={`${styles.place ?? ''} ${styles.narrow ?? ''}`}
          title={t('shell.collapse')}
          onClick={() => remember('icons')}
        >
          <PanelLeftClose size={16} aria-hidden="true" />
          <span className={styles.label}>{t('shell.collapse')}</span>
        </button>
        <button
          type="button"
          className={`${styles.place ?? ''} ${styles.widen ?? ''}`}
          title={t('shell.expand')}
          onClick={() => remember('labels')}
        >
          <PanelLeftOpen size={16} aria-hidden="true" />
          <span className={styles.label}>{t('shell.expand')}</span>
        </button>
      </div>
    </nav>
  )
}
