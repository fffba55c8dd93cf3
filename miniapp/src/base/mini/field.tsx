import { Input, Picker, Text, View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { edited, grouped } from '../../journey/typed'
import type { CheckboxProps, FieldProps, SelectProps } from '../props'
import { aria } from './aria'

const types = { digits: 'number', phone: 'number', id: 'idcard' } as const

export function Field(props: FieldProps) {
  const { label, value, onChange, placeholder, hint, error, keyboard, format, maxLength, focusOn, onEnter } = props
  const [focused, setFocused] = useState(false)
  const [caret, setCaret] = useState(-1) // -1 is the platform's default, the end of the text
  const note = error ?? hint
  useEffect(() => {
    if (focusOn !== undefined) setFocused(true)
  }, [focusOn])
  const change = (text: string, position = text.length) => {
    if (!format) return onChange(text)
    const next = edited(value, { text, caret: position }, format)
    setCaret(next.caret < next.text.length ? next.caret : -1)
    onChange(next.value)
  }
  return (
    <View className="field">
      <View className="label">{label}</View>
      <Input
        className={error ? 'input invalid' : 'input'}
        value={format ? grouped(value, format.groups) : value}
        placeholder={placeholder ?? ''}
        maxlength={maxLength}
        focus={focused}
        cursor={caret}
        {...aria({ label: error ? `${label} ${error}` : label })}
        type={keyboard ? types[keyboard] : 'text'}
        onInput={(event) => change(event.detail.value, event.detail.cursor)}
        onBlur={() => setFocused(false)}
        onConfirm={() => onEnter?.()}
      />
      {note && <View className={error ? 'note wrong' : 'note'}>{note}</View>}
    </View>
  )
}

export function Select({ label, value, options, onChange }: SelectProps) {
  const at = Math.max(
    0,
    options.findIndex((option) => option.value === value),
  )
  return (
    <View className="field">
      <View className="label">{label}</View>
      <Picker
        mode="selector"
        range={options.map((option) => option.label)}
        value={at}
        onChange={(event) => onChange(options[Number(event.detail.value)]?.value ?? value)}
      >
        <View className="input picker" {...aria({ role: 'button', label: `${label} ${options[at]?.label ?? ''}` })}>
          <Text>{options[at]?.label}</Text>
          <Text>›</Text>
        </View>
      </Picker>
    </View>
  )
}

export function Checkbox({ radioGroup, checked, onChange, children }: CheckboxProps) {
  return (
    <View
      className="tick"
      {...aria({ role: radioGroup ? 'radio' : 'checkbox', checked: checked })}
      onClick={() => onChange(radioGroup ? true : !checked)}
    >
      <View className={`${radioGroup ? 'round' : 'square'}${checked ? ' ticked' : ''}`}>{checked ? '✓' : ''}</View>
      <View className="ticked-text">{children}</View>
    </View>
  )
}
