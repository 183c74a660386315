import { useState } from 'react'
import { TextInput } from '../ui/text-input.tsx'

/** A field of the map as text: one edit when it is left, not one a letter; what others write meanwhile is seen until then. */
export function FieldText(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows?: number
  readonly hint?: string
}) {
  const { value, onChange } = props
  const [typed, setTyped] = useState<string | null>(null)
  const keep = () => {
    if (typed !== null && typed !== value) onChange(typed)
    setTyped(null)
  }
  return (
    <div
      onBlur={keep}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter' && props.rows === undefined) keep()
      }}
    >
      <TextInput
        label={props.label}
        value={typed ?? value}
        onChange={setTyped}
        {...(props.rows === undefined ? {} : { rows: props.rows })}
        {...(props.hint === undefined ? {} : { hint: props.hint })}
      />
    </div>
  )
}
