import { type EventLeaf, type MatchRule, URL_OPERATORS } from '@parcurs/domain'
import { ComparisonFields } from '../conditions/comparison-fields.tsx'
import { useTranslation } from '../languages/translation.ts'
import { Choice } from '../ui/choice.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { TokensInput } from '../ui/tokens-input.tsx'
import { emptyRule, lackOf, type RuleKind } from './rule-edit.ts'
import styles from './rule-editor.module.css'
import type { RuleWords } from './rule-words.ts'

/** One condition: what it looks at, and what must stand there. */
export function ConditionEditor(props: {
  readonly rule: EventLeaf
  readonly words: RuleWords
  readonly kinds: readonly RuleKind[]
  readonly onChange: (rule: MatchRule) => void
}) {
  const { t } = useTranslation()
  return (
    <div className={styles.condition}>
      <Choice
        label={t('rule.kind')}
        shown="field"
        value={props.rule.kind}
        options={props.kinds.map((id) => ({ id, text: t(`rule.kinds.${id}`) }))}
        onChange={(kind: RuleKind) => props.onChange(emptyRule(kind))}
      />
      <Value {...props} />
    </div>
  )
}

function Value(props: {
  readonly rule: EventLeaf
  readonly words: RuleWords
  readonly onChange: (rule: MatchRule) => void
}) {
  const { rule, words, onChange } = props
  const { t } = useTranslation()
  const lack = lackOf(rule)
  const wrong = lack === null ? null : t(`rule.lack.${lack}`)
  switch (rule.kind) {
    case 'event':
      return (
        <TokensInput
          label={t('rule.names')}
          values={rule.names}
          suggestions={words.events}
          wrong={wrong}
          onChange={(names) => onChange({ ...rule, names })}
        />
      )
    case 'channel':
      return (
        <TokensInput
          label={t('rule.channels')}
          values={rule.channels}
          suggestions={words.channels}
          wrong={wrong}
          onChange={(channels) => onChange({ ...rule, channels })}
        />
      )
    case 'url':
      return (
        <>
          <Choice
            label={t('rule.comparison')}
            shown="field"
            value={rule.op}
            options={URL_OPERATORS.map((id) => ({ id, text: t(`rule.url.${id}`) }))}
            onChange={(op) => onChange({ ...rule, op })}
          />
          <TextInput
            label={t('rule.path')}
            value={rule.value}
            list={words.paths.slice(0, 300)}
            placeholder="/product/*"
            wrong={wrong}
            onChange={(value) => onChange({ ...rule, value })}
          />
        </>
      )
    case 'property':
      return (
        <>
          <TextInput
            label={t('rule.property')}
            value={rule.property}
            list={words.properties.map(({ name }) => name)}
            wrong={lack === 'property' ? wrong : null}
            onChange={(property) => onChange({ ...rule, property })}
          />
          <ComparisonFields
            comparison={rule}
            values={words.properties.find(({ name }) => name === rule.property)?.values ?? []}
            wrong={lack === 'number' || lack === 'values' ? wrong : null}
            onChange={(comparison) =>
              onChange({ kind: rule.kind, property: rule.property, ...comparison })
            }
          />
        </>
      )
  }
}
