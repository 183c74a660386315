import { Link, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Place, placeAt } from './places.ts'

/** A link to a place that knows whether one is there, on the pages within it too. */
export function PlaceLink(props: {
  readonly place: Place
  readonly workspace: string
  readonly className: string | undefined
  readonly title?: string
  /** Where it stands for more than its own page. */
  readonly within?: boolean
  readonly onPress?: () => void
  readonly children: ReactNode
}) {
  const at = useLocation({ select: ({ pathname }) => placeAt(pathname).id })
  const here = props.within ?? at === props.place.id
  return (
    <Link
      to={props.place.to}
      params={{ workspace: props.workspace }}
      className={props.className ?? ''}
      title={props.title}
      aria-current={here ? 'page' : undefined}
      activeOptions={{ exact: true, includeSearch: false }}
      onClick={props.onPress}
    >
      {props.children}
    </Link>
  )
}
