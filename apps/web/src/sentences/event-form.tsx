import type { EventRule } from '@parcurs/domain'
import { Plus, X } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { ConditionEditor } from '../touchpoints/condition-editor.tsx'
import { isGroup } from '@parcurs/domain'
import { Button } from '../ui/button.tsx'
import { type EventShape, eventRuleOf, eventShape } from './event-shape.ts'
import styles from './part-form.module.css'
import type { Offer } from './offer.ts'
import { PickList, type Pick } from './pick-list.tsx'

const ANY = 'any'
const EVENT = 'event '
const TOUCHPOINT = 'touchpoint '

/** Which event is meant: one that was seen, a touchpoint, or any; and what has to hold of it. */
export function EventForm(props: {
  readonly offer: Offer
  readonly rule: EventRule
  readonly onChange: (rule: EventRule) => void
  readonly onDone: () => void
}) {
  const { offer, rule, onChange } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const shape = eventShape(rule) ?? { what: null, conditions: [] }
  const { what, conditions } = shape
  const set = (part: Partial<EventShape>) => onChange(eventRuleOf({ ...shape, ...part }))
  const picks: readonly Pick<string>[] = [
    { id: ANY, text: t('pick.anyEvent') },
    ...offer.touchpoints.map(({ id, name }) => ({
      id: TOUCHPOINT + id,
      text: name,
      group: t('pick.touchpoint'),
    })),
    ...offer.events.map(({ name, events }) => ({
      id: EVENT + name,
      text: name,
      note: numbers.compactCount(events),
    })),
  ]
  const names = what?.kind === 'event' ? what.names : []
  const chosen =
    what === null
      ? conditions.length === 0 && eventShape(rule) === null
        ? []
        : [ANY]
      : what.kind === 'touchpoint'
        ? [TOUCHPOINT + what.touchpoint]
        : names.map((name) => EVENT + name)
  const named = (name: string, too: boolean) => {
    const others = too && !names.includes(name) ? names : []
    set({ what: { kind: 'event', names: [...others, name] } })
    if (!too) props.onDone()
  }
  return (
    <>
      <PickList
        label={t('pick.event')}
        picks={picks}
        chosen={chosen}
        several
        onTyped={(name) => named(name, false)}
        onPick={(id, too) => {
          if (id.startsWith(EVENT)) return named(id.slice(EVENT.length), too)
          const touchpoint = id.startsWith(TOUCHPOINT) ? id.slice(TOUCHPOINT.length) : null
          set({ what: touchpoint === null ? null : { kind: 'touchpoint', touchpoint } })
          props.onDone()
        }}
      />
      <div className={styles.more}>
        {conditions.map((condition, i) => (
          <div key={i} className={styles.condition}>
            <ConditionEditor
              rule={condition}
              words={{
                events: [],
                channels: offer.channels.map(({ value }) => value),
                paths: offer.paths.map(({ value }) => value),
                properties: offer.properties,
              }}
              kinds={['property', 'channel', 'url']}
              onChange={(changed) => {
                if (isGroup(changed) || changed.kind === 'event') return
                set({ conditions: conditions.map((one, other) => (other === i ? changed : one)) })
              }}
            />
            <Button
              kind="quiet"
              label={t('action.remove')}
              onPress={() => set({ conditions: conditions.filter((_, other) => other !== i) })}
            >
              <X size={16} aria-hidden="true" />
            </Button>
          </div>
        ))}
        <Button
          kind="quiet"
          onPress={() =>
            set({
              conditions: [...conditions, { kind: 'property', property: '', op: 'eq', value: '' }],
            })
          }
        >
          <Plus size={16} aria-hidden="true" />
          {t('pick.eventWhere')}
        </Button>
      </div>
    </>
  )
}
