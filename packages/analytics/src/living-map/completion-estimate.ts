/** The window is cut into so many parts, for the estimate over windows that are still open. */
export const COMPLETION_PARTS = 1024

export interface CompletionEstimate {
  /** Kaplan–Meier: the share that will have completed when every window is over. 0–1. */
  readonly share: number
  /** 95 % interval by Greenwood on the log-minus-log scale; null where it is not defined (nobody, or everybody, completed). */
  readonly low: number | null
  readonly high: number | null
}

const Z_975 = 1.959963984540054

/**
 * How many complete by the end of the window, of entrants of whom some still have time.
 *
 * Times are rounded up to parts of the window; who completed in a part counts before whose time ends in it.
 *
 * @param completed [part] entrants who completed that long after their first visit
 * @param open [part] entrants who have not, and have been watched that long
 * @param entrants those of no part were watched to the end
 * @returns null over nobody, and where nobody was watched to the end of the window
 * @see Kaplan and Meier (1958), JASA 53:457–481; Kalbfleisch and Prentice (2002), section 1.4.1
 */
export function completionEstimate(
  completed: ArrayLike<number>,
  open: ArrayLike<number>,
  entrants: number,
): CompletionEstimate | null {
  let atRisk = entrants
  let stays = 1
  let greenwood = 0
  for (let part = 0; part < completed.length; part++) {
    const done = completed[part]!
    if (done > 0) {
      stays *= 1 - done / atRisk
      greenwood += done / (atRisk * (atRisk - done))
    }
    atRisk -= done + open[part]!
    // The estimate ends with the last one who is watched, and here that is before the window's end.
    if (atRisk === 0 && stays > 0) return null
  }
  if (entrants === 0) return null
  if (stays === 1 || stays === 0) return { share: 1 - stays, low: null, high: null }
  const spread = (Z_975 * Math.sqrt(greenwood)) / Math.abs(Math.log(stays))
  return {
    share: 1 - stays,
    low: 1 - stays ** Math.exp(-spread),
    high: 1 - stays ** Math.exp(spread),
  }
}
