import { Check, ChevronDown } from 'lucide-react'
import { type ReactNode, useId } from 'react'
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
  const id = useId()
  return (
    <Select
      className={styles.select ?? ''}
      data-shown={shown}
      {...(shown === 'field' ? {} : { 'aria-label': props.label })}
      value={props.value}
      onChange={(key) => {
        const option = props.options.find((known) => known.id === key)
        if (option !== undefined) props.onChange(option.id)
      }}
    >
      {shown === 'field' && <Label className={styles.label ?? ''}>{props.label}</Label>}
      <Button
        className={styles.trigger ?? ''}
        data-shown={shown}
        // Said in the order in which it is read (WCAG 2.5.3); left to itself it would be the value first.
        {...(shown === 'quiet' ? { 'aria-labelledby': `${id}-label ${id}-value` } : {})}
      >
        {props.icon}
        {shown === 'quiet' && (
          <span id={`${id}-label`} className={styles.inlineLabel} data-inline-label="">
            {props.label}
          </span>
        )}{' '}
        <span id={`${id}-value`} className={styles.value}>
          <SelectValue>
            {props.options.find((option) => option.id === props.value)?.text ?? ''}
          </SelectValue>
        </span>
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
