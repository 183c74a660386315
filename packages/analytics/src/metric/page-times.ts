/** One page view and how long it lasted; null: the last of its session, and nothing reported it. */
export interface PageView {
  readonly item: number
  /** When it began. */
  readonly atMs: number
  readonly ms: number | null
}

export interface PageJourney {
  readonly times: Float64Array
  /** Code of the page a page view is of; 0: the event is no page view. */
  readonly items: Uint32Array
  /** Foreground milliseconds that an event reports; NaN: none. null: no event ever does. */
  readonly foregroundMs: Float64Array | null
}

/**
 * Time on each page of one customer: the foreground time that the page view or an event before the
 * next one reports, else the time to the next page view of the session; what happens on the page does not end it.
 */
export function pageViews(journey: PageJourney, gapMs: number): readonly PageView[] {
  const { times, items, foregroundMs } = journey
  const views: PageView[] = []
  for (let i = 0; i < times.length; i++) {
    const item = items[i] ?? 0
    if (item === 0) continue
    let reported: number | null = null
    let untilNext: number | null = null
    for (let j = i; j < times.length; j++) {
      if (j > i && ends(times, j, gapMs)) break
      if (j > i && (items[j] ?? 0) !== 0) {
        untilNext = (times[j] ?? 0) - (times[i] ?? 0)
        break
      }
      const ms = foregroundMs?.[j] ?? Number.NaN
      if (!Number.isNaN(ms)) reported = (reported ?? 0) + ms
    }
    views.push({ item, atMs: times[i] ?? 0, ms: reported ?? untilNext })
  }
  return views
}

/** Whether a session begins with event i. */
function ends(times: Float64Array, i: number, gapMs: number): boolean {
  return (times[i] ?? 0) - (times[i - 1] ?? 0) > gapMs
}
