import { GROUP_KINDS, isGroup, type MatchRule } from '@parcurs/domain'
import { Plus, X } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { ConditionEditor } from './condition-editor.tsx'
import { asGroup, emptyRule, lackOf, RULE_KINDS } from './rule-edit.ts'
import styles from './rule-editor.module.css'
import type { RuleWords } from './rule-words.ts'

/** Which events are the touchpoint: conditions in a group, groups within groups. */
export function RuleEditor(props: {
  readonly rule: MatchRule
  readonly words: RuleWords
  readonly depth?: number
  readonly onChange: (rule: MatchRule) => void
}) {
  const { words, onChange } = props
  const depth = props.depth ?? 1
  const { t } = useTranslation()
  const group = asGroup(props.rule)
  const replace = (at: number, part: MatchRule) =>
    onChange({ ...group, rules: group.rules.map((rule, i) => (i === at ? part : rule)) })
  const kinds = depth >= 3 ? RULE_KINDS.slice(0, 4) : RULE_KINDS
  return (
    <fieldset className={styles.group} data-depth={depth}>
      <legend className="visually-hidden">{t('rule.group')}</legend>
      <Choice
        label={t('rule.match')}
        value={group.kind}
        options={GROUP_KINDS.map((id) => ({ id, text: t(`rule.${id}`) }))}
        onChange={(kind) => onChange({ ...group, kind })}
      />
      <ul className={styles.rules}>
        {group.rules.map((rule, i) => (
          <li key={i} className={styles.rule}>
            {isGroup(rule) ? (
              <RuleEditor
                rule={rule}
                words={words}
                depth={depth + 1}
                onChange={(part) => replace(i, part)}
              />
            ) : (
              <ConditionEditor
                rule={rule}
                words={words}
                kinds={kinds}
                onChange={(part) => replace(i, part)}
              />
            )}
            <Button
              kind="quiet"
              label={t('action.remove')}
              onPress={() =>
                onChange({ ...group, rules: group.rules.filter((_, other) => other !== i) })
              }
            >
              <X size={16} aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
      {lackOf(group) !== null && <p className={styles.lack}>{t('rule.lack.empty-group')}</p>}
      <div className={styles.actions}>
        <Button
          kind="quiet"
          onPress={() => onChange({ ...group, rules: [...group.rules, emptyRule('event')] })}
        >
          <Plus size={16} aria-hidden="true" />
          {t('rule.add')}
        </Button>
        {depth < 3 && (
          <Button
            kind="quiet"
            onPress={() => onChange({ ...group, rules: [...group.rules, emptyRule('any')] })}
          >
            <Plus size={16} aria-hidden="true" />
            {t('rule.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
