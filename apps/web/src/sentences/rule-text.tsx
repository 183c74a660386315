import { NO_NAMES, plainSentence, type SegmentRule } from '@parcurs/domain'
import { answerIn } from '../ui/asked.ts'
import { useNames } from './use-names.ts'
import { useSentence } from './use-sentence.ts'

/** A rule as a sentence. A file of its own: pages that seldom say one fetch the grammar when they do. */
export default function RuleText(props: {
  readonly workspace: string
  readonly rule: SegmentRule
}) {
  const names = useNames(props.workspace, [props.rule])
  const writer = useSentence(answerIn(names) ?? NO_NAMES)
  // Ids are no words: the names are on their way.
  if (names.state === 'waiting') return <>…</>
  return <>{plainSentence(writer.rule(props.rule))}</>
}
