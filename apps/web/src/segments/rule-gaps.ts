import type { SegmentRule, SentenceWriter } from '@parcurs/domain'

/** Whether something of the sentence is still to be chosen. */
export function gapsIn(rule: SegmentRule, writer: SentenceWriter): boolean {
  return writer.rule(rule).some((part) => part.kind === 'slot' && part.state === 'gap')
}
