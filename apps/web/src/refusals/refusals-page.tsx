export function RefusalsPage() {
  return <p>RefusalsPage</p>
}
