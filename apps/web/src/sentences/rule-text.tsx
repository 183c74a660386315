import { plainSentence, type SegmentRule } from '@parcurs/domain'
import { useNames } from './use-names.ts'
import { useSentence } from './use-sentence.ts'

/** A rule as a sentence. A file of its own: pages that seldom say one fetch the grammar when they do. */
export default function RuleText(props: {
  readonly workspace: string
  readonly rule: SegmentRule
}) {
  const writer = useSentence(useNames(props.workspace, [props.rule]))
  return <>{plainSentence(writer.rule(props.rule))}</>
}
