import { X } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { stepName } from '../maps/step-name.ts'
import { useMap } from '../maps/use-maps.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import type { CustomersSearch } from '../shell/searches.ts'
import { answerIn } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import styles from './customers-narrowed.module.css'

/** The number that the list stands behind, and the way back to everybody. */
export function CustomersNarrowed(props: {
  readonly workspace: string
  readonly search: CustomersSearch
  readonly onGo: (search: CustomersSearch) => void
}) {
  const { search } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const names = useOwnNames()
  const map = answerIn(useMap(props.workspace, search.mapId))
  const { stepId, fromMs, toMs } = search
  if (stepId === undefined) return null
  const said = [
    t(`customerState.${search.state ?? 'visited'}`),
    map === null ? stepId : names.name(stepName(map, stepId)),
    ...(fromMs === undefined || toMs === undefined ? [] : [numbers.period(fromMs, toMs)]),
  ]
  return (
    <p className={styles.behind}>
      <span>{said.join(' · ')}</span>
      <Button
        kind="quiet"
        label={t('customers.everybody')}
        onPress={() => props.onGo({ search: search.search, segment: search.segment })}
      >
        <X size={14} aria-hidden="true" />
      </Button>
    </p>
  )
}
