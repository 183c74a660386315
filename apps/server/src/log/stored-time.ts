/** `2026-01-02 03:04:05.678`: how ClickHouse reads a DateTime64 in UTC. */
export function storedTime(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 23).replace('T', ' ')
}
