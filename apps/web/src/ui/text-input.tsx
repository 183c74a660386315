import { useId } from 'react'
import styles from './text-input.module.css'

/** A labelled line of text, or several lines. What is wrong stands under it and is said with it. */
export function TextInput(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'search'
  /** Which keys a phone offers. */
  readonly inputMode?: 'numeric' | 'decimal'
  readonly hint?: string
  readonly wrong?: string | null
  readonly required?: boolean
  readonly autoComplete?: string
  readonly placeholder?: string
  readonly list?: readonly string[]
  readonly hideLabel?: boolean
  readonly disabled?: boolean
  readonly minLength?: number
  /** So many lines are seen; absent: it is one line. */
  readonly rows?: number
}) {
  const id = useId()
  const said = props.wrong ?? props.hint
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={props.hideLabel === true ? 'visually-hidden' : styles.label}>
        {props.label}
      </label>
      {props.rows === undefined ? (
        <input
          id={id}
          className={styles.input}
          type={props.type ?? 'text'}
          inputMode={props.inputMode}
          value={props.value}
          required={props.required}
          disabled={props.disabled}
          minLength={props.minLength}
          autoComplete={props.autoComplete ?? 'off'}
          placeholder={props.placeholder}
          aria-invalid={props.wrong != null}
          aria-describedby={said === undefined ? undefined : `${id}-said`}
          list={props.list === undefined ? undefined : `${id}-list`}
          onChange={(event) => props.onChange(event.target.value)}
        />
      ) : (
        <textarea
          id={id}
          className={styles.input}
          rows={props.rows}
          value={props.value}
          aria-invalid={props.wrong != null}
          aria-describedby={said === undefined ? undefined : `${id}-said`}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
      {props.list !== undefined && (
        <datalist id={`${id}-list`}>
          {props.list.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      )}
      {said !== undefined && (
        <p id={`${id}-said`} className={props.wrong == null ? styles.hint : styles.wrong}>
          {said}
        </p>
      )}
    </div>
  )
}
