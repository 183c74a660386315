/** How many rows an import stores in one commit: as many as it has, or few while others write too. */
export interface CommitPace {
  readonly rows: () => number
  /** Told the number of each commit of the import. */
  readonly note: (commit: number) => void
}

/**
 * Whoever else writes to the workspace waits for the commit under way: 50,000 rows hold it some 0.2 s,
 * 6,000 some 0.03 s, and cost the engine twice as much a row.
 */
const ROWS_AMONG_OTHERS = 6_000
const OTHERS_GONE_MS = 3_000

export function commitPace(clock: () => number): CommitPace {
  let last: number | null = null
  let othersMs: number | null = null
  return {
    rows: () =>
      othersMs !== null && clock() - othersMs < OTHERS_GONE_MS
        ? ROWS_AMONG_OTHERS
        : Number.POSITIVE_INFINITY,
    note(commit) {
      // Numbers are given in order to everybody, in other processes too: one that is missing is another's.
      if (last !== null && commit > last + 1) othersMs = clock()
      last = commit
    },
  }
}
