import { type MapProposal, type Step, touchpointsApart } from '@parcurs/domain'
import { ArrowDown, ArrowUp, CircleDashed, X } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { ChannelIcon } from '../touchpoints/channel-icons.tsx'
import { useRuleText } from '../touchpoints/rule-text.ts'
import { Button } from '../ui/button.tsx'
import { TextInput } from '../ui/text-input.tsx'
import type { ProposalEdit } from './proposal-edit.ts'
import styles from './proposal-stages.module.css'

/** The proposed stages and steps in order, each with what it matches; moved and removed from the keyboard as by hand. */
export function ProposalStages(props: {
  readonly proposal: MapProposal
  readonly onEdit: (edit: ProposalEdit) => void
}) {
  const { t } = useTranslation()
  const { proposal } = props
  const most = Math.max(1, ...proposal.touchpoints.map(({ customers }) => customers))
  return (
    <div className={styles.stages}>
      {proposal.stages.map((stage) => (
        <section key={stage.id} className={styles.stage}>
          <h2 className={styles.name}>{stage.name}</h2>
          {stage.steps.length === 0 ? (
            <p className={styles.none}>{t('proposal.emptyStage')}</p>
          ) : (
            <ol>
              {stage.steps.map((step, i) => (
                <li key={step.id}>
                  {step.alternativeGroup !== null &&
                    stage.steps[i - 1]?.alternativeGroup === step.alternativeGroup && (
                      <p className={styles.or}>{t('proposal.or')}</p>
                    )}
                  <ProposalStep {...props} step={step} most={most} />
                </li>
              ))}
            </ol>
          )}
        </section>
      ))}
    </div>
  )
}

function ProposalStep(props: {
  readonly proposal: MapProposal
  readonly step: Step
  readonly most: number
  readonly onEdit: (edit: ProposalEdit) => void
}) {
  const { step, proposal, onEdit } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const ruleText = useRuleText()
  const touchpoints = proposal.touchpoints.filter(({ id }) => step.touchpointIds.includes(id))
  // Hardly anybody meets two variants of one step.
  const customers = touchpointsApart(touchpoints).reduce((sum, one) => sum + one.customers, 0)
  return (
    <div className={styles.step} style={{ '--share': Math.min(1, customers / props.most) }}>
      <div className={styles.fields}>
        <TextInput
          label={t('proposal.step')}
          hideLabel
          value={step.name}
          onChange={(name) => onEdit({ kind: 'rename-step', stepId: step.id, name })}
        />
        <ul className={styles.touchpoints}>
          {touchpoints.map((touchpoint) => (
            <li key={touchpoint.id}>
              <ChannelIcon channel={touchpoint.channel} />
              <span className={styles.rule}>{ruleText(touchpoint.rule)}</span>
            </li>
          ))}
        </ul>
      </div>
      <p className={styles.count}>
        <strong>{numbers.count(customers)}</strong>{' '}
        <span>{t('preview.customers', { count: customers })}</span>
      </p>
      <div className={styles.actions}>
        <Button
          kind={step.optional ? 'plain' : 'quiet'}
          onPress={() => onEdit({ kind: 'toggle-optional', stepId: step.id })}
        >
          <CircleDashed size={16} aria-hidden="true" />
          {step.optional ? t('proposal.optional') : t('proposal.obligatory')}
        </Button>
        <Button
          kind="quiet"
          label={t('proposal.earlier', { step: step.name })}
          onPress={() => onEdit({ kind: 'move-step', stepId: step.id, by: -1 })}
        >
          <ArrowUp size={16} aria-hidden="true" />
        </Button>
        <Button
          kind="quiet"
          label={t('proposal.later', { step: step.name })}
          onPress={() => onEdit({ kind: 'move-step', stepId: step.id, by: 1 })}
        >
          <ArrowDown size={16} aria-hidden="true" />
        </Button>
        <Button
          kind="quiet"
          label={t('action.removeThis', { what: step.name })}
          onPress={() => onEdit({ kind: 'remove-step', stepId: step.id })}
        >
          <X size={16} aria-hidden="true" />
        </Button>
      </div>
    </div>
  )
}
