import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { TextInput } from '../ui/text-input.tsx'

/** A number that is typed. While what stands there is none, it says so and the number before holds. */
export function NumberField(props: {
  readonly label: string
  readonly value: number
  readonly least?: number
  readonly most?: number
  readonly whole?: boolean
  readonly hideLabel?: boolean
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
      inputMode={props.whole === true ? 'numeric' : 'decimal'}
      wrong={
        good(read)
          ? null
          : props.whole === true
            ? t('pick.wholeFromTo', { least, most })
            : t('pick.aNumber')
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
