import type { MapProposal } from '@parcurs/domain'
import panel from '../ui/panel.module.css'

/** A proposal for whoever only looks: its stages with their steps. */
export function ProposalReading({ proposal }: { readonly proposal: MapProposal }) {
  return (
    <div className={panel.box}>
      {proposal.stages.map((stage) => (
        <section key={stage.id} aria-label={stage.name}>
          <h2 className={panel.subtitle}>{stage.name}</h2>
          <ol>
            {stage.steps.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
