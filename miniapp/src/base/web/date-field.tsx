import { useId } from 'react'
import type { DateFieldProps } from '../props'
import { Note, useFocus } from './field'

/** A day, with the browser's own picker. */
export function DateField({ label, value, onChange, hint, error, focusOn }: DateFieldProps) {
  const id = useId()
  const element = useFocus<HTMLInputElement>(focusOn)
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        ref={element}
        className="input"
        id={id}
        type="date"
        value={value}
        min="1900-01-01"
        max="2999-12-31"
        maxLength={10}
        autoComplete="off"
        aria-invalid={error ? true : undefined}
        aria-describedby={(error ?? hint) ? `${id}-note` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      <Note id={id} error={error} hint={hint} />
    </div>
  )
}
