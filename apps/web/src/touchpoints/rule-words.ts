import type { AnswerOf } from '../api/routes.ts'

/** What conditions can be about: words seen in the workspace's own events. */
export interface RuleWords {
  readonly events: readonly string[]
  readonly channels: readonly string[]
  readonly paths: readonly string[]
  readonly properties: readonly { readonly name: string; readonly values: readonly string[] }[]
}

export function ruleWords(vocabulary: AnswerOf<'vocabulary'> | undefined): RuleWords {
  return {
    events: (vocabulary?.events ?? []).map(({ name }) => name),
    channels: (vocabulary?.channels ?? []).map(({ value }) => value),
    paths: (vocabulary?.paths ?? []).map(({ value }) => value),
    properties: vocabulary?.properties ?? [],
  }
}
