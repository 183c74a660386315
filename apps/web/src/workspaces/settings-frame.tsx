import type { ReactNode } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { PlaceLink } from '../shell/place-link.tsx'
import { type PlaceId, placesOf } from '../shell/places.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { Page } from '../ui/page.tsx'
import styles from './settings-frame.module.css'

/** One page of the settings, with the way to the others above it. */
export function SettingsFrame(props: {
  readonly place: PlaceId
  readonly lead?: string
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  return (
    <Page
      title={t(`place.${props.place}`)}
      {...(props.lead === undefined ? {} : { lead: props.lead })}
      above={
        <nav className={styles.tabs} aria-label={t('group.settings')}>
          {placesOf('settings').map((place) => (
            <PlaceLink
              key={place.id}
              place={place}
              workspace={workspace.slug}
              className={styles.tab}
            >
              {t(`place.${place.id}`)}
            </PlaceLink>
          ))}
        </nav>
      }
    >
      {props.children}
    </Page>
  )
}
