import type { SegmentLeaf } from '@parcurs/domain'
import { useEffect, useRef } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Button } from '../ui/button.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { DurationForm } from './duration-form.tsx'
import { EventForm } from './event-form.tsx'
import { MapForm, StateForm, StepForm } from './map-forms.tsx'
import { type ConditionKind, conditionKind, newCondition } from './new-condition.ts'
import type { Offer } from './offer.ts'
import styles from './part-form.module.css'
import { PickList } from './pick-list.tsx'
import { TestForm } from './test-form.tsx'
import { TraitForm } from './trait-form.tsx'
import { WindowForm } from './window-form.tsx'

export interface PartFormProps {
  readonly leaf: SegmentLeaf
  /** A field of the condition: `window`, `steps[1]`. */
  readonly slot: string
  readonly offer: Offer
  readonly kinds: readonly ConditionKind[]
  readonly onChange: (leaf: SegmentLeaf) => void
  readonly onDone: () => void
}

/** The small choice behind one part of a sentence. */
export function PartForm(props: PartFormProps) {
  const form = useRef<HTMLFormElement>(null)
  // What is typed first has the focus; a list takes it itself.
  useEffect(() => {
    if (form.current?.contains(document.activeElement) !== false) return
    const field = form.current.querySelector<HTMLInputElement>(
      'input:not([hidden], [type="hidden"])',
    )
    field?.focus()
    field?.select()
  }, [])
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        props.onDone()
      }}
    >
      <Form {...props} />
      {/* Enter in a field is done. */}
      <input type="submit" hidden />
    </form>
  )
}

function Form(props: PartFormProps) {
  const { leaf, slot, offer, onChange, onDone } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const set = (changed: SegmentLeaf) => {
    onChange(changed)
    onDone()
  }
  if (slot === 'kind') {
    return (
      <PickList
        label={t('pick.kind')}
        picks={props.kinds.map((id) => ({ id, text: t(`pick.kinds.${id}`) }))}
        chosen={[conditionKind(leaf)]}
        onPick={(kind) => set(newCondition(kind, leaf))}
      />
    )
  }
  if (slot === 'window' && 'window' in leaf) {
    return <WindowForm window={leaf.window} onChange={(window) => onChange({ ...leaf, window })} />
  }
  if (slot === 'event' && 'event' in leaf) {
    return (
      <EventForm
        offer={offer}
        rule={leaf.event}
        onChange={(event) => onChange({ ...leaf, event })}
        onDone={onDone}
      />
    )
  }
  if (leaf.kind === 'sequence') return <SequenceForm {...props} leaf={leaf} />
  switch (leaf.kind) {
    case 'trait':
      return slot === 'trait' ? (
        <PickList
          label={t('pick.trait')}
          picks={offer.traits.map(({ name, customers }) => ({
            id: name,
            text: name,
            note: numbers.compactCount(customers),
          }))}
          chosen={[leaf.trait]}
          onTyped={(trait) => set({ ...leaf, trait })}
          onPick={(trait) => set({ ...leaf, trait })}
        />
      ) : (
        <TraitForm
          comparison={leaf}
          values={offer.traits.find(({ name }) => name === leaf.trait)?.values ?? []}
          onChange={(comparison) => onChange({ kind: 'trait', trait: leaf.trait, ...comparison })}
          onDone={onDone}
        />
      )
    case 'did':
      return <TestForm test={leaf.times} count onChange={(times) => onChange({ ...leaf, times })} />
    case 'amount':
      if (slot === 'test') {
        return (
          <TestForm
            test={leaf.test}
            count={false}
            onChange={(test) => onChange({ ...leaf, test })}
          />
        )
      }
      return slot === 'amount' ? (
        <PickList
          label={t('pick.amount')}
          picks={AMOUNTS.map((id) => ({ id, text: t(`pick.amounts.${id}`) }))}
          chosen={[leaf.amount]}
          onPick={(amount) => set({ ...leaf, amount })}
        />
      ) : (
        <OfForm
          none={t('pick.ofValue')}
          property={leaf.of.kind === 'property' ? leaf.of.property : null}
          offer={offer}
          onChange={(property) =>
            set({
              ...leaf,
              of: property === null ? { kind: 'value' } : { kind: 'property', property },
            })
          }
        />
      )
    case 'distinct':
      return slot === 'test' ? (
        <TestForm test={leaf.test} count onChange={(test) => onChange({ ...leaf, test })} />
      ) : (
        <OfForm
          none={t('pick.ofDays')}
          property={leaf.of.kind === 'property' ? leaf.of.property : null}
          offer={offer}
          onChange={(property) =>
            set({
              ...leaf,
              of: property === null ? { kind: 'days' } : { kind: 'property', property },
            })
          }
        />
      )
    case 'on-map':
      switch (slot) {
        case 'state':
          return <StateForm leaf={leaf} onChange={set} />
        case 'step':
          return <StepForm leaf={leaf} offer={offer} onChange={set} />
        default:
          return <MapForm leaf={leaf} offer={offer} onChange={set} />
      }
    case 'said':
      return <SaidForm {...props} leaf={leaf} />
    case 'in':
      return (
        <PickList
          label={t('pick.segment')}
          picks={offer.segments.map(({ id, name, fixed, customers }) => ({
            id,
            text: name,
            ...(fixed ? { group: t('pick.list') } : {}),
            ...(customers === null ? {} : { note: numbers.compactCount(customers) }),
          }))}
          chosen={[leaf.id]}
          onPick={(id) => set({ ...leaf, id })}
        />
      )
    case 'first':
    case 'last':
      return null
  }
}

const AMOUNTS = ['sum', 'average', 'smallest', 'largest'] as const
const NONE = ' none'

/** A property, or what is meant without one. */
function OfForm(props: {
  readonly none: string
  readonly property: string | null
  readonly offer: Offer
  readonly onChange: (property: string | null) => void
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  return (
    <PickList
      label={t('pick.of')}
      picks={[
        { id: NONE, text: props.none },
        ...props.offer.properties.map(({ name, events }) => ({
          id: name,
          text: name,
          note: numbers.compactCount(events),
        })),
      ]}
      chosen={[props.property ?? NONE]}
      onTyped={props.onChange}
      onPick={(id) => props.onChange(id === NONE ? null : id)}
    />
  )
}

function SequenceForm(
  props: PartFormProps & { readonly leaf: Extract<SegmentLeaf, { readonly kind: 'sequence' }> },
) {
  const { leaf, slot, offer, onChange, onDone } = props
  const { t } = useTranslation()
  const set = (part: Partial<typeof leaf>) => onChange({ ...leaf, ...part })
  switch (slot) {
    case 'stepWithinMs':
      return (
        <DurationForm ms={leaf.stepWithinMs} onChange={(stepWithinMs) => set({ stepWithinMs })} />
      )
    case 'withinMs':
      return <DurationForm ms={leaf.withinMs} onChange={(withinMs) => set({ withinMs })} />
    case 'without':
      return (
        <>
          <EventForm
            offer={offer}
            rule={leaf.without ?? { kind: 'event', names: [] }}
            onChange={(without) => set({ without })}
            onDone={onDone}
          />
          <Button
            onPress={() => {
              set({ without: null })
              onDone()
            }}
          >
            {t('sentence.unsaid.without')}
          </Button>
        </>
      )
    default: {
      // The one after the last is new.
      const at = Number(/\d+/.exec(slot)?.[0])
      const step = leaf.steps[at] ?? { kind: 'event', names: [] }
      return (
        <>
          <EventForm
            offer={offer}
            rule={step}
            onChange={(event) => set({ steps: leaf.steps.toSpliced(at, 1, event) })}
            onDone={onDone}
          />
          {leaf.steps.length > 2 && at < leaf.steps.length && (
            <Button
              onPress={() => {
                set({ steps: leaf.steps.filter((_, other) => other !== at) })
                onDone()
              }}
            >
              {t('pick.removeStep')}
            </Button>
          )}
        </>
      )
    }
  }
}

const SCALES = ['nps', 'csat', 'ces', 'sentiment'] as const

function SaidForm(
  props: PartFormProps & { readonly leaf: Extract<SegmentLeaf, { readonly kind: 'said' }> },
) {
  const { leaf, slot, offer, onChange, onDone } = props
  const { t } = useTranslation()
  const set = (part: Partial<typeof leaf>) => {
    onChange({ ...leaf, ...part })
    onDone()
  }
  switch (slot) {
    case 'which':
      return (
        <PickList
          label={t('pick.which')}
          picks={(['latest', 'any'] as const).map((id) => ({
            id,
            text: t(`pick.answers.${id}`),
          }))}
          chosen={[leaf.which]}
          onPick={(which) => set({ which })}
        />
      )
    case 'scale':
      return (
        <PickList
          label={t('pick.scale')}
          picks={SCALES.map((id) => ({ id, text: t(`pick.scales.${id}`) }))}
          chosen={[leaf.scale]}
          onPick={(scale) => set({ scale })}
        />
      )
    case 'words':
      return (
        <TextInput
          label={t('pick.words')}
          hint={t('pick.wordsHint')}
          value={leaf.words ?? ''}
          onChange={(words) => onChange({ ...leaf, words: words === '' ? null : words })}
        />
      )
    case 'touchpoint':
      return (
        <PickList
          label={t('pick.touchpoint')}
          picks={[
            { id: NONE, text: t('sentence.unsaid.touchpoint') },
            ...offer.touchpoints.map(({ id, name }) => ({ id, text: name })),
          ]}
          chosen={[leaf.touchpoint ?? NONE]}
          onPick={(id) => set({ touchpoint: id === NONE ? null : id })}
        />
      )
    default:
      return (
        <>
          <TestForm
            test={leaf.test ?? { op: 'gte', value: 0 }}
            count={false}
            onChange={(test) => onChange({ ...leaf, test })}
          />
          {leaf.test !== null && (
            <Button onPress={() => set({ test: null })}>{t('pick.anyScore')}</Button>
          )}
        </>
      )
  }
}
