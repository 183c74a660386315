export function ProposalPage() {
  return <p>ProposalPage</p>
}
