import type { MapProposal } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { Check } from '../ui/check.tsx'
import { Choice } from '../ui/choice.tsx'
import panel from '../ui/panel.module.css'
import { NumberField } from '../ui/number-field.tsx'
import { TextInput } from '../ui/text-input.tsx'
import type { ProposalEdit } from './proposal-edit.ts'

const NO_GOAL = ''

/** What holds of the whole map: its name, its goal and how long customers have. */
export function ProposalFields(props: {
  readonly proposal: MapProposal
  readonly onEdit: (edit: ProposalEdit) => void
}) {
  const { proposal, onEdit } = props
  const { t } = useTranslation()
  return (
    <section className={panel.box} aria-label={t('proposal.map')}>
      <div className={panel.fields}>
        <TextInput
          label={t('proposal.name')}
          value={proposal.name}
          onChange={(name) => onEdit({ kind: 'rename-map', name })}
        />
        <Choice
          label={t('goal.title')}
          shown="field"
          value={proposal.goal?.touchpointId ?? NO_GOAL}
          options={[
            { id: NO_GOAL, text: t('goal.none') },
            ...proposal.touchpoints.map(({ id, name }) => ({ id, text: name })),
          ]}
          onChange={(id) => onEdit({ kind: 'goal', touchpointId: id === NO_GOAL ? null : id })}
        />
        <NumberField
          label={t('proposal.window')}
          hint={t('proposal.windowHint')}
          value={proposal.windowDays}
          least={1}
          most={366}
          whole
          onChange={(days) => onEdit({ kind: 'window', days })}
        />
      </div>
      {proposal.goal !== null && (
        <Check
          label={t('goal.valued')}
          hint={t('goal.valuedHint')}
          value={proposal.goal.valued}
          onChange={(valued) => onEdit({ kind: 'valued', valued })}
        />
      )}
    </section>
  )
}
