import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select, SelectValue } from 'react-aria-components/Select'
import styles from './choice.module.css'

export interface Option<Id extends string> {
  readonly id: Id
  readonly text: string
  /** A second line, softer. */
  readonly note?: string
}

/** One of several. The label is on the button when `shown` is quiet, and above it in a form. */
export function Choice<Id extends string>(props: {
  readonly label: string
  readonly options: readonly Option<Id>[]
  readonly value: Id
  readonly onChange: (id: Id) => void
  readonly shown?: 'quiet' | 'field' | 'bare'
  readonly icon?: ReactNode
}) {
  const shown = props.shown ?? 'quiet'
  return (
    <Select
      className={styles.select ?? ''}
      data-shown={shown}
      {...(shown === 'field' ? {} : { 'aria-label': props.label })}
      value={props.value}
      onChange={(key) => {
        const option = props.options.find(({ id }) => id === key)
        if (option !== undefined) props.onChange(option.id)
      }}
    >
      {shown === 'field' && <Label className={styles.label ?? ''}>{props.label}</Label>}
      <Button className={styles.trigger ?? ''} data-shown={shown}>
        {props.icon}
        {shown === 'quiet' && <span className={styles.inlineLabel}>{props.label}</span>}
        <SelectValue className={styles.value ?? ''}>
          {props.options.find(({ id }) => id === props.value)?.text ?? ''}
        </SelectValue>
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      <Popover className={styles.popover ?? ''} offset={4}>
        <ListBox className={styles.list ?? ''} items={props.options}>
          {(option) => (
            <ListBoxItem className={styles.item ?? ''} id={option.id} textValue={option.text}>
              <Check className={styles.check} size={14} aria-hidden="true" />
              <span className={styles.text}>
                {option.text}
                {option.note !== undefined && <span className={styles.note}>{option.note}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}
