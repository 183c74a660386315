import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import styles from './segmented.module.css'

/** One of a few, all in sight. */
export function Segmented<Id extends string>(props: {
  readonly label: string
  readonly options: readonly { readonly id: Id; readonly text: string }[]
  readonly value: Id
  readonly onChange: (id: Id) => void
}) {
  return (
    <ToggleButtonGroup
      className={styles.group ?? ''}
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.value]}
      onSelectionChange={(keys) => {
        const option = props.options.find(({ id }) => keys.has(id))
        if (option !== undefined) props.onChange(option.id)
      }}
    >
      {props.options.map((option) => (
        <ToggleButton key={option.id} id={option.id} className={styles.option ?? ''}>
          {option.text}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
