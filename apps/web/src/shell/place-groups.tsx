import { useId } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { PlaceLink } from './place-link.tsx'
import { type Group, GROUPS, placesOf } from './places.ts'

/** The places under the names of their groups; a group without places does not appear. */
export function PlaceGroups(props: {
  readonly workspace: string
  readonly styles: Readonly<Record<string, string>>
  readonly but?: Group
  readonly onPress?: () => void
}) {
  return GROUPS.filter((group) => group !== props.but && placesOf(group).length > 0).map(
    (group) => <PlaceGroup key={group} {...props} group={group} />,
  )
}

function PlaceGroup(props: {
  readonly workspace: string
  readonly styles: Readonly<Record<string, string>>
  readonly group: Group
  readonly onPress?: () => void
}) {
  const { styles } = props
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className={styles['group']}>
      <p id={id} className={styles['name']}>
        {t(`group.${props.group}`)}
      </p>
      <ul aria-labelledby={id}>
        {placesOf(props.group).map((place) => {
          const Icon = place.icon
          return (
            <li key={place.id}>
              <PlaceLink
                place={place}
                workspace={props.workspace}
                className={styles['place']}
                title={t(`place.${place.id}`)}
                {...(props.onPress === undefined ? {} : { onPress: props.onPress })}
              >
                <Icon size={16} aria-hidden="true" />
                <span className={styles['label']}>{t(`place.${place.id}`)}</span>
              </PlaceLink>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
