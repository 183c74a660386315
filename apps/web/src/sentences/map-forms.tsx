import { MAP_STATES, type OnMapLeaf, STEP_STATES } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { useMap } from '../maps/use-maps.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { Shown } from '../ui/shown.tsx'
import type { Offer } from './offer.ts'
import { PickList } from './pick-list.tsx'

/** What a customer is on a map. States of the whole map forget the step. */
export function StateForm(props: {
  readonly leaf: OnMapLeaf
  readonly onChange: (leaf: OnMapLeaf) => void
}) {
  const { leaf, onChange } = props
  const { t } = useTranslation()
  return (
    <PickList
      label={t('pick.state')}
      picks={MAP_STATES.map((id) => ({ id, text: t(`pick.states.${id}`) }))}
      chosen={[leaf.state]}
      onPick={(state) =>
        onChange({
          ...leaf,
          state,
          step: STEP_STATES.some((one) => one === state) ? leaf.step : null,
        })
      }
    />
  )
}

export function MapForm(props: {
  readonly leaf: OnMapLeaf
  readonly offer: Offer
  readonly onChange: (leaf: OnMapLeaf) => void
}) {
  const { leaf, offer, onChange } = props
  const { t } = useTranslation()
  return (
    <PickList
      label={t('pick.map')}
      picks={offer.maps.map(({ id, name }) => ({ id, text: name }))}
      chosen={[leaf.map]}
      onPick={(id) => {
        const map = offer.maps.find((one) => one.id === id)
        if (map !== undefined) onChange({ ...leaf, map: id, version: map.version, step: null })
      }}
    />
  )
}

export function StepForm(props: {
  readonly leaf: OnMapLeaf
  readonly offer: Offer
  readonly onChange: (leaf: OnMapLeaf) => void
}) {
  const { leaf, offer, onChange } = props
  const { t } = useTranslation()
  const own = useOwnNames()
  const map = useMap(offer.workspace, leaf.map === '' ? undefined : leaf.map)
  if (leaf.map === '') return <p>{t('pick.mapFirst')}</p>
  // The list is drawn when its steps are there, with the focus in it.
  return (
    <Shown asked={map}>
      {(drawn) => (
        <PickList
          label={t('pick.step')}
          picks={drawn.stages.flatMap((stage) =>
            stage.steps.map(({ id, name }) => ({
              id,
              text: own.name(name),
              group: own.name(stage.name),
            })),
          )}
          chosen={[leaf.step ?? '']}
          onPick={(step) => onChange({ ...leaf, step, version: drawn.version })}
        />
      )}
    </Shown>
  )
}
