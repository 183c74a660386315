import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import styles from './tokens-input.module.css'

/** Several words: Enter or a comma takes one, Backspace in the empty line gives the last one back. */
export function TokensInput(props: {
  readonly label: string
  readonly values: readonly string[]
  readonly suggestions: readonly string[]
  readonly onChange: (values: readonly string[]) => void
  readonly wrong?: string | null
}) {
  const { values, onChange } = props
  const { t } = useTranslation()
  const id = useId()
  const [typed, setTyped] = useState('')
  const take = (text: string) => {
    const value = text.trim()
    setTyped('')
    if (value !== '' && !values.includes(value)) onChange([...values, value])
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {props.label}
      </label>
      <div className={styles.box}>
        {values.map((value) => (
          <span key={value} className={styles.token}>
            {value}
            <button
              type="button"
              aria-label={t('action.removeThis', { what: value })}
              onClick={() => onChange(values.filter((other) => other !== value))}
            >
              <X size={12} aria-hidden="true" />
            </button>
          </span>
        ))}
        <input
          id={id}
          className={styles.input}
          value={typed}
          list={`${id}-list`}
          autoComplete="off"
          aria-invalid={props.wrong != null}
          aria-describedby={props.wrong == null ? undefined : `${id}-wrong`}
          onChange={(event) => {
            const text = event.target.value
            // A suggestion that was picked comes whole, without a key press.
            const picked = props.suggestions.includes(text) && text.length > typed.length + 1
            if (picked || text.endsWith(',')) take(text.replace(/,$/, ''))
            else setTyped(text)
          }}
          onBlur={() => take(typed)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && typed !== '') {
              event.preventDefault()
              take(typed)
            } else if (event.key === 'Backspace' && typed === '') {
              onChange(values.slice(0, -1))
            }
          }}
        />
        <datalist id={`${id}-list`}>
          {props.suggestions.slice(0, 300).map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      </div>
      {props.wrong != null && (
        <p id={`${id}-wrong`} className={styles.wrong}>
          {props.wrong}
        </p>
      )}
    </div>
  )
}
