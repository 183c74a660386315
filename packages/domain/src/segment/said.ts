import { matchesRule } from '../condition/event-condition.ts'
import { type Changing, inWindow } from './changing.ts'
import { passesTest } from './number-test.ts'
import type { NamedTouchpoint, SegmentAnswer, SegmentFacts, SegmentScope } from './segment-facts.ts'
import type { SaidLeaf } from './segment-rule.ts'

export function saidOf(leaf: SaidLeaf, facts: SegmentFacts, scope: SegmentScope): Changing {
  const answers = facts.answers.filter(
    (answer) => answer.scale === leaf.scale && isAbout(answer, leaf.touchpoint, scope),
  )
  const times = answers.map(({ timeMs }) => timeMs)
  return inWindow(times, leaf.window, scope, (low, high) => {
    const within = answers.slice(leaf.which === 'latest' ? Math.max(low, high - 1) : low, high)
    return within.some((answer) => passes(leaf, answer))
  })
}

function passes({ test, words }: SaidLeaf, { score, comment }: SegmentAnswer): boolean {
  if (test !== null && !passesTest(test, score)) return false
  return words === null || (comment?.toLowerCase().includes(words.toLowerCase()) ?? false)
}

/** As the living map's measured emotion: by the name that the answer gives, else by its own event. */
function isAbout(answer: SegmentAnswer, touchpoint: string | null, scope: SegmentScope): boolean {
  if (touchpoint === null) return true
  const known = scope.touchpoint(touchpoint)
  if (known === null) return false
  if (answer.touchpoint === '') return matchesRule(known.rule, answer.event)
  return touchpointNames(touchpoint, known).includes(answer.touchpoint.trim().toLowerCase())
}

/** How an answer may call a touchpoint, in lower case. */
export function touchpointNames(id: string, { name }: NamedTouchpoint): readonly string[] {
  return [id.toLowerCase(), name.toLowerCase()]
}
