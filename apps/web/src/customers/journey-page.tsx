export function JourneyPage() {
  return <p>JourneyPage</p>
}
