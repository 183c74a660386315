export function TouchpointsPage() {
  return <p>TouchpointsPage</p>
}
