/** One page view and how long it lasted; null: the last of its session, and nothing reported it. */
export interface PageView {
  readonly item: number
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
 * next one reports, else the time to the next event of the session.
 */
export function pageViews(journey: PageJourney, gapMs: number): readonly PageView[] {
  const { times, items, foregroundMs } = journey
  const views: PageView[] = []
  for (let i = 0; i < times.length; i++) {
    const item = items[i] ?? 0
    if (item === 0) continue
    let reported: number | null = null
    for (let j = i; j < times.length; j++) {
      if (j > i && ((items[j] ?? 0) !== 0 || ends(times, j, gapMs))) break
      const ms = foregroundMs?.[j] ?? Number.NaN
      if (!Number.isNaN(ms)) reported = (reported ?? 0) + ms
    }
    const isLast = i + 1 >= times.length || ends(times, i + 1, gapMs)
    const untilNext = isLast ? null : (times[i + 1] ?? 0) - (times[i] ?? 0)
    views.push({ item, ms: reported ?? untilNext })
  }
  return views
}

/** Whether a session begins with event i. */
function ends(times: Float64Array, i: number, gapMs: number): boolean {
  return (times[i] ?? 0) - (times[i - 1] ?? 0) > gapMs
}
