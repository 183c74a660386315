import { useState } from 'react'
import { TextInput } from '../ui/text-input.tsx'

/** A field of the map as text: one edit when it is left, not one a letter; what others write meanwhile is seen until then. */
export function FieldText(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows?: number
  /** Why a text cannot be kept; null: it can. What cannot stays as it was typed, with why under it. */
  readonly refused?: (text: string) => string | null
}) {
  const { value, onChange } = props
  const [typed, setTyped] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const keep = () => {
    const why = typed === null || typed === value ? null : (props.refused?.(typed) ?? null)
    setWrong(why)
    if (why !== null) return
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
        wrong={wrong}
      />
    </div>
  )
}
