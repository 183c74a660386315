import { comparedBy, type ComparisonOf } from '@parcurs/domain'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { ComparisonFields } from '../conditions/comparison-fields.tsx'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Pop } from '../ui/pop.tsx'
import { TextInput } from '../ui/text-input.tsx'
import type { SimpleCondition } from './segment-search.ts'
import { useConditionText } from './condition-text.ts'
import styles from './segment-picker.module.css'

/** What conditions can be about: names seen in the workspace's own data. */
export interface SegmentWords {
  readonly traits: readonly string[]
  readonly properties: readonly string[]
}

/** Everybody, or those for whom every line holds. */
export function SegmentPicker(props: {
  readonly segment: readonly SimpleCondition[]
  readonly words: SegmentWords
  readonly onOpen: () => void
  readonly onChange: (segment: readonly SimpleCondition[]) => void
}) {
  const { t } = useTranslation()
  const text = useConditionText()
  return (
    <Pop
      label={t('segment.title')}
      onOpen={props.onOpen}
      value={
        props.segment.length === 0 ? t('segment.everybody') : props.segment.map(text).join(' · ')
      }
    >
      {(close) => (
        <SegmentForm
          {...props}
          onChange={(segment) => {
            props.onChange(segment)
            close()
          }}
        />
      )}
    </Pop>
  )
}

interface Line {
  readonly key: number
  readonly subject: 'trait' | 'property'
  readonly name: string
  readonly comparison: ComparisonOf<'property'>
}

function SegmentForm(props: {
  readonly segment: readonly SimpleCondition[]
  readonly words: SegmentWords
  readonly onChange: (segment: readonly SimpleCondition[]) => void
}) {
  const { t } = useTranslation()
  const [lines, setLines] = useState<readonly Line[]>(() => linesOf(props.segment))
  const change = (key: number, part: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...part } : line)))
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        props.onChange(lines.filter((line) => line.name !== '').map(conditionOf))
      }}
    >
      <p className={styles.hint}>{t('segment.hint')}</p>
      {lines.map((line) => (
        <div
          key={line.key}
          role="group"
          aria-label={t('segment.condition')}
          className={styles.line}
        >
          <Choice
            label={t('segment.subject')}
            shown="field"
            value={line.subject}
            options={[
              { id: 'trait', text: t('segment.trait') },
              { id: 'property', text: t('segment.property') },
            ]}
            onChange={(subject) => change(line.key, { subject, name: '' })}
          />
          <TextInput
            label={t('segment.name')}
            value={line.name}
            list={line.subject === 'trait' ? props.words.traits : props.words.properties}
            onChange={(name) => change(line.key, { name })}
          />
          <ComparisonFields
            comparison={line.comparison}
            values={[]}
            wrong={null}
            onChange={(comparison) => change(line.key, { comparison })}
          />
          <Button
            kind="quiet"
            label={t('action.remove')}
            onPress={() => setLines(lines.filter((other) => other.key !== line.key))}
          >
            <X size={16} aria-hidden="true" />
          </Button>
        </div>
      ))}
      <div className={styles.actions}>
        <Button
          kind="quiet"
          onPress={() =>
            setLines([...lines, { ...EMPTY, key: 1 + Math.max(0, ...lines.map(({ key }) => key)) }])
          }
        >
          <Plus size={16} aria-hidden="true" />
          {t('segment.add')}
        </Button>
        <span className={styles.grow} />
        <Button kind="plain" onPress={() => props.onChange([])}>
          {t('segment.everybody')}
        </Button>
        <Button kind="main" type="submit">
          {t('action.apply')}
        </Button>
      </div>
    </form>
  )
}

const EMPTY: Line = {
  key: 0,
  subject: 'trait',
  name: '',
  comparison: { op: 'eq', value: '' },
}

function linesOf(segment: readonly SimpleCondition[]): readonly Line[] {
  if (segment.length === 0) return [EMPTY]
  return segment.map((condition, key) => ({
    key,
    subject: condition.kind,
    name: condition.kind === 'trait' ? condition.trait : condition.property,
    comparison: comparedBy(condition.op, condition),
  }))
}

function conditionOf({ subject, name, comparison }: Line): SimpleCondition {
  return subject === 'trait'
    ? { ...comparison, kind: 'trait', trait: name }
    : { ...comparison, kind: 'property', property: name }
}
