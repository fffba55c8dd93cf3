import { useEffect, useId, useRef } from 'react'
import { edited, grouped } from '../../journey/typed'
import type { CheckboxProps, FieldProps, SelectProps } from '../props'

const inputModes = { digits: 'numeric', phone: 'tel', id: undefined } as const

export function Field(props: FieldProps) {
  const { label, value, onChange, placeholder, hint, error, keyboard, format, maxLength, onEnter } = props
  const { autoComplete = 'off', focusOn } = props
  const id = useId()
  const element = useFocus<HTMLInputElement>(focusOn)
  const note = error ?? hint
  const change = (input: HTMLInputElement, kind?: string) => {
    if (!format) return onChange(input.value)
    const caret = input.selectionStart ?? input.value.length
    const next = edited(value, { text: input.value, caret, kind }, format)
    if (input.value !== next.text) {
      input.value = next.text
      input.setSelectionRange(next.caret, next.caret)
    }
    onChange(next.value)
  }
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        ref={element}
        className="input"
        id={id}
        value={format ? grouped(value, format.groups) : value}
        placeholder={placeholder}
        maxLength={maxLength}
        autoComplete={autoComplete}
        inputMode={keyboard && inputModes[keyboard]}
        spellCheck={false}
        autoCapitalize={format ? 'characters' : 'off'}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => {
          const { isComposing, inputType } = event.nativeEvent as InputEvent
          // An input method composes its text in the field. It is cleaned when it is complete.
          if (!format || !isComposing) change(event.target, inputType)
        }}
        onCompositionEnd={(event) => change(event.currentTarget)}
        onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && onEnter?.()}
      />
      <Note id={id} error={error} hint={hint} />
    </div>
  )
}

/** The error or the hint of a field, which describes it. */
export function Note({ id, error, hint }: { id: string; error: string | undefined; hint: string | undefined }) {
  const note = error ?? hint
  return note ? (
    <p id={`${id}-note`} className={error ? 'note wrong' : 'note'}>
      {note}
    </p>
  ) : null
}

/** Returns a reference to an input that takes the focus each time a value changes. */
export function useFocus<T extends HTMLElement>(focusOn: unknown) {
  const element = useRef<T>(null)
  useEffect(() => {
    if (focusOn !== undefined) element.current?.focus()
  }, [focusOn])
  return element
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
