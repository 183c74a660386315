import type { QuestionContext } from '../asking/question-kind.ts'
import { allOf, customerRanges, customersWithin } from '../journey/customer-range.ts'
import { compile, type Compiled } from '../sql.ts'
import { type Selection, selectionCoding, selectionRows } from './selection.ts'

/**
 * The rows of a selection: one query, or one a thread over disjoint customers where each then reads its own
 * customers only. Where events are read in place of journeys every part would read all of them again.
 */
export function selectionQueries(
  { reading, kinds, threads }: Pick<QuestionContext, 'reading' | 'kinds' | 'threads'>,
  selection: Selection,
): readonly Compiled[] {
  const coding = selectionCoding(selection, kinds)
  const folded = coding !== null && coding.openKinds.length === 0 && reading.beyond !== 'all'
  if (!folded || threads === 1) return [compile(selectionRows(reading, kinds, selection))]
  return customerRanges(threads).map((range) =>
    compile(
      selectionRows(reading, kinds, {
        ...selection,
        customers: allOf(selection.customers, customersWithin(range)),
      }),
    ),
  )
}
