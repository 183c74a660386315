import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { TextInput } from './text-input.tsx'

/** A number that is typed. While what stands there is none, it says so and the number before holds. */
export function NumberField(props: {
  readonly label: string
  readonly value: number
  readonly least?: number
  readonly most?: number
  readonly whole?: boolean
  readonly hideLabel?: boolean
  readonly hint?: string
  readonly onChange: (value: number) => void
}) {
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState(String(props.value))
  const read = numberIn(typed)
  const good = (value: number | null): value is number =>
    value !== null &&
    value >= least &&
    value <= most &&
    (props.whole !== true || Number.isInteger(value))
  return (
    <TextInput
      label={props.label}
      hideLabel={props.hideLabel ?? false}
      value={typed}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
      inputMode={props.whole === true ? 'numeric' : 'decimal'}
      wrong={
        good(read)
          ? null
          : props.whole === true
            ? t('number.wholeFromTo', { least, most })
            : t('number.any')
      }
      onChange={(text) => {
        setTyped(text)
        const value = numberIn(text)
        if (good(value)) props.onChange(value)
      }}
    />
  )
}

/** As people write it: a comma may stand for the point. */
function numberIn(text: string): number | null {
  const plain = text.trim().replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}
