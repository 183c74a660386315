import { leavesOf, type SegmentRule } from '@parcurs/domain'
import type { SentenceWriter } from '../sentences/sentence.ts'

/** Whether something of the sentence is still to be chosen. */
export function gapsIn(rule: SegmentRule, writer: SentenceWriter): boolean {
  return leavesOf(rule).some((leaf) => writer.parts(leaf).some(({ missing }) => missing))
}
