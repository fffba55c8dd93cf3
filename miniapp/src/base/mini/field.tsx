import { Input, Picker, Text, View } from '@tarojs/components'
import type { CheckboxProps, FieldProps, SelectProps } from '../props'
import { aria } from './aria'

export function Field({ label, value, onChange, placeholder, hint, error, digits, maxLength, onEnter }: FieldProps) {
  const note = error ?? hint
  return (
    <View className="field">
      <View className="label">{label}</View>
      <Input
        className="input"
        value={value}
        placeholder={placeholder ?? ''}
        maxlength={maxLength}
        {...aria({ label })}
        type={digits ? 'number' : 'text'}
        onInput={(event) => onChange(event.detail.value)}
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
