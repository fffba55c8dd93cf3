import { useId } from 'react'
import type { CheckboxProps, FieldProps, SelectProps } from '../props'

export function Field(props: FieldProps) {
  const { label, value, onChange, placeholder, hint, error, digits, maxLength, autoComplete = 'off', onEnter } = props
  const id = useId()
  const note = error ?? hint
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        className="input"
        id={id}
        value={value}
        placeholder={placeholder}
        maxLength={maxLength}
        autoComplete={autoComplete}
        inputMode={digits ? 'numeric' : undefined}
        spellCheck={false}
        autoCapitalize="off"
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && onEnter?.()}
      />
      {note && (
        <p id={`${id}-note`} className={error ? 'note wrong' : 'note'}>
          {note}
        </p>
      )}
    </div>
  )
}

export function Select({ label, value, options, onChange }: SelectProps) {
  const id = useId()
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <select className="input" id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

export function Checkbox({ radioGroup, checked, onChange, children }: CheckboxProps) {
  return (
    <label className="tick">
      <input
        className="tick-box"
        type={radioGroup ? 'radio' : 'checkbox'}
        name={radioGroup}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{children}</span>
    </label>
  )
}
